"""The mean of an employee's report can be worked out from its own list of visits, whatever the versions."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import mean

import pytest

from checklists.definition import Checklist
from checklists.localtext import Language
from reports.employee_report import EmployeePage, build_employee_page
from reports.pdf import render_period_pdf
from reports.period_print import write_employee_document
from reports.period_rows import EmployeePeriod
from reports.verification import Status, verify_pdf
from tests.reports.pages import read_pages
from tests.reports.period_samples import make_period, worked_visit
from tests.reports.samples import sample_checklist
from tests.reports.test_trends import harder

MOST_ROUNDED = Decimal("0.1")  # of figures with one decimal, and of their mean


def period_over(newer: Checklist, *, older: int = 2) -> EmployeePeriod:
    """Two visits on version 1, then three on this version 2; who says a name does well, but in one case."""
    visits = [worked_visit(number, name="no") for number in range(1, older + 1)]
    visits += [
        replace(worked_visit(number, features="none" if number % 2 else "all", wait=200), version=2)
        for number in range(older + 1, older + 4)
    ]
    return make_period(visits, versions={1: sample_checklist(), 2: newer})


def shared(language: Language = "en") -> EmployeePage:
    """Version 2 means something else by the name, which is all that older visits missed."""
    return build_employee_page(period_over(harder(sample_checklist(), "name")), language)


def average(page: EmployeePage) -> Decimal:
    """What a reader gets from the column."""
    return mean(Decimal(line.averaged) for line in page.visits if line.averaged)


def test_it_lists_the_figures_that_the_mean_is_of() -> None:
    """SC-20: the mean on common standards is that of their column, and not of the base scores."""
    page = shared()
    assert page.figure
    assert all(line.averaged for line in page.visits)
    assert abs(average(page) - Decimal(page.figure)) <= MOST_ROUNDED
    bases = mean(Decimal(line.base) for line in page.visits)
    assert abs(bases - Decimal(page.figure)) > MOST_ROUNDED, "else the column would say nothing new"


@pytest.mark.parametrize(
    ("language", "headline", "column"),
    [
        ("ru", "Средний балл — по стандартам, общим для версий 1, 2.", "столбца «Для среднего»"),
        ("en", "The mean is on the standards that versions 1, 2 share.", "the column “For the mean”"),
    ],
)
def test_it_says_so_beside_the_mean_and_in_the_method(language: Language, headline: str, column: str) -> None:
    page = shared(language)
    assert page.sentence.endswith(headline)
    assert any(column in sentence for sentence in page.method)
    assert not any("этих визитов" in sentence or "these visits" in sentence for sentence in page.method)


def test_it_names_the_version_where_older_ones_are_not_in_the_mean() -> None:
    """SC-20: where a line is broken, the mean is of the newer visits alone, and so is its column."""
    newer = harder(sample_checklist(), "name", "wait", "repeated", "features", "asked")
    page = build_employee_page(period_over(newer), "en")
    assert [bool(line.averaged) for line in page.visits] == [False, False, True, True, True]
    assert page.figure
    assert abs(average(page) - Decimal(page.figure)) <= MOST_ROUNDED
    assert page.sentence.endswith("The mean is of the visits on version 2 only.")


def test_it_needs_no_column_where_all_visits_are_on_one_version() -> None:
    """The base scores are what the mean is of, and the method says so."""
    page = build_employee_page(make_period([worked_visit(number) for number in (1, 2, 3)]), "en")
    assert not page.has_averaged
    assert "plain means of these visits" in " ".join(page.method)
    html = write_employee_document(make_period([worked_visit(number) for number in (1, 2, 3)]), "en").html
    assert "For the mean" not in html


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_prints_the_column_and_the_file_still_verifies(language: Language, tmp_path: Path) -> None:
    """The head of the column is whole, and each row has its figure between base score and result."""
    document = write_employee_document(period_over(harder(sample_checklist(), "name")), language)
    pdf = render_period_pdf(document)
    words = "\n".join(read_pages(pdf, tmp_path))
    assert ("среднего" if language == "ru" else "mean") in words
    rows = re.findall(r"^\d +\d.*Магазин 3 +[12] +(\S+) +(\S+) +(\S+)$", words, flags=re.M)
    page = shared(language)
    assert rows == [(line.base, line.averaged, line.final) for line in page.visits]
    assert verify_pdf(pdf).status is Status.VALID
