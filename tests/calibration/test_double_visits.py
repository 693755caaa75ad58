"""Double visits show which questions are read differently, and corrections which are got wrong (CP-08)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from checklists.loading import checklist_from_json, checklist_to_json
from mystery.calibration.double_visits import read_double_visits
from mystery.calibration.questions import find_same_wording
from mystery.database import db
from mystery.fair_models.scope import FairScope
from mystery.models import AnswerCorrection, ChecklistVersion, ScenarioRecord
from tests.calibration.programmes import FIRST_DAY, hire_auditor, walk
from tests.calibration.test_auditors_page import lead, read_text
from tests.cast import Cast

__all__ = ["lead"]
Browser = Callable[..., FlaskClient]
COUNTED = ("name", "repeated", "heard")


def scope_of(cast: Cast) -> FairScope:
    """All days of the cast's checklist."""
    version = db.session.get_one(ChecklistVersion, cast.ours.version)
    return FairScope(cast.ours.company, version.checklist_id)


def read_doubles(cast: Cast) -> int:
    """How many double visits are found."""
    assert cast.ours.version is not None
    return len(read_double_visits(scope_of(cast), {cast.ours.version: COUNTED}).bases)


@pytest.fixture
def pair(cast: Cast) -> Cast:
    """Two auditors more."""
    for name in ("Галина", "Дарья"):
        hire_auditor(cast, name)
    db.session.commit()
    return cast


def walk_twice(cast: Cast, number: int, one: dict[str, str], other: dict[str, str]) -> None:
    """Two auditors see Анна on the same day."""
    day = FIRST_DAY + timedelta(days=number)
    walk(cast, "Галина", "Анна", day=day, base=80.0 + number, answers=one)
    walk(cast, "Дарья", "Анна", day=day, base=81.0 + number, answers=other)


def test_it_lists_the_question_on_which_auditors_differ(lead: FlaskClient, pair: Cast) -> None:
    """Five of ten times "name" was answered differently and "repeated" never."""
    for number in range(10):
        said, clear = ("yes" if each else "no" for each in (number % 2, number % 3))
        walk_twice(pair, number, {"name": said, "repeated": clear}, {"name": "yes", "repeated": clear})
    db.session.commit()
    text = read_text(lead)
    assert "10 double visits: two auditors, the same person, legend and day." in text
    assert "Their scores agree with alpha 0.9" in text
    rewrites = text[text.index("Questions to rewrite How") : text.index("All questions Question")]
    assert "Did the employee give their name?" in rewrites
    assert "two auditors differed in 5 of 10 double visits (alpha −0.2" in rewrites
    assert "Was your request repeated in other words?" not in rewrites
    assert "agree well the same in 10 of 10 1.00 1.00" in text


def test_it_counts_only_what_two_auditors_saw_of_one_contact(pair: Cast) -> None:
    """Another day, shop, person or legend, or the same auditor again, is another contact."""
    scenario = ScenarioRecord(
        company_id=pair.ours.company, slug="x", title_ru="x", title_en="x", content="{}"
    )
    db.session.add(scenario)
    db.session.flush()
    walk(pair, "Галина", "Анна")
    walk(pair, "Галина", "Анна")
    walk(pair, "Дарья", "Анна", day=FIRST_DAY + timedelta(days=1))
    walk(pair, "Дарья", "Борис")
    walk(pair, "Дарья", "Анна", unit="N2")
    walk(pair, "Дарья", "Анна", scenario=scenario.id)
    db.session.commit()
    assert read_doubles(pair) == 0
    walk(pair, "Дарья", "Анна")
    db.session.commit()
    assert read_doubles(pair) == 1


def test_it_takes_a_unit_for_a_contact_but_not_somebody_unknown(pair: Cast) -> None:
    """A visit about the shop itself can be doubled; two unnamed people need not be one."""
    for auditor in ("Галина", "Дарья"):
        walk(pair, auditor, None)
        walk(pair, auditor, None, unit="N2", note="без бейджа")
    db.session.commit()
    assert read_doubles(pair) == 1


def test_it_lists_a_question_whose_answers_are_often_corrected(lead: FlaskClient, pair: Cast) -> None:
    """CP-08: three of four answers were overturned."""
    for number in range(4):
        visit = walk(pair, "Галина", "Анна", day=FIRST_DAY + timedelta(days=number), answers={"name": "yes"})
        if number:
            correct(visit)
    db.session.commit()
    assert "the answer was corrected in 3 of 4 visits" in read_text(lead)


def correct(visit: UUID) -> None:
    """A reviewer puts "name" right."""
    db.session.add(
        AnswerCorrection(
            visit_id=visit,
            question="name",
            number=1,
            before='"yes"',
            after='"no"',
            occasion="review",
            reason="Имя не названо, это слышно на записи.",
        )
    )


def test_it_lets_a_reworded_question_begin_anew(cast: Cast) -> None:
    """What was made of the old wording says nothing about the new one; a new cap changes no wording."""
    content = db.session.get_one(ChecklistVersion, cast.ours.version).content
    older = checklist_from_json(content)
    reworded = content.replace("Сотрудник представился?", "Сотрудник назвал имя?").replace(
        '"cap":60', '"cap":50'
    )
    newer = checklist_from_json(reworded)
    assert checklist_to_json(newer) != checklist_to_json(older)
    one, other = UUID(int=1), UUID(int=2)
    counted = find_same_wording({one: older, other: newer})
    assert counted[other] - counted[one] == {"name"}
    assert find_same_wording({}) == {}
