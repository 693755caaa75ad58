"""What went well and what to practise, from the outcomes of one visit by standard."""

from fractions import Fraction

from reports.highlights import build_misses, build_outcomes, build_strengths
from reports.marks import Mark
from tests.reports.samples import V1, V2, make_report, sample_checklist


def test_it_gives_up_to_three_strengths_with_the_weightiest_first() -> None:
    """V2: features 20 of 100, the heard objection 15, the wait 13.3 by their re-weighted weight."""
    strengths = build_strengths(make_report(V2), "en")
    assert [outcome.code for outcome in strengths] == ["PK-01", "OB-01", "GR-01"]
    assert [outcome.weight for outcome in strengths] == [20, 15, Fraction(40, 3)]


def test_it_puts_critical_misses_first_and_then_the_costliest() -> None:
    """V2: the receipt knocked the visit out; repeating the need cost 12 points, the facts 10, asking 4.5."""
    misses = build_misses(make_report(V2), "ru")
    assert [outcome.code for outcome in misses] == ["CD-01", "ND-04", "OB-03", "ND-01"]
    assert misses[0].is_critical
    assert [outcome.lost for outcome in misses[1:]] == [12, 10, Fraction(9, 2)]
    assert [outcome.mark for outcome in misses] == [Mark.MISSED, Mark.MISSED, Mark.MISSED, Mark.PARTLY]


def test_it_brings_the_text_the_best_and_one_thing_to_practise() -> None:
    """A manager coaches with the standard itself and not with a number."""
    report = make_report(V1)
    standard = report.standards["PK-01@1"]
    outcome = next(each for each in build_misses(report, "ru") if each.code == "PK-01")
    assert outcome.title == standard.title.ru
    assert (outcome.text, outcome.best, outcome.practice) == (
        standard.text.ru,
        standard.best.ru,
        standard.practice.ru,
    )


def test_it_leaves_out_what_was_not_in_the_visit() -> None:
    """SC-02: not applicable is neither a strength nor a miss; a bonus question is neither kept nor missed."""
    codes = {outcome.code for outcome in build_outcomes(make_report(V1), "ru")}
    assert codes == {"GR-01", "GR-04", "ND-01", "ND-04", "PK-01", "CD-01"}


def test_it_falls_back_to_the_question_where_a_standard_is_unknown() -> None:
    """A company's own standards may be missing from the table; the question's words still stand."""
    outcome = build_misses(make_report(V2, standards={}), "ru")[0]
    assert (outcome.code, outcome.title, outcome.text) == ("CD-01", "Вам выдали чек?", None)


def test_it_lets_questions_stand_for_themselves_without_any_standards() -> None:
    """A checklist that cites no standard at all still tells what to practise."""
    checklist = sample_checklist()
    plain = checklist.model_dump(by_alias=True, exclude_none=True)
    for section in plain["sections"]:
        for question in section["questions"]:
            question.pop("standard", None)
    bare = type(checklist).model_validate(plain)
    misses = build_misses(make_report(V2, checklist=bare), "en")
    assert [outcome.title for outcome in misses][:2] == [
        "Were you given a receipt?",
        "Did the employee sum up your need?",
    ]


def test_it_sums_a_standard_over_all_of_its_questions() -> None:
    """Two questions about one standard are one outcome: kept only when both are."""
    checklist = sample_checklist()
    plain = checklist.model_dump(by_alias=True, exclude_none=True)
    plain["sections"][0]["questions"][1]["standard"] = "GR-01@1"
    changed = type(checklist).model_validate(plain)
    outcome = build_outcomes(make_report(V1, checklist=changed), "ru")[0]
    assert (outcome.code, outcome.mark, outcome.questions) == ("GR-01", Mark.PARTLY, ("wait", "name"))
