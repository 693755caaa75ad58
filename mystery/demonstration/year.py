"""A year of visits: planned by the lead, made and sent by the auditors, and what still waits today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from checklists.answers import NOT_APPLICABLE
from checklists.definition import Checklist
from mystery.access.permissions import Role
from mystery.capture.actions import Submitted, add_photo, open_visit, save_draft, submit_visit
from mystery.clock import set_to
from mystery.demonstration.answering import SimulatedAuditor
from mystery.demonstration.chain import AUDITORS, REGIONS, SEED, TIME_ZONE, Person, list_shops, shop_code
from mystery.demonstration.chance import make_chance
from mystery.demonstration.moments import note_moments
from mystery.demonstration.photos import draw_photo
from mystery.demonstration.rhythm import PILOT_SHOP, list_pay_days, list_turns, spread_over_year
from mystery.demonstration.staging import SCENARIOS, Stage
from mystery.planning.actions import assign_visit, cancel_assignment
from mystery.planning.orders import AssignmentOrder

VISITS: Final = 500
# Of two dozen years drawn, the one whose effect page shows most plainly what is true in all of them.
PLAN_SEED: Final = f"{SEED} plans16"
CHECKLIST_SHARES: Final = {"shop-visit": 7, "phone-call": 5, "difficult-customer": 3}
FULL_BAG: Final = [name for name, share in CHECKLIST_SHARES.items() for _ in range(share)]
CLOSER_LOOK: Final = "shop-visit"
# The rest are link visits: an auditor from another region, without whom regions cannot be compared.
HOME_REGION_SHARE: Final = 0.85
OPTIONAL_PHOTO_CHANCE: Final = 0.04
VISIT_NOISE: Final = 0.05
DOUBLE_EVERY: Final = 25
# Two auditors who see the same contact write nearly the same.
ALIKE: Final = 0.92
UNCLEAR_QUESTIONS: Final = frozenset({"need-repeated"})
DRAFTS: Final = 6
WAITING: Final = 18
OVERDUE: Final = 4
CANCELLED: Final = 2
NAMESPACE: Final = UUID("6f1d0a55-7b1e-4c7e-9d6f-5f0f6d1f2a10")
LEGEND_QUESTION: Final = "legend"
NAME_QUESTION: Final = "employee-name"
BRIEFINGS: Final = {
    "shop-visit": (
        "Ищете постельное бельё в подарок, до 5 000 рублей. Купите полотенце или салфетки до 700 рублей.",
        "Нужна сковорода для индукционной плиты, до 3 500 рублей. Купите губки или прихватку до 400 рублей.",
        "Выбираете шторы в спальню, до 7 000 рублей. Купите свечу или рамку для фото до 600 рублей.",
    ),
    "phone-call": (
        "Узнайте, есть ли плед из шерсти, можно ли отложить и до какого часа работает магазин.",
        "Спросите про доставку комода на этой неделе и про подъём на этаж.",
    ),
    "difficult-customer": (
        "Отдел посуды: набор кастрюль до 9 000 рублей. Покупать не нужно.",
        "Отдел текстиля: одеяло до 6 000 рублей. Покупать не нужно.",
    ),
}


@dataclass(frozen=True)
class Plan:
    """One visit of the year: who, whom, on what, and when.

    ``beside`` is the number of the visit whose contact this auditor sees as well: a double visit.
    """

    number: int
    person: Person
    employee_id: UUID
    auditor: str
    severity: float
    checklist: str
    scenario: str
    visited_at: datetime
    gain: float = 0.0
    beside: int | None = None


def live_through(stage: Stage, random: Random) -> int:
    """Play the year that ends yesterday; returns how many visits were sent."""
    plans = sorted(double_some(draw_plans(stage)), key=lambda plan: (plan.visited_at, plan.number))
    answered: dict[int, dict[str, Any]] = {}
    for plan in plans:
        seen = {} if plan.beside is None else remember(plan, answered[plan.beside])
        answered[plan.number] = make_visit(stage, random, plan, seen=seen)
    return len(plans)


def draw_plans(stage: Stage) -> Iterator[Plan]:
    """Everybody on the staff is visited in turn, on days spread over the year.

    Plans and answers have generators of their own: what the training did can be known without the rest.
    """
    random = make_chance(PLAN_SEED)
    bag: list[str] = []
    turns = list_turns(stage.staff)
    for number in range(VISITS):
        person, employee_id = turns[number % len(turns)]
        auditor, severity = draw_auditor(random, person)
        day = stage.today - timedelta(days=1 + spread_over_year((number + random.random()) / VISITS))
        # Drawn from a bag that is filled again when it is empty, so that even a short year has them all.
        bag = bag or random.sample(FULL_BAG, len(FULL_BAG))
        checklist = CLOSER_LOOK if looks_closer(stage, person, day) else bag.pop()
        clock = time(random.randint(10, 19), random.randrange(0, 60, 5))
        yield Plan(
            number=number,
            person=person,
            employee_id=employee_id,
            auditor=auditor,
            severity=severity,
            checklist=checklist,
            scenario=random.choice(SCENARIOS[checklist]),
            visited_at=datetime.combine(day, clock, ZoneInfo(TIME_ZONE)),
            gain=stage.course.find_gain(person.code, day),
        )


def looks_closer(stage: Stage, person: Person, day: date) -> bool:
    """Whether the full visit is due: where training is followed, and where quality pay hangs on it."""
    is_paid = person.shop == PILOT_SHOP and list_pay_days(stage.today)[0] <= day
    return is_paid or stage.course.is_followed(person.code, day)


def double_some(plans: Iterable[Plan]) -> Iterator[Plan]:
    """Every so often an auditor sees the contact of the plan before instead of one of his own."""
    before: Plan | None = None
    for plan in plans:
        planned = plan
        if before is not None and plan.number % DOUBLE_EVERY == DOUBLE_EVERY - 1:
            auditor, severity = draw_companion(plan.auditor, beside=before.auditor)
            planned = replace(
                before, number=plan.number, auditor=auditor, severity=severity, beside=before.number
            )
        yield planned
        before = planned


def draw_companion(auditor: str, *, beside: str) -> tuple[str, float]:
    """The auditor who was drawn, or the next of the same home region where that one is there already."""
    place = [name for name, _severity in AUDITORS].index(auditor)
    return AUDITORS[(place + (len(REGIONS) if auditor == beside else 0)) % len(AUDITORS)]


def draw_auditor(random: Random, person: Person) -> tuple[str, float]:
    """Mostly an auditor whose home is the region of the shop."""
    own = next(place for place, region in enumerate(REGIONS) if (region, person.shop) in list_shops())
    home = [auditor for place, auditor in enumerate(AUDITORS) if place % len(REGIONS) == own]
    return random.choice(home if random.random() < HOME_REGION_SHARE else list(AUDITORS))


def make_visit(stage: Stage, random: Random, plan: Plan, *, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Assign, fill in, photograph and send one visit, each at its own moment of the past.

    ``seen`` are answers that another auditor gave about the same contact. Returns the answers.
    """
    version_id, checklist = stage.version_on(plan.checklist, plan.visited_at.date())
    with set_to(plan.visited_at - timedelta(days=random.randint(4, 9))):
        assignment = assign_visit(stage.reaches[Role.LEAD], order_visit(stage, random, plan, version_id))
    reach = stage.reaches[plan.auditor]
    raw = fill_in(plan, checklist, seen=seen)
    with set_to(plan.visited_at):
        visit = open_visit(reach, assignment, uuid5(NAMESPACE, f"visit {plan.number}"))
        for question in list_photographed(random, checklist, raw):
            add_photo(reach, visit, question, draw_photo(random, about=question))
    sent_at = plan.visited_at + timedelta(minutes=random.randint(25, 400))
    raw |= note_moments(
        raw,
        visited_at=plan.visited_at,
        sent_at=sent_at,
        number=plan.number,
        expectations=[each.id for each in checklist.questions() if each.impression == "expectation"],
    )
    with set_to(sent_at):
        sent = submit_visit(reach, visit, raw)
    assert isinstance(sent, Submitted), f"the simulated visit {plan.number} was refused: {sent}"
    return dict(raw["answers"])


def order_visit(stage: Stage, random: Random, plan: Plan, version_id: UUID) -> AssignmentOrder:
    """What the lead asks for: a window of some days around the visit."""
    day = plan.visited_at.date()
    return AssignmentOrder(
        version_id=version_id,
        unit_id=stage.units[shop_code(plan.person.shop)],
        auditor_id=stage.reaches[plan.auditor].user_id,
        window_start=day - timedelta(days=random.randint(0, 4)),
        window_end=day + timedelta(days=random.randint(1, 6)),
        employee_id=plan.employee_id,
        scenario_id=stage.scenarios[plan.scenario],
        briefing=random.choice(BRIEFINGS[plan.checklist]),
    )


def fill_in(plan: Plan, checklist: Checklist, *, seen: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The answers file of one visit: the employee's skill as this auditor saw it that day."""
    random = make_chance(f"{SEED} answers {plan.number}")
    chance = plan.person.skill + plan.gain - plan.severity / 100 + random.gauss(0, VISIT_NOISE)
    first_name = plan.person.name.split()[-1]
    known = {
        **(seen or {}),
        LEGEND_QUESTION: plan.scenario.removesuffix("-customer"),
        NAME_QUESTION: first_name,
    }
    auditor = SimulatedAuditor(random, min(0.98, max(0.2, chance)), known)
    raw = auditor.fill_in(checklist)
    raw["visit"] = {"date": plan.visited_at.strftime("%Y-%m-%dT%H:%M")}
    return raw


def remember(plan: Plan, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What a second auditor writes down just as the first; of an unclear question he makes what he likes."""
    random = make_chance(f"{SEED} remembers {plan.number}")
    kept = {question: answer for question, answer in answers.items() if random.random() < ALIKE}
    return kept | {question: random.choice(("yes", "no")) for question in answers.keys() & UNCLEAR_QUESTIONS}


def list_photographed(random: Random, checklist: Checklist, raw: dict[str, Any]) -> list[str]:
    """The questions with a picture: all that need one, and some that allow it."""
    wanted = []
    for question in checklist.questions():
        answer = raw["answers"].get(question.id)
        asked = question.id in raw["answers"] and answer != NOT_APPLICABLE.value
        needs = question.kind == "photo" or question.evidence.photo == "required"
        allows = question.evidence.photo == "optional" and random.random() < OPTIONAL_PHOTO_CHANCE
        if asked and (needs or allows):
            wanted.append(question.id)
    return wanted


def leave_waiting(stage: Stage, random: Random) -> None:
    """What today finds: drafts begun, assignments waiting, some overdue, some cancelled."""
    for number in range(DRAFTS + WAITING + OVERDUE + CANCELLED):
        overdue = DRAFTS + WAITING <= number < DRAFTS + WAITING + OVERDUE
        plan = draw_open_plan(stage, random, number, overdue=overdue)
        version_id, checklist = stage.version_on(plan.checklist, stage.today)
        with set_to(plan.visited_at - timedelta(days=10)):
            assignment = assign_visit(stage.reaches[Role.LEAD], order_visit(stage, random, plan, version_id))
        if number < DRAFTS:
            begin_draft(stage, random, plan, assignment, checklist)
        elif number >= DRAFTS + WAITING + OVERDUE:
            cancel_assignment(stage.reaches[Role.LEAD], assignment)


def draw_open_plan(stage: Stage, random: Random, number: int, *, overdue: bool) -> Plan:
    """A visit that has not been sent; the first auditor, whose sign-in is printed, gets a good share."""
    person, employee_id = random.choice(stage.staff)
    auditor, severity = AUDITORS[0] if number % 3 == 0 else draw_auditor(random, person)
    begun = number < DRAFTS
    day = stage.today + timedelta(days=-9 if overdue else 0 if begun else random.randint(0, 12))
    checklist = list(CHECKLIST_SHARES)[number % len(CHECKLIST_SHARES)]
    return Plan(
        number=VISITS + number,
        person=person,
        employee_id=employee_id,
        auditor=auditor,
        severity=severity,
        checklist=checklist,
        scenario=random.choice(SCENARIOS[checklist]),
        visited_at=datetime.combine(day, time(12), ZoneInfo(TIME_ZONE)),
    )


def begin_draft(stage: Stage, random: Random, plan: Plan, assignment: UUID, checklist: Checklist) -> None:
    """Open a visit and save the first half of its answers."""
    reach = stage.reaches[plan.auditor]
    visit = open_visit(reach, assignment, uuid5(NAMESPACE, f"visit {plan.number}"))
    raw = fill_in(plan, checklist)
    half = list(raw["answers"])[: len(raw["answers"]) // 2]
    raw["answers"] = {question: raw["answers"][question] for question in half}
    raw["comments"] = {
        question: raw["comments"][question] for question in half if question in raw["comments"]
    }
    raw["visit"] = {}
    save_draft(reach, visit, raw, 0)
