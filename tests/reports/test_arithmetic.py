"""SC-11: the printed arithmetic adds up, line by line, to the printed figures."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.exact import round_half_up
from reports.arithmetic import Arithmetic, build_arithmetic
from reports.numbers import round_to_add_up
from reports.rows import VisitReport
from reports.visit_sections import build_visit_sections
from tests.reports.samples import V1, V2, change_answers, make_report, sample_checklist


def read_figure(text: str) -> Decimal:
    """Read a printed Russian figure back, with nothing for a dash."""
    return Decimal(0) if text == "–" else Decimal(text.replace(",", ".").replace("−", "-").replace("+", ""))


def add_up(arithmetic: Arithmetic) -> None:
    """Do what a reader with a pencil does."""
    assert arithmetic.base is not None
    assert arithmetic.final is not None
    base = read_figure(arithmetic.base)
    assert sum(read_figure(line.adds) for line in arithmetic.sections) == base
    assert sum(read_figure(line.share) for line in arithmetic.sections) == 100
    total = base
    for step in arithmetic.steps:
        total += read_figure(step.change)
        assert read_figure(step.total) == total
    assert total == read_figure(arithmetic.final)


def test_it_adds_up_the_visit_without_objections() -> None:
    """V1: 17.78 + 34.00 + 20.00 = 71.78, with the bonus 76.78; weights 20, 30 and 25 of 75 (SC-04)."""
    arithmetic = build_arithmetic(make_report(V1), "ru")
    assert [line.adds for line in arithmetic.sections] == ["17,78", "34,00", "–", "20,00"]
    assert [line.share for line in arithmetic.sections] == ["26,67", "40,00", "–", "33,33"]
    assert [line.weight for line in arithmetic.sections] == ["20", "30", "25", "25"]
    assert [line.points for line in arithmetic.sections] == ["2 из 3", "4,25 из 5", "–", "3 из 5"]
    assert (arithmetic.base, arithmetic.final) == ("71,78", "76,78")
    assert [(step.change, step.total) for step in arithmetic.steps] == [("+5,00", "76,78")]
    assert "Точное значение: 691/9." in arithmetic.notes
    add_up(arithmetic)


def test_it_adds_up_the_visit_with_the_forgotten_receipt() -> None:
    """V2: 68.50, the bonus withheld (SC-06), capped at 60 (SC-05)."""
    arithmetic = build_arithmetic(make_report(V2), "en")
    assert arithmetic.base == "68.50"
    assert [(step.label, step.change) for step in arithmetic.steps] == [
        ("Bonus withheld because of a critical question: Did the employee do more than promised?", "0.00"),
        ("Critical question: at most 60", "−8.50"),
    ]
    assert arithmetic.final == "60.00"


def test_it_prints_a_section_cap_and_a_failed_visit_as_lines() -> None:
    """SC-06 in its order: the section is capped first, the visit fails last."""
    report = _report_with_critical({"effect": "cap_section", "cap": 20})
    assert build_arithmetic(report, "en").steps[0].label == (
        "Section “Product knowledge” is capped by a critical question: 20%"
    )
    add_up(build_arithmetic(report, "ru"))
    failed = build_arithmetic(_report_with_critical({"effect": "fail_visit"}), "ru")
    assert failed.final == "0,00"
    assert failed.steps[-1].label == "Критический вопрос обнуляет итог"
    add_up(failed)


def test_it_says_when_rounding_would_have_crossed_a_threshold() -> None:
    """SC-09: 79.96 against 80 shows 79.9, and the arithmetic says why it is not 80."""
    checklist = sample_checklist()
    fine = checklist.sections[0].questions[0].model_copy(update={"weight": Fraction(2499)})
    name = checklist.sections[0].questions[1].model_copy(update={"weight": Fraction(1)})
    first = checklist.sections[0].model_copy(update={"questions": (fine, name)})
    report = make_report(
        {"answers": {"wait": 60, "name": "no"}},
        checklist=checklist.model_copy(
            update={
                "sections": (first,),
                "bands": (checklist.bands[0].model_copy(update={"at": Fraction(100)}), *checklist.bands[1:]),
            }
        ),
    )
    notes = build_arithmetic(report, "ru").notes
    assert any("На первой странице показано 99,9" in note for note in notes)


def test_it_has_no_sum_for_a_visit_that_is_not_scored() -> None:
    """SC-04: no live section, no base and no final."""
    arithmetic = build_arithmetic(make_report({"answers": {}}), "ru")
    assert (arithmetic.base, arithmetic.final, arithmetic.steps) == (None, None, ())
    assert {line.adds for line in arithmetic.sections} == {"–"}


@settings(max_examples=60, deadline=None)
@given(
    wait=st.sampled_from([60, 240, 900, None]),
    asked=st.sampled_from([1, 2, 3, 4, 5, None]),
    yes_or_no=st.lists(st.sampled_from(["yes", "no"]), min_size=5, max_size=5),
    features=st.sampled_from(["all", "some", "none", None]),
    weights=st.lists(st.fractions(Fraction(1, 7), 40, max_denominator=7), min_size=4, max_size=4),
    mode=st.sampled_from(["sections", "points"]),
)
def test_it_adds_up_whatever_was_answered(
    wait: int | None,
    asked: int | None,
    yes_or_no: list[str],
    features: str | None,
    weights: list[Fraction],
    mode: str,
) -> None:
    """SC-11: with any answers, weights and mode the printed lines give the printed totals."""
    names = ("name", "repeated", "heard", "receipt", "wow")
    answers = dict(zip(names, yes_or_no, strict=True)) | {"wait": wait, "asked": asked, "features": features}
    checklist = sample_checklist()
    sections = tuple(
        section.model_copy(update={"weight": weight})
        for section, weight in zip(checklist.sections, weights, strict=True)
    )
    rules = checklist.scoring.model_copy(update={"mode": mode})
    changed = checklist.model_copy(update={"sections": sections, "scoring": rules})
    report = make_report({"answers": answers}, checklist=changed)
    add_up(build_arithmetic(report, "ru"))
    for line, score in zip(build_visit_sections(report, "ru"), report.scorecard.sections, strict=True):
        pairs = [question.points.split(" из ") for question in line.questions if " из " in question.points]
        assert sum(read_figure(earned) for earned, _ in pairs) == round_half_up(score.earned, 2)
        assert sum(read_figure(possible) for _, possible in pairs) == round_half_up(score.possible, 2)


@given(st.lists(st.fractions(0, 100, max_denominator=97), max_size=12))
def test_it_rounds_parts_so_that_they_keep_their_sum(parts: list[Fraction]) -> None:
    """Each part stays within a hundredth of the truth and the sum is the rounded exact sum."""
    rounded = round_to_add_up(parts)
    assert sum(rounded) == round_half_up(sum(parts, Fraction(0)), 2)
    assert all(
        abs(Fraction(shown) - part) < Fraction(1, 100) for shown, part in zip(rounded, parts, strict=True)
    )


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_explains_the_shares_of_both_modes(language: str) -> None:
    """SC-04: the mode is explicit, so the note under the sum says which one it is."""
    checklist = sample_checklist()
    points = checklist.model_copy(update={"scoring": checklist.scoring.model_copy(update={"mode": "points"})})
    by_sections = build_arithmetic(make_report(), language)  # type: ignore[arg-type]
    by_points = build_arithmetic(make_report(checklist=points), language)  # type: ignore[arg-type]
    assert by_sections.notes[0] != by_points.notes[0]


def _report_with_critical(critical: dict[str, object]) -> VisitReport:
    checklist = sample_checklist()
    plain = checklist.model_dump(by_alias=True, exclude_none=True)
    plain["sections"][3]["questions"][1]["critical"] = critical
    changed = type(checklist).model_validate(plain)
    return make_report(change_answers(V2, receipt="no"), checklist=changed)
