"""The library hangs together: standards, checklists and scenarios name each other, and none is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checklists.answers import NOT_APPLICABLE, AnswerSheet, Value, VisitFacts
from checklists.definition import Checklist, Question
from checklists.loading import read_checklist_file
from checklists.scenarios import load_scenarios
from checklists.scoring import score_visit
from checklists.standards import load_standards
from checklists.validation import check_submission

LIBRARY = Path(__file__).parents[2] / "checklists" / "library"
CHECKLISTS = sorted((LIBRARY / "checklists").glob("*.yaml"))
LEGENDS = ("undecided", "know-it-all", "rude", "resentful")

in_every_checklist = pytest.mark.parametrize("path", CHECKLISTS, ids=lambda path: path.stem)


def read(path: Path) -> Checklist:
    """A checklist of the library, which must have no problems."""
    checklist, problems = read_checklist_file(path)
    assert problems == []
    assert checklist is not None
    return checklist


def list_cited() -> set[str]:
    """Every standard that some question of the library was drawn from."""
    questions = (question for path in CHECKLISTS for question in read(path).questions())
    return {question.standard for question in questions if question.standard}


def list_uncovered() -> dict[str, Any]:
    """The standards set aside, each with its reason."""
    content = yaml.safe_load((LIBRARY / "uncovered.yaml").read_text(encoding="utf-8"))
    return {entry["standard"]: entry["reason"] for entry in content["uncovered"]}


def choose_answer(question: Question, *, best: bool) -> Value:
    """The best or the worst answer that a question allows."""
    pick = max if best else min
    if question.kind in ("choice", "multi"):
        points = pick(option.points for option in question.options)
        chosen = next(option.id for option in question.options if option.points == points)
        return (
            chosen
            if question.kind == "choice"
            else tuple(o.id for o in question.options if best or not o.points)
        )
    if question.scale is not None:
        return question.scale.high if best else question.scale.low
    plain: dict[str, Value] = {"yes_no": "yes" if best else "no", "time": "12:00", "date": "2026-11-21"}
    return plain.get(
        question.kind, (0 if best else 3600) if question.kind in ("number", "duration") else "seen"
    )


def fill_in(checklist: Checklist, *, best: bool, **chosen: Value) -> AnswerSheet:
    """A sheet with nothing but best or worst answers, a comment and a photo everywhere."""
    answers = {question.id: choose_answer(question, best=best) for question in checklist.questions()}
    everywhere = dict.fromkeys(answers, "what was seen")
    photos = dict.fromkeys(answers, 1)
    return AnswerSheet(answers={**answers, **chosen}, comments=everywhere, photos=photos, visit=VisitFacts())


def test_it_asks_about_every_standard_or_says_why_not() -> None:
    standards = set(load_standards())
    cited, uncovered = list_cited(), list_uncovered()
    assert cited <= standards, f"no such standards: {sorted(cited - standards)}"
    assert set(uncovered) == standards - cited
    assert all(reason["ru"] and reason["en"] for reason in uncovered.values())


def test_it_has_a_checklist_for_every_scenario_and_the_reverse() -> None:
    played = {scenario for path in CHECKLISTS for scenario in read(path).scenarios}
    assert played == set(load_scenarios())
    assert all(read(path).scenarios for path in CHECKLISTS)


def test_it_has_a_legend_for_each_of_the_four_difficult_customers() -> None:
    played = [
        load_scenarios()[scenario]
        for scenario in read(LIBRARY / "checklists/difficult-customer.yaml").scenarios
    ]
    assert [scenario.customer for scenario in played] == ["undecided", "know_it_all", "rude", "resentful"]


@in_every_checklist
def test_it_gives_a_hundred_for_the_best_visit_and_nothing_for_the_worst(path: Path) -> None:
    """SC-04: best answers make 100, worst answers 0; the best visit can be submitted as it is."""
    checklist = read(path)
    best = fill_in(checklist, best=True)
    assert check_submission(checklist, best) == []
    assert score_visit(checklist, best).base == 100
    assert score_visit(checklist, fill_in(checklist, best=False)).base == 0


@pytest.mark.parametrize("legend", LEGENDS)
def test_it_asks_only_about_the_legend_that_was_played(legend: str) -> None:
    """SC-02 and SC-08: the questions of the other legends are hidden, and enough is assessed all the same."""
    checklist = read(LIBRARY / "checklists/difficult-customer.yaml")
    card = score_visit(checklist, fill_in(checklist, best=True, legend=legend))
    section = next(section for section in card.sections if section.id == "your-legend")
    shown = {score.id for score in section.questions if score.state == "scored"}
    prefix = {"undecided": "undecided", "know-it-all": "expert", "rude": "rude", "resentful": "doubt"}[legend]
    assert len(shown) >= 6
    assert {name.split("-")[0] for name in shown} == {prefix}
    assert not card.too_little_assessed


@pytest.mark.parametrize("legend", LEGENDS)
def test_it_still_assesses_enough_where_much_did_not_arise(legend: str) -> None:
    """SC-08: even with every N/A taken, a difficult visit may be compared."""
    checklist = read(LIBRARY / "checklists/difficult-customer.yaml")
    skipped = {question.id: NOT_APPLICABLE for question in checklist.questions() if question.not_applicable}
    card = score_visit(checklist, fill_in(checklist, best=True, legend=legend, **skipped))
    assert not card.too_little_assessed
