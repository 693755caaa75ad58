"""What must hold for every checklist and every visit: the invariants of the scoring rules."""

import copy
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from checklists.answers import parse_sheet
from checklists.checking import check_definition
from checklists.definition import Checklist
from checklists.scorecard import Scorecard
from checklists.scoring import score_visit
from tests.checklists import oracle
from tests.checklists.strategies import Data, positive_weights, visits

# The same examples on every run, so that a red build can always be repeated.
thorough = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


def score(checklist: Data, answers: Data) -> Scorecard:
    definition = Checklist.model_validate(checklist)
    assert check_definition(definition) == []
    sheet, problems = parse_sheet(definition, {"answers": answers})
    assert problems == []
    return score_visit(definition, sheet)


def all_questions(checklist: Data) -> list[Data]:
    return [question for section in checklist["sections"] for question in section["questions"]]


def parents(checklist: Data) -> set[str]:
    return {q["show_if"]["question"] for q in all_questions(checklist) if "show_if" in q}


def best_and_worst(question: Data) -> tuple[object, object]:
    """The answers worth most and least; found by valuing every candidate with the oracle."""
    names = [option["id"] for option in question.get("options", ())]
    known: dict[str, list[Any]] = {"yes_no": ["yes", "no"], "choice": names, "multi": [names, []]}
    candidates = known.get(question["kind"], list(range(12)))
    if question["kind"] == "scale":
        candidates = list(range(question["scale"]["low"], question["scale"]["high"] + 1))
    ordered = sorted(candidates, key=lambda answer: oracle.value_of(question, answer) or Fraction(0))
    return ordered[-1], ordered[0]


@thorough
@given(visits())
def test_it_agrees_with_an_independent_oracle(visit: tuple[Data, Data]) -> None:
    """SC-01 to SC-08: base, final, coverage, bonus and every section."""
    card, expected = score(*visit), oracle.score(*visit)
    assert card.base == expected["base"]
    assert card.final == expected["final"]
    assert card.coverage == expected["coverage"]
    assert card.bonus == expected["bonus"]
    percents = {section.id: section.percent for section in card.sections if section.percent is not None}
    assert percents == expected["percents"]


@thorough
@given(visits())
def test_it_keeps_base_and_final_in_range(visit: tuple[Data, Data]) -> None:
    """SC-04, SC-06: 0 <= base <= 100, final within its ceiling, and without bonus final <= base."""
    card = score(*visit)
    assume(card.base is not None and card.final is not None)
    assert card.base is not None
    assert card.final is not None
    assert 0 <= card.base <= 100
    assert 0 <= card.final <= visit[0]["scoring"]["max_final"]
    assert card.final <= card.base + card.bonus
    assert 0 <= card.coverage <= 1


@thorough
@given(visits())
def test_it_reweighs_live_sections_to_exactly_one(visit: tuple[Data, Data]) -> None:
    """SC-04: re-weighted section weights add up to 1, and the arithmetic to the final score (SC-11)."""
    card = score(*visit)
    shares = [section.reweighted for section in card.sections if section.reweighted is not None]
    assert sum(shares, Fraction(0)) == (0 if card.base is None else 1)
    if card.final is not None:
        assert sum((step.amount for step in card.steps), Fraction(0)) == card.final
        assert sum((s.amount for s in card.steps if s.kind == "section"), Fraction(0)) == card.base


@thorough
@given(visits(), st.randoms(use_true_random=False))
def test_it_does_not_care_about_the_order_of_sections_and_questions(
    visit: tuple[Data, Data], random: Random
) -> None:
    """SC-03, SC-04: order is irrelevant to every figure."""
    checklist, answers = visit
    shuffled = copy.deepcopy(checklist)
    random.shuffle(shuffled["sections"])
    for section in shuffled["sections"]:
        random.shuffle(section["questions"])
    first, second = score(checklist, answers), score(shuffled, answers)
    assert (first.base, first.final, first.coverage) == (second.base, second.final, second.coverage)


@thorough
@given(visits(), positive_weights, positive_weights)
def test_it_does_not_care_about_the_unit_of_weights(
    visit: tuple[Data, Data], section_factor: str, question_factor: str
) -> None:
    """SC-03, SC-04: multiplying all section weights, and all question weights, changes nothing."""
    checklist, answers = visit
    scaled = copy.deepcopy(checklist)
    for section in scaled["sections"]:
        section["weight"] = Fraction(section["weight"]) * Fraction(section_factor)
        for question in section["questions"]:
            question["weight"] = Fraction(question["weight"]) * Fraction(question_factor)
    first, second = score(checklist, answers), score(scaled, answers)
    assert (first.base, first.final, first.coverage) == (second.base, second.final, second.coverage)


@thorough
@given(visits(), st.data())
def test_it_treats_a_not_applicable_question_as_a_deleted_one(
    visit: tuple[Data, Data], data: st.DataObject
) -> None:
    """SC-02: N/A takes the question out of the visit; so do an open answer and a false condition."""
    checklist, answers = visit
    childless = [q["id"] for q in all_questions(checklist) if q["id"] not in parents(checklist)]
    assume(childless)
    name = data.draw(st.sampled_from(childless))
    deleted = copy.deepcopy(checklist)
    for section in deleted["sections"]:
        section["questions"] = [q for q in section["questions"] if q["id"] != name]
    deleted["sections"] = [section for section in deleted["sections"] if section["questions"]]
    assume(len(deleted["sections"]) > 0)
    rest = {key: value for key, value in answers.items() if key != name}
    without, open_answer = score(deleted, rest), score(checklist, rest)
    with_na = score(checklist, {**rest, name: "n/a"})
    assert (with_na.base, with_na.final) == (without.base, without.final)
    assert (open_answer.base, open_answer.final) == (without.base, without.final)


@thorough
@given(visits(), st.data())
def test_it_never_punishes_a_better_answer(visit: tuple[Data, Data], data: st.DataObject) -> None:
    """SC-03 to SC-06: improving one applicable answer never lowers base or final; gates are left out here."""
    checklist, answers = visit
    scored = [
        q
        for q in all_questions(checklist)
        if q["kind"] != "text" and q["id"] not in parents(checklist) and answers.get(q["id"], "n/a") != "n/a"
    ]
    assume(scored)
    question = data.draw(st.sampled_from(scored))
    best, _ = best_and_worst(question)
    before, after = score(checklist, answers), score(checklist, {**answers, question["id"]: best})
    if before.base is not None and before.final is not None:
        assert after.base is not None
        assert after.final is not None
        assert after.base >= before.base
        assert after.final >= before.final


@thorough
@given(visits(), st.data())
def test_it_never_lowers_the_score_when_the_worst_answer_becomes_not_applicable(
    visit: tuple[Data, Data], data: st.DataObject
) -> None:
    """SC-02: the reason why the rate of N/A is a quality figure that the review desk must see."""
    checklist, answers = visit
    scored = [
        q for q in all_questions(checklist) if q["kind"] != "text" and q["id"] not in parents(checklist)
    ]
    assume(scored)
    question = data.draw(st.sampled_from(scored))
    _, worst = best_and_worst(question)
    assume(oracle.value_of(question, worst) == 0)
    with_worst = score(checklist, {**answers, question["id"]: worst})
    with_na = score(checklist, {**answers, question["id"]: "n/a"})
    if with_na.base is not None and with_worst.base is not None:
        assert with_na.base >= with_worst.base
    if with_na.final is not None and with_worst.final is not None:
        assert with_na.final >= with_worst.final


@thorough
@given(visits())
def test_it_gives_100_for_all_best_and_0_for_all_worst(visit: tuple[Data, Data]) -> None:
    """SC-01, SC-04: the ends of the range are reached; conditions, knock-outs and bonus are left out."""
    checklist = copy.deepcopy(visit[0])
    for question in all_questions(checklist):
        question.pop("show_if", None)
        question.pop("critical", None)
        if question.pop("bonus", None) is not None:
            question["weight"] = "1"
        for band in question.get("bands", [])[:1]:
            band["share"] = "1"
    graded = [q for q in all_questions(checklist) if q["kind"] != "text"]
    best = score(checklist, {q["id"]: best_and_worst(q)[0] for q in graded})
    worst = score(checklist, {q["id"]: best_and_worst(q)[1] for q in graded})
    if best.base is not None:
        assert best.base == best.final == 100
    # The points of a choice need not begin at zero, so its worst answer may still earn something.
    lowest = {q["id"]: oracle.value_of(q, best_and_worst(q)[1]) for q in graded}
    if worst.base is not None and all(value == 0 for value in lowest.values()):
        assert worst.base == worst.final == 0
