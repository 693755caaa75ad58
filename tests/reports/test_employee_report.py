"""The report on an employee over a period: one sentence first, figures with their n, facts only when few."""

import dataclasses
import re
from fractions import Fraction

import pytest

from checklists.localtext import Language
from reports.employee_report import EmployeePage, build_employee_page
from reports.period_print import write_employee_document
from reports.period_rows import Period
from reports.period_words import describe_period
from reports.plurals import count_of
from tests.reports.period_samples import make_period, worked_visit

NBSP = "\N{NO-BREAK SPACE}"


def page_of(count: int, language: Language = "en", **answers: str) -> EmployeePage:
    """The page of so many equal visits."""
    visits = [worked_visit(number, **answers) for number in range(1, count + 1)]
    return build_employee_page(make_period(visits), language)


def test_it_begins_with_one_sentence() -> None:
    page = page_of(6, name="no")
    assert page.sentence.startswith(f"6{NBSP}visits in this period, with a mean base score of 93.3.")
    assert "kept in full: 42 of 48" in page.sentence
    assert page.figure == "93.3"
    assert page.figure_words == f"out of 100, 6{NBSP}visits"


def test_it_gives_facts_only_under_three_visits() -> None:
    """CP-04: no mean, no strengths, no repeated misses, no consistency; the visits and the standards stay."""
    page = page_of(2, name="no")
    assert page.is_facts_only
    assert page.figure is None
    assert not any([page.strengths, page.misses, page.consistency, page.change])
    assert "facts only" in page.sentence
    assert len(page.visits) == 2
    assert any(line.missed == (1, 2) for line in page.records)


def test_it_shows_no_mean_across_the_satisfactory_level() -> None:
    """SC-09: what is below the level is not shown as on it."""
    just_below = [
        dataclasses.replace(worked_visit(number), base=Fraction(69999, 1000)) for number in (1, 2, 3)
    ]
    page = build_employee_page(make_period(just_below), "en")
    assert page.figure == "69.9"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_shows_no_visit_across_the_satisfactory_level(language: Language) -> None:
    """SC-09: 9235/132 = 69.96 is below 70, on its own page as in the list, in print and to the ear."""
    below = Fraction(9235, 132)
    visits = [dataclasses.replace(worked_visit(number), base=below, final=below) for number in (1, 2, 3)]
    page = build_employee_page(make_period(visits), language)
    shown = "69,9" if language == "ru" else "69.9"
    assert [(line.base, line.final) for line in page.visits] == [(shown, shown)] * 3
    assert page.trend_alt.count(shown) == 3
    html = write_employee_document(make_period(visits), language).html
    assert html.count(f"<td>{shown}</td>") == 6


def test_it_says_what_repeats_with_the_standard_and_what_to_practise() -> None:
    page = page_of(3, name="no")
    (miss,) = page.misses
    assert miss.missed_words == "missed 3 of 3"
    assert miss.missed == (1, 2, 3)
    assert miss.text
    assert miss.best
    assert miss.practice


def test_it_lists_every_visit_with_its_scores_and_what_decided() -> None:
    page = page_of(3, receipt="no")
    first = page.visits[0]
    assert (first.number, first.day, first.final) == (1, "4 May 2026", "60.0")
    assert first.knock_outs
    assert "critical question" in first.knock_outs[0]


def test_it_says_every_point_of_the_drawing_in_words() -> None:
    page = page_of(3)
    assert page.trend_alt.count("visit ") == 3
    assert "visit 1, 4 May 2026: 100.0" in page.trend_alt


def test_it_has_no_field_for_an_order_among_people() -> None:
    """CP-03."""
    assert not [name for name in (f.name for f in dataclasses.fields(EmployeePage)) if "rank" in name]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_ends_with_a_page_to_sign(language: Language) -> None:
    """Signed means read; the report is not a ground for discipline by itself."""
    period = make_period([worked_visit(number) for number in (1, 2, 3)])
    html = write_employee_document(period, language).html
    talk = html[html.rindex("<h2") :]
    words = {
        "ru": ("Дата разговора", "О чём договорились", "«прочитано», а не «согласен»", "не основание для"),
        "en": ("Date of the talk", "What was agreed", "not necessarily “agreed”", "not a ground for"),
    }[language]
    assert all(each in talk for each in words)
    assert talk.count("<tr>") == 6


def test_it_links_each_number_of_a_visit_to_the_list() -> None:
    period = make_period([worked_visit(number, name="no") for number in (1, 2, 3)])
    html = write_employee_document(period, "en").html
    assert set(re.findall(r'href="#(visit-\d+)"', html)) == set(re.findall(r'id="(visit-\d+)"', html))


def test_it_prints_text_as_text() -> None:
    period = make_period([worked_visit(1)], employee='<script>alert("x")</script> {{ 7*7 }}')
    html = write_employee_document(period, "ru").html
    assert "<script>" not in html
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize(
    ("since", "until", "russian"),
    [(False, False, "все визиты"), (True, False, "с 4 мая 2026"), (False, True, "по 4 мая 2026")],
)
def test_it_says_the_period(since: bool, until: bool, russian: str) -> None:
    day = worked_visit().visited_on
    assert describe_period(Period(day if since else None, day if until else None), "ru") == russian


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [(1, "визит", "visit"), (2, "визита", "visits"), (5, "визитов", "visits"), (21, "визит", "visits")],
)
def test_it_counts_as_each_language_does(number: int, russian: str, english: str) -> None:
    assert count_of(number, "visits", "ru") == f"{number}{NBSP}{russian}"
    assert count_of(number, "visits", "en") == f"{number}{NBSP}{english}"
