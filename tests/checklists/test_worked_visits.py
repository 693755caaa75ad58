"""The two worked visits of the scoring rules, read from files and scored to the last fraction."""

from fractions import Fraction as F
from pathlib import Path

import pytest

from checklists.answer_files import read_answers_file
from checklists.loading import read_checklist_file
from checklists.problems import describe_problems
from checklists.scorecard import Scorecard
from checklists.scoring import score_visit
from checklists.validation import check_submission

WORKED = Path(__file__).parent / "worked"


def score_worked(name: str) -> Scorecard:
    checklist, problems = read_checklist_file(WORKED / "worked-visit.yaml")
    assert checklist is not None, describe_problems(problems, "en")
    sheet, problems = read_answers_file(WORKED / f"{name}.json", checklist)
    assert sheet is not None, describe_problems(problems, "en")
    assert check_submission(checklist, sheet) == []
    return score_visit(checklist, sheet)


def test_it_scores_the_visit_without_objections() -> None:
    """V1 (SC-01 to SC-08): 200/3, 85, not assessed, 60; base 646/9, final 691/9, coverage 3/4."""
    card = score_worked("v1")
    assert [section.percent for section in card.sections] == [F(200, 3), 85, None, 60]
    assert (card.base, card.final, card.coverage) == (F(646, 9), F(691, 9), F(3, 4))
    assert card.bonus == 5
    assert card.critical == ()
    assert (card.band, card.passed, card.provisional) == ("satisfactory", None, False)
    assert [section.reweighted for section in card.sections] == [F(4, 15), F(2, 5), None, F(1, 3)]


def test_it_scores_the_visit_with_the_forgotten_receipt() -> None:
    """V2 (SC-05 to SC-08): 100, 45, 60, 80; base 68.5, capped at 60, no bonus, coverage 1."""
    card = score_worked("v2")
    assert [section.percent for section in card.sections] == [100, 45, 60, 80]
    assert (card.base, card.final, card.coverage) == (F(137, 2), F(60), F(1))
    assert card.bonus == 0
    [event] = card.critical
    assert (event.question, event.effect, event.cap) == ("receipt", "cap_visit", F(60))
    assert card.band == "poor"


@pytest.mark.parametrize(
    ("name", "base", "final", "fraction", "coverage", "bonus"),
    [
        ("v1", "71.7777777778", "76.7777777778", "646/9", "0.7500000000", "5.0000000000"),
        ("v2", "68.5000000000", "60.0000000000", "137/2", "1.0000000000", "0.0000000000"),
    ],
)
def test_it_writes_figures_with_ten_places(
    name: str, base: str, final: str, fraction: str, coverage: str, bonus: str
) -> None:
    """SC-07: the keys of `mystery score --json`; rounding happens here and nowhere before."""
    data = score_worked(name).to_json_dict()
    assert list(data) == [
        "base",
        "final",
        "base_fraction",
        "coverage",
        "passed",
        "band",
        "sections",
        "critical",
        "bonus",
    ]
    assert (data["base"], data["final"], data["base_fraction"]) == (base, final, fraction)
    assert (data["coverage"], data["bonus"]) == (coverage, bonus)
    sections = data["sections"]
    assert isinstance(sections, list)
    assert [section["id"] for section in sections] == ["greeting", "needs", "objections", "product"]
    assert list(sections[0]) == ["id", "earned", "possible", "percent", "weight", "reweighted"]
