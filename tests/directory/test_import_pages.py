"""The import on its pages: the dry run changes nothing, and what is applied is exactly what was shown."""

from __future__ import annotations

import io
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mystery.database import db
from mystery.directory import actions
from mystery.directory.actions import UnitDraft, import_directory
from mystery.directory.imports.blank_files import BLANK_FILES
from mystery.directory.imports.plan import Directory, Plan
from mystery.directory.imports.planning import plan_import
from mystery.models import Employee, ImportDraft, Placement, Unit, User
from mystery.tables.reading import Sheet
from tests.cast import Cast
from tests.directory.files import reach_of
from tests.tables.files import as_csv, as_xlsx, table

Clients = Callable[..., FlaskClient]

UNITS = """
    Код | Название    | Вид     | Входит в
    W   | Запад       | регион  |
    W1  | Магазин W1  | магазин | W
    N1  | Первый      |         |
"""
STAFF = """
    Табельный номер | ФИО   | Должность | Подразделение | Принят
    E1              | Анна  | Продавец  | N1            | 01.03.2025
    E9              | Глеб  | Кассир    | W1            | 01.11.2026
"""


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is noon in Moscow on 21 November 2026."""
    with time_machine.travel("2026-11-21T09:00:00+00:00", tick=True):
        yield


def upload(browser: FlaskClient, cast: Cast, content: bytes, name: str = "file.csv") -> TestResponse:
    """Send a file for our company to the check."""
    form = {"company": str(cast.ours.company), "file": (io.BytesIO(content), name)}
    return browser.post("/directory/import", data=form)


def check(browser: FlaskClient, cast: Cast, content: bytes, name: str = "file.csv") -> str:
    """The address of the dry run of a file that can be read."""
    answer = upload(browser, cast, content, name)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def digest_in(page: str) -> str:
    """The digest in the form of a dry run."""
    return page.split('name="digest"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def apply(browser: FlaskClient, address: str) -> TestResponse:
    """Press the button of a dry run."""
    return browser.post(address, data={"digest": digest_in(browser.get(address).get_data(as_text=True))})


def everything() -> list[tuple[object, ...]]:
    """All units, employees and placements, to see that nothing has changed."""
    db.session.expire_all()
    rows: list[tuple[object, ...]] = []
    for model in (Unit, Employee, Placement):
        rows += [tuple(row) for row in db.session.execute(model.__table__.select().order_by(model.id))]
    return rows


def test_it_shows_what_would_change_and_changes_nothing(client_of: Clients, cast: Cast) -> None:
    before, browser = everything(), client_of("hr")
    page = browser.get(check(browser, cast, as_xlsx({"Подразделения": UNITS, "Люди": STAFF}), "год.xlsx"))
    text = page.get_data(as_text=True)
    for shown in (
        "год.xlsx",
        "Запад",
        "Магазин W1",
        "Глеб",
        "Кассир",
        "Первый",
        "Магазин N1",
        "Подразделения",
    ):
        assert shown in text
    assert digest_in(text)
    assert everything() == before


def test_it_applies_exactly_the_checked_content_once(client_of: Clients, cast: Cast) -> None:
    browser = client_of("hr")
    address = check(browser, cast, as_xlsx({"Подразделения": UNITS, "Люди": STAFF}))
    assert apply(browser, address).status_code == 303
    west, shop = (db.session.query(Unit).filter_by(code=code).one() for code in ("W", "W1"))
    assert (shop.parent_id, west.parent_id) == (west.id, cast.ours.company)
    assert shop.path == f"{west.path}{shop.id.hex}/"
    gleb = db.session.query(Employee).filter_by(code="E9").one()
    assert [(each.unit_id, each.position) for each in gleb.placements] == [(shop.id, "Кассир")]
    # Анна had no code; she is the same person still.
    anna = db.session.get_one(Employee, cast.ours.employees["Анна"])
    assert (anna.code, len(anna.placements)) == ("E1", 1)
    after = everything()
    again = browser.post(address, data={"digest": "x"})
    assert again.headers["Location"] == "/directory/import"
    assert everything() == after


def test_it_changes_nothing_when_the_same_file_is_applied_again(client_of: Clients, cast: Cast) -> None:
    browser, content = client_of("hr"), as_xlsx({"Подразделения": UNITS, "Люди": STAFF})
    apply(browser, check(browser, cast, content))
    after = everything()
    address = check(browser, cast, content)
    text = browser.get(address).get_data(as_text=True)
    assert "<button" not in text.split("<main", 1)[1].split("</form>", 1)[0]
    assert browser.post(address, data={"digest": digest_in(text)}).status_code == 409
    assert everything() == after


def test_it_lists_every_problem_and_offers_no_button(client_of: Clients, cast: Cast) -> None:
    before, browser = everything(), client_of("hr")
    rows = [["Код", "Название", "Вид"], *[[f"K{number}", "", "ларёк"] for number in range(250)]]
    address = check(browser, cast, as_csv(rows))
    first, second = (
        browser.get(address, query_string={"show": "problems", "page": page}).get_data(as_text=True)
        for page in (1, 3)
    )
    assert first.count("ларёк") == 100, "each row has two problems, and a page shows 200 of them"
    assert 'rel="next"' in first
    assert 'rel="next"' not in second
    assert "</span> 251</td>" in second
    assert browser.post(address, data={"digest": digest_in(first)}).status_code == 409
    assert everything() == before


@pytest.mark.parametrize(
    "show", ["changes", "added", "changed", "moved", "left", "returned", "unchanged", "x<y"]
)
def test_it_lists_what_is_asked_for(client_of: Clients, cast: Cast, show: str) -> None:
    browser = client_of("hr")
    address = check(browser, cast, as_csv(UNITS))
    page = browser.get(address, query_string={"show": show, "page": "0x7"})
    assert page.status_code == 200
    assert ("Запад" in page.get_data(as_text=True)) == (show in ("changes", "added", "x<y"))


def test_it_shows_the_check_again_when_the_directory_has_changed_since(
    client_of: Clients, cast: Cast
) -> None:
    browser = client_of("hr")
    address = check(browser, cast, as_csv(UNITS))
    seen = digest_in(browser.get(address).get_data(as_text=True))
    other = UnitDraft("Запад", "W", "", "Europe/Moscow")
    assert isinstance(actions.add_unit(reach_of(cast.ours.company), cast.ours.company, "region", other), UUID)
    before = everything()
    stale = browser.post(address, data={"digest": seen})
    assert stale.status_code == 409
    assert everything() == before
    assert digest_in(stale.get_data(as_text=True)) != seen
    assert browser.post(address, data={"digest": digest_in(stale.get_data(as_text=True))}).status_code == 303
    assert db.session.query(Unit).filter_by(code="W").count() == 1


def test_it_notices_what_others_change_while_it_is_planning(
    client_of: Clients, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of("hr")
    address = check(browser, cast, as_csv(UNITS))
    seen = digest_in(browser.get(address).get_data(as_text=True))

    def plan_while_somebody_writes(sheets: list[Sheet], directory: Directory) -> Plan:
        other = sqlite3.connect(str(db.engine.url.database), timeout=0, isolation_level=None)
        other.execute("UPDATE unit SET code = 'W' WHERE name = 'Юг'")
        other.close()
        return plan_import(sheets, directory)

    monkeypatch.setattr("mystery.directory.actions.imports.plan_import", plan_while_somebody_writes)
    assert browser.post(address, data={"digest": seen}).status_code == 409
    assert db.session.query(Unit).filter_by(name="Запад").count() == 0


def test_it_keeps_a_check_for_its_person_only(client_of: Clients, cast: Cast) -> None:
    address = check(client_of("hr"), cast, as_csv(UNITS))
    for browser in (client_of("administrator"), client_of("hr", foreign=True)):
        assert browser.get(address).status_code == 404
        assert browser.post(address, data={"digest": "x"}).status_code == 404
    assert client_of("manager").get(address).status_code == 403


def test_it_forgets_a_check_after_an_hour(client_of: Clients, cast: Cast) -> None:
    browser = client_of("hr")
    with time_machine.travel("2026-11-21T09:00:00+00:00", tick=False):
        address = check(browser, cast, as_csv(UNITS))
        seen = digest_in(browser.get(address).get_data(as_text=True))
    with time_machine.travel("2026-11-21T10:00:01+00:00", tick=False):
        before = everything()
        assert browser.get(address).headers["Location"] == "/directory/import"
        assert browser.post(address, data={"digest": seen}).headers["Location"] == "/directory/import"
        assert everything() == before
        check(browser, cast, as_csv(UNITS))
        assert db.session.query(ImportDraft).count() == 1


def test_it_refuses_content_that_is_not_what_was_checked(client_of: Clients, cast: Cast) -> None:
    browser = client_of("hr")
    address = check(browser, cast, as_csv(UNITS))
    db.session.expire_all()
    draft = db.session.query(ImportDraft).one()
    draft.content_hash = "0" * 64
    db.session.commit()
    assert browser.get(address).status_code == 404


def test_it_keeps_no_personal_data_once_the_file_is_applied(client_of: Clients, cast: Cast) -> None:
    browser = client_of("hr")
    apply(browser, check(browser, cast, as_csv(UNITS)))
    db.session.expire_all()
    assert db.session.query(ImportDraft).one().sheets == b""


def test_it_loses_the_right_to_apply_with_the_role(client_of: Clients, cast: Cast) -> None:
    browser = client_of("hr")
    address = check(browser, cast, as_csv(UNITS))
    seen = digest_in(browser.get(address).get_data(as_text=True))
    db.session.get_one(User, cast.ours.users["hr"]).grants[0].unit_id = cast.ours.units["Юг"]
    db.session.commit()
    before = everything()
    assert browser.post(address, data={"digest": seen}).status_code == 409
    assert everything() == before


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\x89PNG\r\n\x1a\n", "photo.csv"),
        (b"PK\x03\x04zip", "broken.xlsx"),
        (b"code;name\nA;b\x00c\n", "nul.csv"),
        (b"\xd0\xcf\x11\xe0", "old.xls"),
        ("Код;Имя\n".encode() + b"A;\xd0\n", "damaged.csv"),
    ],
)
def test_it_refuses_what_is_no_table_beside_the_field(
    client_of: Clients, cast: Cast, content: bytes, name: str
) -> None:
    answer = upload(client_of("hr"), cast, content, name)
    assert answer.status_code == 422
    assert 'id="file-problem"' in answer.get_data(as_text=True)
    assert db.session.query(ImportDraft).count() == 0


def test_it_asks_for_a_file_when_there_is_none(client_of: Clients, cast: Cast) -> None:
    browser = client_of("hr")
    for form in ({}, {"file": "text instead of a file"}, {"file": (io.BytesIO(b"a;b"), "")}):
        answer = browser.post("/directory/import", data={"company": str(cast.ours.company), **form})
        assert answer.status_code == 422


def test_it_does_not_import_into_another_company(client_of: Clients, cast: Cast) -> None:
    form = {"company": str(cast.foreign.company), "file": (io.BytesIO(as_csv(UNITS)), "file.csv")}
    assert client_of("hr").post("/directory/import", data=form).status_code == 422
    assert db.session.query(ImportDraft).count() == 0


@pytest.mark.parametrize(
    "name", ["a\x00b.csv", "../../etc/passwd", "x" * 5000 + ".csv", "<script>alert(1)</script>.csv"]
)
def test_it_shows_a_strange_file_name_as_text(client_of: Clients, cast: Cast, name: str) -> None:
    browser = client_of("hr")
    page = browser.get(check(browser, cast, as_csv(UNITS), name))
    assert page.status_code == 200
    assert "<script>" not in page.get_data(as_text=True)


def test_it_lets_others_write_while_a_file_is_being_read(
    client_of: Clients, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def read_slowly(_content: bytes) -> str:
        # Somebody else wants to write just now, and is not prepared to wait at all.
        other = sqlite3.connect(str(db.engine.url.database), timeout=0, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        written.append(other.execute("UPDATE unit SET address = 'Мост'").rowcount)
        other.execute("COMMIT")
        other.close()
        return '{"sheets":[]}'

    monkeypatch.setattr("mystery.tables.drafts.read_file", read_slowly)
    assert upload(client_of("hr"), cast, as_csv(UNITS)).status_code == 303
    assert written == [12]


@pytest.mark.parametrize("name", sorted(BLANK_FILES))
def test_it_offers_blank_files_that_it_understands_itself(client_of: Clients, cast: Cast, name: str) -> None:
    browser = client_of("hr")
    for language in ("ru", "en"):
        db.session.get_one(User, cast.ours.users["hr"]).language = language
        db.session.commit()
        blank = browser.get(f"/directory/import/blank/{name}")
        assert blank.headers["Content-Disposition"].startswith("attachment")
        page = browser.get(check(browser, cast, blank.data, name)).get_data(as_text=True)
        assert page.count("</span> –</td>") == 1, "only the one problem that there are no rows"
    assert browser.get("/directory/import/blank/other.csv").status_code == 404


def test_it_imports_ten_thousand_people_in_reasonable_time(cast: Cast, tmp_path: Path) -> None:
    rows = [
        table(STAFF)[0],
        *[[f"P{n}", f"Человек {n}", "Продавец", f"N{n % 2 + 1}", "2026-01-01"] for n in range(10_000)],
    ]
    path = tmp_path / "staff.csv"
    path.write_bytes(as_csv(rows))
    started = time.perf_counter()
    assert import_directory(cast.ours.company, path, apply=True).applied
    assert time.perf_counter() - started < 20
    assert db.session.query(Employee).filter_by(company_id=cast.ours.company).count() == 10_003
    assert import_directory(cast.ours.company, path, apply=True).plan.changes_nothing
