"""The digest of what a report prints: it changes with every printed thing, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, false, true, update

from mystery.access.scopes import NotYours
from mystery.clock import now
from mystery.database import db
from mystery.models import (
    AnswerCorrection,
    Assignment,
    CompanyLook,
    Employee,
    FlagKind,
    Notice,
    Photo,
    Placement,
    ScenarioRecord,
    Unit,
    Visit,
    VisitFlag,
)
from mystery.printouts import printed_facts
from mystery.printouts.printed_facts import PrintedFacts, read_printed_facts
from reports.rows import VisitReport
from tests.cast import Cast
from tests.factories import VISIT_DAY, make_submitted_visit

Change = Callable[[Cast, UUID], None]
LEGEND = '{"scenario":"quiet","title":{"ru":"Тихий","en":"Quiet"}}'


def rename_company(cast: Cast, _visit: UUID) -> None:
    db.session.get_one(Unit, cast.ours.company).name = "Лавка и сыновья"


def rename_region(cast: Cast, _visit: UUID) -> None:
    db.session.get_one(Unit, cast.ours.units["Север"]).name = "Северо-запад"


def rename_employee(cast: Cast, _visit: UUID) -> None:
    db.session.get_one(Employee, cast.ours.employees["Анна"]).name = "Анна Котова"


def promote_employee(cast: Cast, _visit: UUID) -> None:
    statement = update(Placement).where(Placement.employee_id == cast.ours.employees["Анна"])
    db.session.execute(statement.values(position="Старший продавец"))


def move_clock(cast: Cast, _visit: UUID) -> None:
    db.session.get_one(Unit, cast.ours.units["N1"]).time_zone = "Asia/Vladivostok"


def add_photo(_cast: Cast, visit: UUID) -> None:
    db.session.add(
        Photo(
            visit_id=visit,
            question="q1",
            original_sha256="0" * 64,
            storage_key="photos/1.jpg",
            width=1,
            height=1,
            byte_size=1,
        )
    )


def change_purpose(cast: Cast, _visit: UUID) -> None:
    db.session.add(
        Notice(company_id=cast.ours.company, given_on=VISIT_DAY, text="Ещё и премия.", purpose="bonus")
    )


def play_legend(cast: Cast, visit: UUID) -> None:
    legend = ScenarioRecord(
        company_id=cast.ours.company, slug="quiet", title_ru="Тихий", title_en="Quiet", content=LEGEND
    )
    db.session.add(legend)
    db.session.flush()
    assignment = db.session.get_one(Visit, visit).assignment_id
    db.session.get_one(Assignment, assignment).scenario_id = legend.id


def correct_answer(_cast: Cast, visit: UUID) -> None:
    db.session.add(
        AnswerCorrection(
            visit_id=visit,
            question="q1",
            number=1,
            before='"no"',
            after='"yes"',
            occasion="review",
            reason="На фото видно.",
        )
    )


def choose_look(cast: Cast, _visit: UUID) -> None:
    db.session.add(CompanyLook(company_id=cast.ours.company, colour="#123456"))


def correct_earlier_visit(cast: Cast, _visit: UUID) -> None:
    earlier = make_submitted_visit(cast, "V2", employee="Борис", unit="N2", day=VISIT_DAY - timedelta(days=9))
    correct_answer(cast, earlier)


def take_held_visit(cast: Cast, _visit: UUID) -> None:
    """A visit that was sent before this one and held is taken now, so it counts among the earlier ones."""
    earlier = make_submitted_visit(cast, "V2", employee="Борис", unit="N2", day=VISIT_DAY - timedelta(days=9))
    db.session.add(
        VisitFlag(visit_id=earlier, kind=FlagKind.INCOMPLETE.value, settled_at=now(), decision="accepted")
    )


# What changes each field of the printed report.
CHANGES: dict[str, Change] = {
    "company": rename_company,
    "unit": rename_region,
    "employee": rename_employee,
    "position": promote_employee,
    "part_of_day": move_clock,
    "photos": add_photo,
    "purpose": change_purpose,
    "scenario": play_legend,
    "corrections": correct_answer,
    "sheet": correct_answer,
    "scorecard": correct_answer,
    "look": choose_look,
    "unit_means": correct_earlier_visit,
    "programme_means": take_held_visit,
}
# What cannot change in a submitted visit: the database itself refuses it (tests/migrations).
FROZEN = {"checklist", "version", "visited_on", "revision"}
# What belongs to the installation: tested on its own below.
INSTALLED = {"standards", "public_url"}


def read(visit: UUID) -> PrintedFacts:
    """The facts as they are in the database now."""
    db.session.commit()
    return read_printed_facts(visit, true())


def test_it_has_a_change_for_every_field_that_is_printed() -> None:
    """A field that is added to the report has to be added here, and to the statement that reads the facts."""
    assert {field.name for field in fields(VisitReport)} == set(CHANGES) | FROZEN | INSTALLED


@pytest.mark.parametrize("name", CHANGES)
def test_it_changes_with(app: Flask, cast: Cast, name: str) -> None:
    visit = make_submitted_visit(cast)
    before = read(visit)
    CHANGES[name](cast, visit)
    assert read(visit).digest != before.digest


def test_it_changes_with_the_address_in_the_printed_code(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = make_submitted_visit(cast)
    before = read(visit)
    moved = replace(app.config["MYSTERY"], public_url="https://visits.example.com")
    monkeypatch.setitem(app.config, "MYSTERY", moved)
    assert read(visit).digest != before.digest


def test_it_changes_with_the_code_and_the_standards_of_the_library(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = make_submitted_visit(cast)
    before = read(visit)
    monkeypatch.setattr(printed_facts, "_hash_code", lambda: "another version")
    assert read(visit).digest != before.digest


def test_it_stays_when_nothing_that_is_printed_changes(app: Flask, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    before = read(visit)
    db.session.get_one(Unit, cast.ours.units["S1"]).name = "Магазин в другом городе"
    db.session.get_one(Employee, cast.ours.employees["Борис"]).left_on = date(2026, 12, 1)
    make_submitted_visit(cast, "V2", employee="Борис", unit="N2", day=VISIT_DAY + timedelta(days=1))
    assert read(visit) == before


def test_it_tells_two_visits_apart(app: Flask, cast: Cast) -> None:
    one, other = make_submitted_visit(cast), make_submitted_visit(cast)
    assert read(one).digest != read(other).digest


def test_it_asks_the_database_twice_and_the_long_question_always_in_the_same_words(
    app: Flask, cast: Cast
) -> None:
    """First whether this person may; the statement after that is made ready once for everybody."""
    visit = make_submitted_visit(cast)
    read(visit)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    read_printed_facts(visit, true())
    read_printed_facts(visit, Visit.state == "submitted")
    with pytest.raises(NotYours):
        read_printed_facts(visit, false())
    event.remove(db.engine, "before_cursor_execute", note)
    selects = [statement for statement in asked if statement.startswith("SELECT")]
    assert len(selects) == 5, selects
    assert selects[1] == selects[3]
    assert "visit.state" in selects[2]
    assert "visit.state" not in selects[3]
