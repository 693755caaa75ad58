"""What an order for a visit may say: everything that is wrong is named, and nothing is assigned."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.clock import set_to
from mystery.database import db
from mystery.models import Assignment, Placement, Unit
from mystery.planning.actions import OrderRefused, assign_visit, assign_visits
from mystery.planning.orders import MOST_ORDERS_AT_ONCE, AssignmentOrder, OrderFault
from tests.cast import Cast
from tests.planning.desk import (
    NOON,
    TODAY,
    add_legend,
    find_employee,
    forget_notices,
    in_days,
    make_auditor,
    make_order,
)


def faults_of(reach: Reach, order: AssignmentOrder) -> set[OrderFault]:
    """What is found wrong with an order; it must not have been carried out."""
    before = count_assignments()
    with pytest.raises(OrderRefused) as refused:
        assign_visit(reach, order)
    db.session.rollback()
    assert count_assignments() == before
    return {problem.fault for problem in refused.value.problems}


def count_assignments() -> int:
    """How many assignments there are."""
    return db.session.scalar(select(func.count()).select_from(Assignment)) or 0


def test_it_assigns_a_visit_with_everything_the_lead_chose(cast: Cast, lead: Reach) -> None:
    legend = add_legend(cast, "quiet", "Тихий покупатель")
    order = make_order(cast, scenario_id=legend, briefing="Спросите про чайники.")
    row = db.session.get_one(Assignment, assign_visit(lead, order))
    assert (row.unit_id, row.version_id) == (order.unit_id, order.version_id)
    assert (row.auditor_id, row.employee_id, row.scenario_id) == (
        order.auditor_id,
        order.employee_id,
        legend,
    )
    assert (row.window_start, row.window_end) == (TODAY, in_days(7))
    assert (row.briefing, row.created_by_id) == ("Спросите про чайники.", lead.user_id)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"window_end": in_days(-1), "window_start": in_days(3)}, OrderFault.WINDOW_REVERSED),
        ({"window_start": in_days(-9), "window_end": in_days(-1)}, OrderFault.WINDOW_OVER),
        ({"window_end": date(2126, 11, 21)}, OrderFault.WINDOW_TOO_FAR),
        ({"window_end": date.max}, OrderFault.WINDOW_TOO_FAR),
        ({"window_start": date.min}, OrderFault.WINDOW_TOO_LONG),
        ({"window_start": date(1926, 11, 21)}, OrderFault.WINDOW_TOO_LONG),
        ({"briefing": "ы" * 4001}, OrderFault.BRIEFING_TOO_LONG),
        ({"auditor_id": None}, OrderFault.AUDITOR_MISSING),
        ({"scenario_id": uuid4()}, OrderFault.SCENARIO_UNKNOWN),
        ({"employee_id": uuid4()}, OrderFault.EMPLOYEE_ELSEWHERE),
        ({"auditor_id": uuid4()}, OrderFault.AUDITOR_NOT_GRANTED),
    ],
)
def test_it_refuses_absurd_windows_and_things_that_are_not_there(
    cast: Cast, lead: Reach, changes: dict[str, Any], fault: OrderFault
) -> None:
    assert faults_of(lead, make_order(cast, **changes)) == {fault}


def test_it_accepts_a_window_of_a_single_day_that_is_today(cast: Cast, lead: Reach) -> None:
    assert assign_visit(lead, make_order(cast, window_end=TODAY))


def test_it_counts_days_by_the_clock_of_the_unit(cast: Cast, lead: Reach) -> None:
    # At 14:00 in Moscow it is already 22 November on the clocks of Kiritimati (UTC+14).
    unit = db.session.get_one(Unit, cast.ours.units["N1"])
    unit.time_zone = "Pacific/Kiritimati"
    db.session.commit()
    order = make_order(cast, window_start=TODAY, window_end=TODAY)
    with set_to(NOON.replace(hour=11)):
        assert faults_of(lead, order) == {OrderFault.WINDOW_OVER}


def test_it_names_every_fault_of_an_order_at_once(cast: Cast, lead: Reach) -> None:
    order = make_order(cast, window_end=in_days(-1), employee_id=uuid4(), auditor_id=uuid4())
    assert faults_of(lead, order) == {
        OrderFault.WINDOW_REVERSED,
        OrderFault.EMPLOYEE_ELSEWHERE,
        OrderFault.AUDITOR_NOT_GRANTED,
    }


def test_it_refuses_until_a_notice_to_staff_is_recorded(cast: Cast, lead: Reach) -> None:
    forget_notices()
    assert faults_of(lead, make_order(cast)) == {OrderFault.NOTICE_MISSING}


def test_it_refuses_a_unit_that_closes_before_the_window_ends(cast: Cast, lead: Reach) -> None:
    db.session.get_one(Unit, cast.ours.units["N1"]).closed_on = in_days(7)
    db.session.commit()
    assert faults_of(lead, make_order(cast)) == {OrderFault.UNIT_CLOSED}
    assert assign_visit(lead, make_order(cast, window_end=in_days(6)))


def test_it_refuses_an_employee_of_another_shop(cast: Cast, lead: Reach) -> None:
    order = make_order(cast, employee_id=cast.ours.employees["Борис"])
    assert faults_of(lead, order) == {OrderFault.EMPLOYEE_ELSEWHERE}


def test_it_refuses_a_foreign_employee_in_the_same_words_as_an_unknown_one(cast: Cast, lead: Reach) -> None:
    order = make_order(cast, employee_id=cast.foreign.employees["Анна"])
    assert faults_of(lead, order) == faults_of(lead, make_order(cast, employee_id=uuid4()))


def test_it_refuses_an_employee_who_left_before_the_window(cast: Cast, lead: Reach) -> None:
    anna = find_employee(cast, "Анна")
    anna.left_on = anna.placements[0].until = in_days(-1)
    db.session.commit()
    assert faults_of(lead, make_order(cast)) == {OrderFault.EMPLOYEE_LEFT}


def test_it_refuses_an_employee_who_moved_away_before_the_window(cast: Cast, lead: Reach) -> None:
    anna = find_employee(cast, "Анна")
    anna.placements[0].until = in_days(-1)
    anna.placements.append(Placement(unit_id=cast.ours.units["N2"], position="Продавец", since=TODAY))
    db.session.commit()
    assert faults_of(lead, make_order(cast)) == {OrderFault.EMPLOYEE_ELSEWHERE}
    assert assign_visit(lead, make_order(cast, unit_id=cast.ours.units["N2"]))


def test_it_accepts_an_employee_who_begins_within_the_window(cast: Cast, lead: Reach) -> None:
    find_employee(cast, "Анна").placements[0].since = in_days(5)
    db.session.commit()
    assert assign_visit(lead, make_order(cast))


def test_it_refuses_people_who_may_not_audit_the_unit(cast: Cast, lead: Reach) -> None:
    southern = make_auditor(cast, "south", "Юг")
    switched_off = make_auditor(cast, "off", active=False)
    for person in (southern, switched_off, cast.ours.users["lead"], cast.foreign.users["auditor"]):
        assert faults_of(lead, make_order(cast, auditor_id=person)) == {OrderFault.AUDITOR_NOT_GRANTED}


def test_it_accepts_an_auditor_whose_grant_is_on_the_region_or_on_the_shop_itself(
    cast: Cast, lead: Reach
) -> None:
    for name in ("Север", "N1"):
        assert assign_visit(lead, make_order(cast, auditor_id=make_auditor(cast, name, name)))


def test_it_refuses_an_auditor_who_works_in_the_shop(cast: Cast, lead: Reach) -> None:
    auditor = make_auditor(cast, "colleague")
    find_employee(cast, "Анна").user_id = auditor
    db.session.commit()
    order = make_order(cast, auditor_id=auditor, employee_id=None)
    assert faults_of(lead, order) == {OrderFault.AUDITOR_WORKS_HERE}
    assert assign_visit(
        lead, make_order(cast, auditor_id=auditor, employee_id=None, unit_id=cast.ours.units["S1"])
    )


def test_it_refuses_a_foreign_legend(cast: Cast, lead: Reach) -> None:
    legend = add_legend(cast, "quiet", "Чужая", foreign=True)
    assert faults_of(lead, make_order(cast, scenario_id=legend)) == {OrderFault.SCENARIO_UNKNOWN}


def test_it_does_not_know_foreign_units_and_versions(cast: Cast, lead: Reach) -> None:
    for changes in (
        {"unit_id": cast.foreign.units["N1"]},
        {"version_id": cast.foreign.version},
        {"unit_id": uuid4()},
        {"version_id": uuid4()},
    ):
        with pytest.raises(NotYours):
            assign_visit(lead, make_order(cast, **changes))
        db.session.rollback()


def test_it_lets_nobody_assign_who_may_not_plan(cast: Cast) -> None:
    for role in ("auditor", "manager", "hr", "employee", "administrator"):
        with pytest.raises(NotYours):
            assign_visit(load_reach(cast.ours.users[role]), make_order(cast))
        db.session.rollback()


def test_it_assigns_several_visits_or_none(cast: Cast, lead: Reach) -> None:
    good = make_order(cast, employee_id=None)
    bad = make_order(cast, unit_id=cast.ours.units["N2"], employee_id=cast.ours.employees["Анна"])
    before = count_assignments()
    refused = assign_visits(lead, [good, bad])
    db.session.rollback()
    assert [(problem.fault, problem.position) for problem in refused.problems] == [
        (OrderFault.EMPLOYEE_ELSEWHERE, 1)
    ]
    assert count_assignments() == before
    planned = assign_visits(lead, [good, make_order(cast, unit_id=cast.ours.units["N2"], employee_id=None)])
    assert len(planned.ids) == 2
    assert count_assignments() == before + 2


def test_it_assigns_only_so_many_at_once(cast: Cast, lead: Reach) -> None:
    refused = assign_visits(lead, [make_order(cast)] * (MOST_ORDERS_AT_ONCE + 1))
    assert [problem.fault for problem in refused.problems] == [OrderFault.TOO_MANY]


def test_it_makes_one_assignment_of_a_form_that_is_sent_twice(cast: Cast, lead: Reach) -> None:
    order = make_order(cast, key=uuid4())
    assert assign_visit(lead, order) == assign_visit(lead, order)
    assert assign_visit(lead, make_order(cast, key=order.key, window_end=in_days(8))) != assign_visit(
        lead, order
    )
    assert assign_visit(lead, make_order(cast, key=uuid4())) != assign_visit(lead, order)
