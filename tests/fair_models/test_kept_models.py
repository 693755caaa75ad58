"""A model is fitted once for as long as its data stay as they are, and never shows what has changed since."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from uuid import UUID

import pytest
from sqlalchemy import select

from mystery.access.scopes import load_reach
from mystery.database import db
from mystery.fair_models.keeping import DescribedPeople, KeptModel, ModelShelf, find_model
from mystery.fair_models.revision import read_revision
from mystery.fair_models.scope import FairScope
from mystery.models import Employee, Unit, Visit, VisitFlag
from mystery.review.actions import settle_flag
from reports.fair_comparison import fit_fairly
from reports.fair_rows import FairVisit
from tests.cast import Cast
from tests.factories import VISIT_DAY, make_assignment, make_submitted_visit
from tests.quality_pay.payroll import visit_everybody
from tests.review.corrections import correct

ANYTHING = UUID(int=1)


def make_model(scope: FairScope, revision: str, *, visits: int = 1) -> KeptModel:
    """A model of so many visits to one person, which is too few to fit."""
    rows = [FairVisit(f"v{number}", "one", "", "a", "s", 70.0 + number) for number in range(visits)]
    return KeptModel(scope, revision, DescribedPeople(fit_fairly(rows)), {}, None, ())


def scope_of(number: int) -> FairScope:
    return FairScope(UUID(int=number), ANYTHING)


def find_scope(cast: Cast) -> FairScope:
    """All visits on the one checklist that our company has visits on."""
    visit = db.session.scalars(select(Visit).limit(1)).one()
    return FairScope(cast.ours.company, visit.version.checklist_id)


def send_a_visit(cast: Cast, visit: UUID) -> None:
    make_submitted_visit(cast, day=VISIT_DAY + timedelta(days=1))


def correct_an_answer(cast: Cast, visit: UUID) -> None:
    correct(cast, visit, "features", "4")


def settle_a_flag(cast: Cast, visit: UUID) -> None:
    """Letting another version of a visit count settles what was raised about it."""
    flag = VisitFlag(visit_id=visit, kind="differs")
    db.session.add(flag)
    db.session.commit()
    settle_flag(load_reach(cast.ours.users["lead"]), visit, flag.id)


def move_a_shop(cast: Cast, visit: UUID) -> None:
    shop, south = (db.session.get_one(Unit, cast.ours.units[name]) for name in ("N1", "Юг"))
    shop.parent_id, shop.path = south.id, f"{south.path}{shop.id.hex}/"
    db.session.commit()


@pytest.mark.parametrize("change", [send_a_visit, correct_an_answer, settle_a_flag, move_a_shop])
def test_it_has_another_revision_after(cast: Cast, change: Callable[[Cast, UUID], None]) -> None:
    """Whatever changes a figure changes the revision of the company, and of no other company."""
    visit = make_submitted_visit(cast)
    companies = (cast.ours.company, cast.foreign.company)
    ours, foreign = map(read_revision, companies)
    change(cast, visit)
    db.session.expire_all()
    assert read_revision(companies[0]) != ours
    assert read_revision(companies[1]) == foreign


def test_it_keeps_its_revision_while_somebody_plans_and_drafts(cast: Cast) -> None:
    make_submitted_visit(cast)
    revision = read_revision(cast.ours.company)
    make_assignment(cast)
    assert read_revision(cast.ours.company) == revision


def test_it_shows_a_changed_name_at_once_and_fits_nothing_anew(cast: Cast) -> None:
    """A renamed or erased employee is never shown under the old name from memory."""
    names = visit_everybody(cast)
    scope = find_scope(cast)
    kept = find_model(scope)
    person = str(cast.ours.employees[names[0]])
    assert [each.name for each in kept.describe("colleagues", {person: names[0]}).people] == [names[0]]
    db.session.get_one(Employee, UUID(person)).name = "—"
    db.session.commit()
    again = find_model(scope)
    assert again is kept
    (shown,) = again.describe("colleagues", {person: "—"}).people
    assert (shown.name, shown.state) == ("—", "shown")


def test_it_describes_people_in_the_order_of_the_names_given(cast: Cast) -> None:
    """Pseudonyms are in an order of their own, and nobody is shown who was not asked for."""
    names = visit_everybody(cast)
    kept = find_model(find_scope(cast))
    ids = [str(cast.ours.employees[name]) for name in names]
    hidden = {person: f"Employee {9 - place}" for place, person in enumerate(ids)}
    shown = kept.describe("customer", hidden, people=[*ids[:3], "nobody"])
    assert [each.employee for each in shown.people] == [ids[2], ids[1], ids[0]]
    plain = kept.model.describe("customer", people=ids[:3])
    assert {each.employee: each.fair for each in shown.people} == {
        each.employee: each.fair for each in plain.people
    }
    assert (shown.mean, shown.sds, shown.counted) == (plain.mean, plain.sds, plain.counted)


def test_it_fits_once_for_two_who_ask_at_once() -> None:
    """The second lets its transaction go before it waits."""
    shelf, begun, let_go = ModelShelf(), Event(), Event()
    made: list[KeptModel] = []

    def make() -> KeptModel:
        begun.set()
        assert let_go.wait(10), "the other one has to let go first"
        made.append(make_model(scope_of(1), "r1"))
        return made[-1]

    def ask() -> KeptModel:
        return shelf.find(scope_of(1), "r1", make, before_waiting=let_go.set)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask)
        assert begun.wait(10)
        second = pool.submit(ask)
        assert first.result() is second.result() is made[0]
    assert len(made) == 1


def test_it_fits_different_scopes_side_by_side() -> None:
    """Nobody waits for somebody else's company."""
    shelf, both = ModelShelf(), Barrier(2)

    def ask(number: int) -> KeptModel:
        def make() -> KeptModel:
            both.wait(10)
            return make_model(scope_of(number), "r1")

        return shelf.find(scope_of(number), "r1", make, before_waiting=lambda: None)

    with ThreadPoolExecutor(2) as pool:
        assert len({id(model) for model in pool.map(ask, (1, 2))}) == 2


def test_it_tries_again_after_a_failure() -> None:
    shelf = ModelShelf()

    def fail() -> KeptModel:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        shelf.find(scope_of(1), "r1", fail, before_waiting=lambda: None)
    assert len(shelf) == 0
    assert shelf.find(scope_of(1), "r1", lambda: make_model(scope_of(1), "r1"), before_waiting=lambda: None)


def test_it_gives_up_older_revisions_and_what_was_unused_longest() -> None:
    shelf, asked = ModelShelf(most_visits=10), []

    def ask(number: int, revision: str, visits: int) -> None:
        def make() -> KeptModel:
            asked.append((number, revision))
            return make_model(scope_of(number), revision, visits=visits)

        shelf.find(scope_of(number), revision, make, before_waiting=lambda: None)

    ask(1, "r1", 4)
    ask(1, "r2", 4)
    assert len(shelf) == 1, "the older revision is gone"
    ask(2, "r1", 4)
    ask(1, "r2", 4)
    ask(3, "r1", 4)
    assert len(shelf) == 2, "twelve visits would be more than ten"
    ask(1, "r2", 4)
    ask(2, "r1", 4)
    ask(9, "r1", 99)
    assert len(shelf) == 1, "what is larger than the bound is kept alone"
    assert asked == [(1, "r1"), (1, "r2"), (2, "r1"), (3, "r1"), (2, "r1"), (9, "r1")]
