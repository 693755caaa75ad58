"""Trainings come in from a file: a dry run first, then exactly what was shown, and twice is once."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.database import db
from mystery.models import Employee, Training, TrainingPlace
from mystery.tables.reading import load_sheets, read_file
from mystery.trainings.imports.actions import import_trainings
from mystery.trainings.imports.columns import BLANK_FILES, HEADINGS, SheetKind, write_blank_file
from tests.cast import Cast
from tests.page_words import fetch_words
from tests.tables.files import as_csv, as_xlsx

Browser = Callable[..., FlaskClient]

ROWS = """
    Обучение   | Дата       | ФИО   | Группа
    Возражения | 01.06.2026 | Анна  |
    Возражения | 03.06.2026 | Борис |
    Возражения |            | Вера  | контроль
"""


def upload(browser: FlaskClient, cast: Cast, content: bytes) -> tuple[int, str, str]:
    """Status, address and page of what came of a file."""
    form = {"company": str(cast.ours.company), "file": (io.BytesIO(content), "год.xlsx")}
    answer = browser.post("/trainings/import", data=form)
    return answer.status_code, answer.headers.get("Location", ""), answer.get_data(as_text=True)


def apply(browser: FlaskClient, address: str) -> int:
    """Press the button of a dry run."""
    page = browser.get(address).get_data(as_text=True)
    digest = page.split('name="digest"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    return browser.post(address, data={"digest": digest}).status_code


def recorded() -> set[tuple[str, str, str]]:
    """(training, person, day) of all that is recorded."""
    rows = db.session.execute(
        select(Training.title, Employee.name, TrainingPlace.trained_on)
        .join(TrainingPlace, TrainingPlace.training_id == Training.id)
        .join(Employee, Employee.id == TrainingPlace.employee_id)
    )
    return {(title, name, str(day)) for title, name, day in rows}


EVERYTHING = {
    ("Возражения", "Анна", "2026-06-01"),
    ("Возражения", "Борис", "2026-06-03"),
    ("Возражения", "Вера", "None"),
}


def test_it_shows_what_it_would_record_and_then_records_just_that(client_of: Browser, cast: Cast) -> None:
    browser = client_of("hr")
    status, address, _page = upload(browser, cast, as_xlsx({"Обучение": ROWS, "Прочее": "a | b"}))
    assert status == 303
    text = fetch_words(browser, address)
    assert "год.xlsx" in text
    assert "Борис 3 июня 2026" in text
    assert recorded() == set()
    assert apply(browser, address) == 303
    assert recorded() == EVERYTHING
    assert "Возражения" in fetch_words(browser, "/trainings/")
    # Nothing of the file is kept, and the same address does nothing any more.
    assert browser.post(address, data={"digest": "x"}).headers["Location"] == "/trainings/import"
    assert recorded() == EVERYTHING


def test_it_changes_nothing_the_second_time_and_a_day_when_it_differs(client_of: Browser, cast: Cast) -> None:
    browser = client_of("hr")
    assert apply(browser, upload(browser, cast, as_csv(ROWS))[1]) == 303
    again = upload(browser, cast, as_csv(ROWS))[1]
    assert 'class="btn btn-primary">' not in browser.get(again).get_data(as_text=True)
    assert "Вера" in fetch_words(browser, again, show="all")
    mended = upload(browser, cast, as_csv(ROWS.replace("03.06.2026", "04.06.2026")))[1]
    assert "3 июня 2026 →" in fetch_words(browser, mended)
    assert apply(browser, mended) == 303
    assert recorded() == EVERYTHING - {("Возражения", "Борис", "2026-06-03")} | {
        ("Возражения", "Борис", "2026-06-04")
    }


def test_it_records_nothing_while_a_row_has_to_be_mended(client_of: Browser, cast: Cast) -> None:
    browser = client_of("hr")
    address = upload(browser, cast, as_csv(ROWS + "    Возражения | завтра | <b>Глеб</b> |\n"))[1]
    text = browser.get(address).get_data(as_text=True)
    assert "завтра" in text
    assert "<b>Глеб" not in text
    assert browser.post(address, data={"digest": "x"}).status_code == 409
    assert recorded() == set()


def test_it_shows_the_check_anew_when_something_changed_meanwhile(client_of: Browser, cast: Cast) -> None:
    browser = client_of("hr")
    address = upload(browser, cast, as_csv(ROWS))[1]
    page = browser.get(address).get_data(as_text=True)
    digest = page.split('name="digest"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    assert apply(browser, upload(browser, cast, as_csv(ROWS.replace("Анна", "")))[1]) == 409
    training = Training(unit_id=cast.ours.company, title="Возражения")
    training.people = [TrainingPlace(employee_id=cast.ours.employees["Анна"], trained_on=None)]
    db.session.add(training)
    db.session.commit()
    assert browser.post(address, data={"digest": digest}).status_code == 409
    assert recorded() == {("Возражения", "Анна", "None")}
    assert apply(browser, address) == 303
    assert recorded() == EVERYTHING


def test_it_keeps_to_the_reach_of_its_person(client_of: Browser, cast: Cast) -> None:
    """The manager of Север knows nobody of Юг, and nobody opens another's draft."""
    manager = client_of("manager")
    address = upload(manager, cast, as_csv(ROWS))[1]
    assert "Вера" in fetch_words(manager, address)
    assert manager.post(address, data={"digest": "x"}).status_code == 409
    own = upload(manager, cast, as_csv("Обучение | Дата | ФИО\nКасса | 2026-06-01 | Анна"))[1]
    assert client_of("hr").get(own).status_code == 404
    assert apply(client_of("manager"), own) == 303
    assert db.session.scalars(select(Training.unit_id)).all() == [cast.ours.units["Север"]]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"PK\x03\x04 cut"])
def test_it_refuses_what_is_no_table(client_of: Browser, cast: Cast, content: bytes) -> None:
    """All guards of the directory's import stand before this one too."""
    status, _address, page = upload(client_of("hr"), cast, content)
    assert status == 422
    assert recorded() == set()
    assert page


def test_it_offers_blank_files_that_it_reads_itself(client_of: Browser) -> None:
    for name, language in zip(BLANK_FILES, ("ru", "en"), strict=True):
        sheets = read_file(write_blank_file(name, language))
        assert isinstance(sheets, str)
        layout = HEADINGS.lay_out(load_sheets(sheets)[0])
        assert getattr(layout, "kind", None) is SheetKind.TRAININGS
        answer = client_of("manager").get(f"/trainings/import/blank/{name}")
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"


def test_it_imports_from_the_server_s_command_line_as_well(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "trainings.csv"
    path.write_bytes(as_csv(ROWS))
    planned = import_trainings(cast.ours.company, path, apply=False)
    assert (planned.applied, planned.plan.applicable, recorded()) == (False, True, set())
    assert import_trainings(cast.ours.company, path, apply=True).applied
    assert recorded() == EVERYTHING
    again = import_trainings(cast.ours.company, path, apply=True)
    assert (again.applied, again.plan.changes_nothing) == (False, True)
    path.write_bytes(b"\x89PNG")
    refused = import_trainings(cast.ours.company, path, apply=True)
    assert [it.fault.reason.value for it in refused.plan.problems] == ["file_wrong_type"]
