"""SC-20 on every surface: where versions differ, each mean is of figures that stand beside their visits."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import openpyxl
import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import ChecklistVersion
from tests.cast import Cast
from tests.comparisons.team import hire
from tests.fair_models.programme import DAY, NEWEST, OLDER, publish, visit
from tests.page_words import read_words

Browser = Callable[..., FlaskClient]
KEPT = {"a": "yes", "b": 4, "c": "4", "d": "yes"}
COLLEAGUES = ("Глеб", "Дина", "Егор", "Жанна", "Зоя", "Инна", "Клим")


@pytest.fixture
def checklist(cast: Cast) -> UUID:
    """Three visits to Анна and one to each of seven others, by two versions of which ND-02 was reworded."""
    older, newest = publish(cast, OLDER, 1), publish(cast, NEWEST, 2)
    for number, version in enumerate((older, newest, newest)):
        visit(cast, version, KEPT | {"d": "no", "c": "2"}, day=DAY + timedelta(days=number))
    for name in COLLEAGUES:
        cast.ours.employees[name] = hire(cast.ours, name, "N1")
        db.session.commit()
        visit(cast, newest, KEPT, employee=name)
    return db.session.get_one(ChecklistVersion, newest).checklist_id


def test_a_mean_can_be_added_up_from_the_visits_listed_with_it(
    client_of: Browser, cast: Cast, checklist: UUID
) -> None:
    """All of "first" kept and half of ND-01: 70 on common standards, 62.5 with the question missed."""
    answer = client_of("hr").get(f"/comparison/person/{cast.ours.employees['Анна']}?checklist={checklist}")
    words = read_words(answer.text)
    assert words.count("На общих стандартах 70,0") == 3
    assert words.count("Базовый балл 62,5") == 3


def test_the_workbook_gives_both_bases_of_a_visit_and_the_mean_of_the_common_ones(
    client_of: Browser, cast: Cast, checklist: UUID
) -> None:
    content = client_of("hr").get(f"/comparison/staff.xlsx?checklist={checklist}").data
    book = openpyxl.load_workbook(io.BytesIO(content))
    people, visits = book["Сравнение"], book["Визиты"]
    head, *lines = [[cell.value for cell in row] for row in visits]
    bases = [head.index(name) for name in ("Базовый балл", "Базовый балл на общих стандартах")]
    assert [[line[place] for place in bases] for line in lines if line[0] == "Анна"] == [[62.5, 70]] * 3
    columns = [cell.value for cell in people[1]]
    (anna,) = [row for row in people.iter_rows(values_only=True) if row[0] == "Анна"]
    assert anna[columns.index("Среднее как есть")] == 70


def test_the_group_has_one_mean_on_the_page_and_in_the_file(
    client_of: Browser, cast: Cast, checklist: UUID
) -> None:
    browser = client_of("hr")
    table = io.StringIO(browser.get(f"/comparison/staff.csv?checklist={checklist}").text)
    head, *rows = csv.reader(table, delimiter=";")
    (group,) = [row for row in rows if row and row[0] == "Вся группа"]
    assert round(float(group[head.index("Среднее как есть")].replace(",", ".")), 1) == 91.0
    page = read_words(browser.get(f"/comparison/?checklist={checklist}").text)
    assert page.partition("Вся группа")[2].split()[0] == "91,0"
