"""Double visits tell how far auditors agree on each question, and which questions to rewrite (CP-08)."""

from __future__ import annotations

import pytest

from reports.agreement import find_interval_alpha, find_intraclass_correlation, find_nominal_alpha
from reports.double_visits import (
    DOUBLES_NEEDED,
    CorrectedQuestion,
    QuestionAgreement,
    SeenAnswer,
    list_rewrites,
    measure_agreement,
    measure_scores,
)


def see(question: str, *pairs: str, shares: dict[str, float] | None = None) -> list[SeenAnswer]:
    """What two auditors wrote about one contact each, as "yes no"."""
    values = shares or {"yes": 1.0, "no": 0.0}
    return [
        SeenAnswer(str(contact), question, value, values.get(value))
        for contact, pair in enumerate(pairs)
        for value in pair.split()
    ]


def measure(answers: list[SeenAnswer], *, graded: tuple[str, ...] = ()) -> QuestionAgreement:
    """The agreement on the one question that was answered."""
    (found,) = measure_agreement(answers, questions=["q"], graded=graded)
    return found


def test_it_measures_categories_by_alpha_and_points_by_correlation() -> None:
    """CP-08: the figures are those of reports.agreement, over the double visits of the question."""
    pairs = ["yes yes"] * 6 + ["no no"] * 3 + ["yes no"]
    found = measure(see("q", *pairs))
    units = [pair.split() for pair in pairs]
    points = [[1.0 if value == "yes" else 0.0 for value in unit] for unit in units]
    assert (found.doubles, found.same) == (10, 9)
    assert found.alpha == find_nominal_alpha(units)
    assert found.correlation == find_intraclass_correlation(points)
    assert found.state == "tentative"


def test_it_measures_scales_by_distance() -> None:
    """A four beside a five is a smaller difference than a one; auditors then agree well, if never exactly."""
    shares = {str(step): (step - 1) / 4 for step in range(1, 6)}
    pairs = ["4 5", "5 4", "1 2", "2 1", "4 4", "1 1", "5 5", "2 2", "4 5", "1 2"]
    graded = measure(see("q", *pairs, shares=shares), graded=("q",))
    assert graded.alpha == find_interval_alpha([[shares[v] for v in pair.split()] for pair in pairs])
    named = measure(see("q", *pairs, shares=shares))
    assert graded.alpha is not None
    assert named.alpha is not None
    assert graded.alpha > 0.8 > named.alpha


def test_it_takes_not_applicable_for_an_answer() -> None:
    """One says yes and the other that it does not apply: they differ, though only one of them has points."""
    found = measure(see("q", *["yes n/a"] * 5, *["yes yes"] * 5))
    assert (found.same, found.state) == (5, "weak")
    assert found.correlation is None, "all who gave points gave the same"


def test_it_tells_nothing_from_a_few_double_visits_or_where_nobody_could_differ() -> None:
    few = measure(see("q", *["yes no"] * (DOUBLES_NEEDED - 1)))
    assert (few.state, few.alpha, few.doubles, few.same) == ("not_enough_visits", None, 9, 0)
    same = measure(see("q", *["yes yes"] * DOUBLES_NEEDED))
    assert (same.state, same.alpha, same.same) == ("always_same", None, 10)


def test_it_leaves_out_contacts_that_one_auditor_answered() -> None:
    """A question hidden for one of the two shows nothing about agreement."""
    assert measure(see("q", *["yes"] * 20, "yes yes")).doubles == 1
    assert measure_agreement([], questions=["a", "b"])[1].doubles == 0


def test_it_measures_whole_scores() -> None:
    bases = [[80.0, 82.0], [60.0, 61.0], [90.0, 90.0], [70.0]] * 4
    found = measure_scores(bases)
    doubles = [scores for scores in bases if len(scores) > 1]
    assert found.doubles == 12
    assert found.alpha == pytest.approx(find_interval_alpha(doubles))
    assert found.correlation == pytest.approx(find_intraclass_correlation(doubles))
    assert measure_scores(bases[:4]).alpha is None


def test_it_lists_what_to_rewrite_with_the_reasons() -> None:
    """CP-08: low agreement, or often overturned; slips of a hand are neither."""
    answers = [
        *see("unclear", *["yes no"] * 4, *["yes yes"] * 6),
        *see("slip", *["yes no"] * 2, *["yes yes"] * 8),
        *see("clear", *["yes yes"] * 5, *["no no"] * 5),
    ]
    found = measure_agreement(answers, questions=["clear", "slip", "unclear"])
    corrected = {
        "clear": CorrectedQuestion("clear", 3, 60),
        "slip": CorrectedQuestion("slip", 3, 61),
        "unclear": CorrectedQuestion("unclear", 2, 2),
    }
    assert [each.state for each in found] == ["reliable", "tentative", "weak"]
    assert list_rewrites(found, corrected) == {"clear": ("corrected",), "unclear": ("weak",)}
