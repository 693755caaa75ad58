"""Prints the content of a report with Typst or ReportLab, in an interpreter that has them.

`python rival_printers.py typst|reportlab`: each line that comes in names a file, NUMBER.json; the PDF is
written beside it as PACKAGE.pdf, and an empty line is the answer.
"""

import json
import sys
from functools import partial
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("visit_report.typ")


def print_with_typst(typst: Any, content: Any, target: Path) -> None:
    """Print with Typst, as PDF/A-3a with tags."""
    typst.compile(
        PAGE.read_bytes(),
        output=str(target),
        root="/",
        font_paths=[str(Path(content["fonts"]["regular"]).parent)],
        sys_inputs={"content": json.dumps(content)},
        pdf_standards=["a-3a"],
    )


def print_with_reportlab(_package: Any, content: Any, target: Path) -> None:
    """Print with ReportLab's Platypus: paragraphs, tables and pictures, without tags, which it has not."""
    mm = import_module("reportlab.lib.units").mm
    register_fonts(content["fonts"])

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont("PT", 9)
        canvas.drawString(20 * mm, 285 * mm, f"{content['title']} · {content['facts'][0][1]}")
        canvas.drawString(20 * mm, 12 * mm, content["purpose"])
        canvas.drawRightString(190 * mm, 12 * mm, f"{content['words']['page']} {document.page}")

    size = import_module("reportlab.lib.pagesizes").A4
    platypus = import_module("reportlab.platypus")
    document = platypus.SimpleDocTemplate(str(target), pagesize=size, title=content["title"])
    story = Story(content, mm)
    document.build([*story.tell_first_page(), *story.tell_inside()], onFirstPage=foot, onLaterPages=foot)


class Story:
    """The content as ReportLab's flowables."""

    def __init__(self, content: Any, mm: float) -> None:
        make = import_module("reportlab.lib.styles").ParagraphStyle
        self.platypus = import_module("reportlab.platypus")
        self.content, self.words, self.mm = content, content["words"], mm
        self.small = make("small", fontName="PT", fontSize=9, leading=11.3)
        self.large = make("large", parent=self.small, fontName="PTB", fontSize=13, leading=17, spaceBefore=14)
        self.huge = make("huge", parent=self.small, fontName="PTB", fontSize=38, leading=42)

    def tell_first_page(self) -> list[Any]:
        """Tell who, when, how well and what to do."""
        content, words = self.content, self.words
        bars = [[label, "█" * round(20 * share), figure] for label, share, figure in content["bars"]]
        return [
            self.say(content["company"], words["report"]),
            self.say(content["title"], style=self.large),
            self.say(content["figure"], style=self.huge),
            self.say(content["band"], content["coverage"], *content["remarks"], content["stamp"]),
            self.rows(content["facts"], 40, 128),
            self.say(words["sections"], style=self.large),
            self.rows(bars, 80, 60, 28),
            self.say(content["tick"] + "."),
            self.say(words["strengths"], style=self.large),
            *[self.say(each["title"], each["code"]) for each in content["strengths"]],
            self.say(words["misses"], style=self.large),
            self.practise(content["misses"]),
            self.platypus.PageBreak(),
        ]

    def tell_inside(self) -> list[Any]:
        """Tell the questions with their answers, what else to practise, and the sum."""
        content, words = self.content, self.words
        story = [self.say(words["questionnaire"], style=self.large)]
        for section in content["sections"]:
            title = f"{section['title']}  {section['percent']}  {section['points']}"
            story.append(self.say(title, style=self.large))
            story.append(self.rows([self.ask(each) for each in section["questions"]], 100, 42, 26))
        if content["others"]:
            story += [self.say(words["other_misses"], style=self.large), self.practise(content["others"])]
        heads = [words[key] for key in ("section", "points", "percent", "weight", "share", "adds")]
        return [
            *story,
            self.say(words["arithmetic"], style=self.large),
            self.rows([heads, *content["sum"]], 63, 21, 21, 21, 21, 21),
            self.say(words["base"], *content["base"]),
            *[self.say(f"{label} {change}") for label, change in content["steps"]],
            self.say(words["result"], content["result"]),
            *[self.say(note) for note in content["notes"]],
        ]

    def say(self, *texts: str, style: Any = None) -> Any:
        """Write texts under each other."""
        words = "<br/>".join(escape(text) for text in texts if text)
        return self.platypus.Paragraph(words, style or self.small)

    def rows(self, cells: list[list[Any]], *widths: float) -> Any:
        """Lay out rows; plain texts among the cells become paragraphs."""
        line = [("LINEABOVE", (0, 0), (-1, -1), 0.5, "#c9cdc6"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        told = [[self.say(cell) if isinstance(cell, str) else cell for cell in row] for row in cells]
        return self.platypus.Table(told, colWidths=[width * self.mm for width in widths], style=line)

    def practise(self, outcomes: Any) -> Any:
        """Write what to practise."""
        best, practice = self.words["best"], self.words["practice"]
        rows = [
            [
                self.say(each["title"], each["code"]),
                self.say(each["text"], f"{best}. {each['best']}", f"{practice}. {each['practice']}"),
            ]
            for each in outcomes
        ]
        return self.rows(rows, 52, 116)

    def ask(self, question: Any) -> list[Any]:
        """Write one question with its answer, points and photos."""
        photos = question["photos"]
        labels = [each["label"] for each in photos]
        pictures = [self.platypus.Image(each["photo"], 80 * self.mm, 60 * self.mm) for each in photos]
        asked = self.say(
            f"{question['number']} {question['text']}", question["code"], question["comment"], *labels
        )
        answer = self.say(question["answer"], question["anchor"])
        return [[asked, *pictures], answer, self.say(question["points"], question["outcome"])]


def register_fonts(paths: dict[str, str]) -> None:
    """Make the fonts known to ReportLab, once a process."""
    metrics, fonts = import_module("reportlab.pdfbase.pdfmetrics"), import_module("reportlab.pdfbase.ttfonts")
    if "PT" not in metrics.getRegisteredFontNames():
        metrics.registerFont(fonts.TTFont("PT", paths["regular"]))
        metrics.registerFont(fonts.TTFont("PTB", paths["bold"]))


PRINTERS = {"typst": print_with_typst, "reportlab": print_with_reportlab}


def main() -> None:
    """Print what is asked for until there is no more."""
    name = sys.argv[1]
    printer = partial(PRINTERS[name], import_module(name))
    print(flush=True)
    for line in sys.stdin:
        path = Path(line.strip())
        printer(json.loads(path.read_text(encoding="utf-8")), path.with_name(f"{name}.pdf"))
        print(flush=True)


if __name__ == "__main__":
    main()
