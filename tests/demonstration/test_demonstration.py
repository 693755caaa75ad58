"""The demonstration company: believable, the same every time, and built through people's own actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import func, select, text

from checklists.answers import parse_sheet
from checklists.loading import list_library, load_library_checklist
from checklists.scoring import score_visit
from checklists.validation import check_submission
from mystery.access.scopes import load_reach
from mystery.app import create_app
from mystery.calibration.double_visits import list_comparable, read_double_visits
from mystery.calibration.queries import list_checklists, read_versions
from mystery.database import db
from mystery.demonstration import course, year
from mystery.demonstration.answering import SimulatedAuditor
from mystery.demonstration.building import Built, DatabaseInUse, build_demonstration, list_sign_ins
from mystery.demonstration.rhythm import list_pay_days
from mystery.fair_models.scope import FairScope
from mystery.lenses.queries.button_counts import read_button_page
from mystery.lenses.queries.unit_lenses import read_lenses
from mystery.models import (
    Answer,
    AnswerCorrection,
    Assignment,
    CompanyLook,
    Employee,
    Notice,
    PayAgreement,
    SignedPay,
    TrainingPlace,
    Unit,
    User,
    Visit,
    VisitFlag,
    VisitState,
)
from mystery.printouts.reported_visits import PeriodScope, list_unit_checklists
from mystery.settings import read_settings
from mystery.storage import media_store
from reports.double_visits import measure_agreement

TODAY = date(2026, 11, 21)
FEW_VISITS = 40
WHOLE_YEAR = year.VISITS
FIGURES = """
    SELECT unit.code, employee.code, visit.visited_on, visit.base, visit.final, checklist_version.number
    FROM visit JOIN unit ON unit.id = visit.unit_id JOIN employee ON employee.id = visit.employee_id
    JOIN checklist_version ON checklist_version.id = visit.version_id
    WHERE visit.state = 'submitted' ORDER BY 1, 2, 3, 4
"""


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An empty installation; the year is shortened, since every visit is made alike."""
    monkeypatch.setattr(year, "VISITS", FEW_VISITS)
    settings = read_settings({"MYSTERY_SECRET_KEY": "d" * 40, "MYSTERY_DATA_DIR": str(tmp_path)})
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def build() -> Built:
    """The demonstration of a fixed day."""
    return build_demonstration(today=TODAY, passphrase="a pass phrase for the test")


def count(*conditions: object) -> int:
    """How many rows a select of conditions on one model finds."""
    model, *rest = conditions
    return db.session.scalar(select(func.count()).select_from(model).where(*rest)) or 0  # type: ignore[arg-type]


def test_it_builds_a_chain_with_work_done_and_work_waiting(empty: Flask) -> None:
    built = build()
    assert built.visits == FEW_VISITS
    assert built.photos > 0
    assert count(Unit, Unit.kind == "region") == 3
    assert count(Unit, Unit.kind == "shop") == 12
    assert 75 <= count(Employee) == built.staff <= 90
    assert count(Visit, Visit.state == VisitState.DRAFT.value) == year.DRAFTS
    assert count(Assignment, Assignment.cancelled_at.is_not(None)) == year.CANCELLED
    assert count(Assignment, Assignment.window_end < TODAY) == FEW_VISITS + year.OVERDUE - future_windows()
    assert count_double_visits() == FEW_VISITS // year.DOUBLE_EVERY
    check_desk()


def test_it_records_what_the_office_does_look_corrections_training_and_pay(empty: Flask) -> None:
    build()
    look = db.session.scalars(select(CompanyLook)).one()
    assert media_store().get(look.logo_key)
    corrections = db.session.scalars(select(AnswerCorrection)).all()
    assert {(each.before, each.after, each.occasion) for each in corrections} == {('"no"', '"yes"', "review")}
    for each in corrections:
        visit = db.session.get_one(Visit, each.visit_id)
        assert visit.submitted_at is not None
        assert visit.submitted_at < each.corrected_at
        assert "auditor" not in each.reason
    check_pay_and_training()


def check_desk() -> None:
    """One visit is held and one came twice, as flags of the real thing."""
    flags = select(VisitFlag.kind, Visit.state).join(Visit, Visit.id == VisitFlag.visit_id)
    found = sorted(tuple(row) for row in db.session.execute(flags))
    assert found == [("differs", "submitted"), ("incomplete", "held")]


def check_pay_and_training() -> None:
    """Staff were told before the formula was agreed on, and that before the days that are paid."""
    days = db.session.scalars(select(TrainingPlace.trained_on)).all()
    assert len(days) == course.TRAINED
    assert len(set(days)) == 2
    notices = db.session.execute(select(Notice.purpose, Notice.given_on).order_by(Notice.given_on)).all()
    assert [purpose for purpose, _day in notices] == ["training", "bonus"]
    agreement = db.session.scalars(select(PayAgreement)).one()
    since, until = list_pay_days(TODAY)
    assert notices[1][1] < agreement.agreed_on < since < until < TODAY
    # In so short a year nobody has six visits, and then nobody is paid (CP-04).
    assert count(SignedPay) == 0


def count_double_visits() -> int:
    """How many contacts two auditors saw; they wrote down nearly the same."""
    company = db.session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
    found = 0
    for checklist in list_checklists(company):
        scope = FairScope(company, checklist.id)
        counted = {version: list_comparable(each) for version, each in read_versions(checklist.id).items()}
        doubles = read_double_visits(scope, counted)
        agreed = [
            each.same == each.doubles
            for each in measure_agreement(doubles.answers, questions=list_comparable(checklist.newest))
            if each.doubles
        ]
        assert sum(agreed) >= 0.7 * len(agreed)
        found += len(doubles.bases)
    return found


def future_windows() -> int:
    """Sent visits whose window reaches beyond today."""
    sent = select(Visit.assignment_id).where(Visit.state == VisitState.SUBMITTED.value)
    return count(Assignment, Assignment.id.in_(sent), Assignment.window_end >= TODAY)


def test_it_notes_when_answers_were_given_so_that_every_lens_has_something_to_show(empty: Flask) -> None:
    build()
    minutes = db.session.scalars(select(Answer.recall_minutes)).all()
    noted = [each for each in minutes if each is not None]
    assert (
        count(Answer, Answer.value.is_not(None)) / 2 < len(noted) < count(Answer, Answer.value.is_not(None))
    )
    assert min(noted) < 30 < 120 < max(noted) < 400
    check_lenses()


def check_lenses() -> None:
    """LN-01 to LN-04, LN-07: the calls have all tags, and expectations were mostly rated before entering."""
    reach = load_reach(db.session.scalars(select(User.id).where(User.email.startswith("hr@"))).one())
    calls = next(each for each in list_unit_checklists(reach) if each.title_en == "Phone call")
    company = db.session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
    found = read_lenses(reach, company, PeriodScope(calls.checklist_id, None, None))
    assert found is not None
    lenses = found.lenses
    assert lenses.visits == calls.visits >= 5
    assert lenses.pyramid.state == "shown"
    assert lenses.impressions.result_gap.count > len(lenses.impressions.rated_late)
    assert lenses.effort.started == calls.visits
    button = read_button_page(reach, company, since=None, until=None)
    assert button is not None
    assert len(button.months) == 12
    assert button.reading.state == "shown"


def test_it_gives_everybody_it_names_a_sign_in(empty: Flask) -> None:
    build()
    for _role, _name, email in list_sign_ins():
        assert count(User, User.email == email) == 1


def test_it_is_the_same_every_time(empty: Flask, tmp_path: Path) -> None:
    build()
    first = db.session.execute(text(FIGURES)).all()
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    flask_migrate.upgrade()
    build()
    assert db.session.execute(text(FIGURES)).all() == first
    assert len({row.base for row in first}) > FEW_VISITS // 2


def test_it_refuses_a_database_that_is_in_use(empty: Flask) -> None:
    build()
    with pytest.raises(DatabaseInUse):
        build()


@pytest.mark.parametrize("name", [entry.id for entry in list_library()])
def test_it_answers_every_checklist_of_the_library_so_that_it_can_be_sent(name: str) -> None:
    checklist = load_library_checklist(name)
    for seed in range(20):
        raw = SimulatedAuditor(Random(seed), 0.5 + seed / 40).fill_in(checklist)
        photos = {question.id: 1 for question in checklist.questions() if question.id in raw["answers"]}
        sheet, problems = parse_sheet(checklist, {**raw, "photos": photos})
        assert not problems
        assert not check_submission(checklist, sheet)


def test_it_scores_the_better_employee_higher_on_average() -> None:
    checklist = load_library_checklist("shop-visit")

    def mean(chance: float) -> float:
        cards = [
            score_visit(
                checklist,
                parse_sheet(checklist, SimulatedAuditor(Random(seed), chance).fill_in(checklist))[0],
            )
            for seed in range(30)
        ]
        return sum(float(card.base or 0) for card in cards) / len(cards)

    assert mean(0.6) + 10 < mean(0.9)


def test_the_whole_year_has_sheets_of_pay_that_a_person_signed(
    empty: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LN-05: signed when their half-year was over; one is left to sign for whoever looks around."""
    monkeypatch.setattr(year, "VISITS", WHOLE_YEAR)
    build()
    signed = list(db.session.scalars(select(SignedPay)))
    assert signed
    assert all(sheet.until < TODAY and sheet.total > 0 for sheet in signed)
