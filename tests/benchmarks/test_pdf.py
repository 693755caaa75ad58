"""The benchmark of the report compares the same words, and says which programs it did without."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.paper import lay_paper
from benchmarks.pdf import LANGUAGE, make_figures, print_ours
from benchmarks.printed_visit import make_report
from benchmarks.report_content import WORD, check_words, list_texts
from benchmarks.rivals import INTERPRETER, MissingProgram, open_package


def test_it_gives_every_program_the_words_that_we_print(tmp_path: Path) -> None:
    """Our PDF and the simple page say all of the content; a word that is left out is found."""
    paper = lay_paper(make_report(), LANGUAGE, tmp_path, number=0)
    pdf = print_ours(paper)
    check_words("warm", pdf, paper.content)
    simple = set(WORD.findall(paper.simple_page.read_text(encoding="utf-8")))
    words = {word for text in list_texts(paper.content) for word in WORD.findall(text)}
    assert len(words) > 200
    assert words <= simple
    with pytest.raises(ValueError, match="warm does not print"):
        check_words("warm", pdf, {**paper.content, "notes": ["Этого слова в отчёте нет: дирижабль"]})


def test_it_prints_another_visit_each_time() -> None:
    """A program that remembers what it laid out would otherwise be measured on remembering."""
    assert len({str(make_report(number).sheet.answers) for number in range(10)}) == 10


def test_it_names_the_programs_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(INTERPRETER, raising=False)
    with ExitStack() as programs, pytest.raises(MissingProgram, match=INTERPRETER):
        programs.enter_context(open_package("typst"))
    figures = make_figures({"warm": 0.5, "plain": 1.0}, {"warm": 1000}, ["typst: not there"])
    assert figures["warm_to_plain"].value == 0.5
    assert figures["missing"].reference == "typst: not there"
    assert "warm_to_typst" not in figures
