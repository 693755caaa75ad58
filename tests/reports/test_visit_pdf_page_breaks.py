"""Where the pages of a report end: a section's heading stays whole and with its first question."""

import random
import re
from pathlib import Path

import pytest

from checklists.definition import Checklist
from checklists.localtext import Language
from tests.reports.pages import read_pages
from tests.reports.samples import draw_photo, make_report, print_pdf, sample_checklist, show_photo

SECTIONS = 40
LINES_OF_HEAD, LINES_OF_FOOT = 1, 1
HEADING = re.compile(r"^\s*(\d+)\. (?:Раздел|Section)\b")
BARE_PERCENT = re.compile(r"^\s*\d+([.,]\d+)?[ \u00a0]?%")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("seed", range(2))
def test_it_keeps_a_section_heading_with_its_first_question(
    language: Language, seed: int, tmp_path: Path
) -> None:
    """Title, percent and first question stand on one page, wherever comments push the heading."""
    pages = [list_body(page) for page in read_pages(print_long_report(language, seed), tmp_path)[1:]]
    assert not [page[0] for page in pages if BARE_PERCENT.match(page[0])]
    assert not [page[-1] for page in pages if HEADING.match(page[-1])]
    headings = 0
    for page in pages:
        for place, line in enumerate(page):
            if heading := HEADING.match(line):
                headings += 1
                assert "%" in line
                below = [word for each in page[place + 1 : place + 4] for word in each.split()[:1]]
                assert f"{heading[1]}.1" in below, page[place:]
    assert headings == SECTIONS
    assert len(pages) > 4


def print_long_report(language: Language, seed: int) -> bytes:
    """Print a visit of many sections with comments and photos by chance, so that pages end anywhere."""
    chance = random.Random(seed)
    questions = [f"q{number}_{place}" for number in range(1, SECTIONS + 1) for place in (1, 2)]
    sheet = {
        "answers": {question: chance.choice(["yes", "no"]) for question in questions},
        "comments": {question: "слово " * chance.choice([3, 20, 39, 60, 120]) for question in questions},
    }
    shown = tuple(show_photo(question, question) for question in chance.sample(questions, SECTIONS // 4))
    report = make_report(sheet, checklist=make_long_checklist(), photos=shown)
    return print_pdf(report, language, **dict.fromkeys(questions, draw_photo()))


def make_long_checklist() -> Checklist:
    """Make a checklist of many sections, some with a title of two lines."""
    plain = sample_checklist().model_dump(by_alias=True)
    section, question = plain["sections"][0], plain["sections"][0]["questions"][1]
    sections = []
    for number in range(1, SECTIONS + 1):
        tail = " касса и прощание" * (7 if number % 5 == 0 else 1)
        title = {"ru": f"Раздел{tail}", "en": f"Section{tail}"}
        asked = [question | {"id": f"q{number}_{place}", "standard": None} for place in (1, 2)]
        sections.append(section | {"id": f"s{number}", "title": title, "questions": asked})
    return Checklist.model_validate(plain | {"sections": sections})


def list_body(page: str) -> list[str]:
    """List the lines of a page between its running head and foot."""
    lines = [line for line in page.splitlines() if line.strip()]
    return lines[LINES_OF_HEAD:-LINES_OF_FOOT]
