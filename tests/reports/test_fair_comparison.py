"""CP-02 to CP-07: from visits to figures, states, warnings and reasons."""

import dataclasses
import random

import pytest

from reports.fair_comparison import FairModel, fit_fairly
from reports.fair_rows import FairComparison, FairPerson, FairVisit, PairComparison
from tests.reports.fair_visits import make_visits


@pytest.fixture(scope="module")
def model() -> FairModel:
    """Sixty people in six shops, with all visits behind them."""
    return fit_fairly(make_visits(60, 4, auditors=6, shops=6, seed=3))


def change(visits: list[FairVisit], **changes: object) -> list[FairVisit]:
    """All visits, with these fields changed."""
    return [dataclasses.replace(visit, **changes) for visit in visits]  # type: ignore[arg-type]  # Fields of FairVisit.


def test_it_gives_everybody_a_figure_between_its_limits(model: FairModel) -> None:
    """CP-06: the waterfall begins at the raw mean and ends at the fair score, and its steps add up."""
    comparison = model.describe("colleagues")
    assert comparison.why_not is None
    for person in comparison.people:
        assert person.state == "shown"
        assert person.fair is not None
        assert person.low is not None
        assert person.high is not None
        assert person.low < person.fair < person.high
        assert person.waterfall is not None
        assert person.raw is not None
        fall = person.waterfall
        assert fall.raw + sum(step.change for step in fall.steps) == fall.fair
        assert float(fall.fair) == pytest.approx(person.fair, abs=0.0501)
        assert float(fall.raw) == pytest.approx(person.raw, abs=0.0501)


def test_it_has_no_place_for_a_rank_and_none_for_an_auditor(model: FairModel) -> None:
    """CP-03: alphabetical whatever the scores; auditors are counted and never named."""
    names = {field.name for kind in (FairPerson, FairComparison) for field in dataclasses.fields(kind)}
    assert not [name for name in names if "rank" in name or "place" in name]
    people = model.describe("customer").people
    assert [person.name for person in people] == sorted(person.name for person in people)
    assert "auditor 0" not in repr(people)
    assert "auditor 0" not in repr(model.compare_pair("person 00001", "person 00007", "colleagues"))


def test_it_shows_some_people_with_all_visits_behind_them(model: FairModel) -> None:
    """A manager sees the own shop; the figures are those of the whole programme."""
    everybody = {person.employee: person for person in model.describe("customer").people}
    some = model.describe("customer", people={"person 00003", "person 00009"}).people
    assert [person.employee for person in some] == ["person 00003", "person 00009"]
    assert all(everybody[person.employee].fair == pytest.approx(person.fair) for person in some)


def test_it_does_not_depend_on_the_order_of_visits() -> None:
    visits = make_visits(12, 4)
    expected = fit_fairly(visits).describe("colleagues")
    random.Random(2).shuffle(visits)
    assert fit_fairly(visits).describe("colleagues") == expected


def test_it_gives_no_figure_under_three_visits() -> None:
    """CP-04: one visit is a fact; its score still helps to know the auditor."""
    visits = make_visits(12, 4)
    kept = [*visits[:1], *visits[4:]]
    model = fit_fairly(kept)
    first = model.describe("colleagues").people[0]
    assert (first.state, first.fair, first.waterfall, first.standing) == (
        "not_enough_visits",
        None,
        None,
        None,
    )
    assert first.raw == visits[0].base
    assert (len(first.visits), first.needed) == (1, 3)
    pair = model.compare_pair(first.employee, visits[8].employee, "colleagues")
    assert pair.why_not is not None
    assert (pair.state, pair.why_not.code) == ("not_comparable", "not_enough_visits")
    assert (pair.why_not.available, pair.why_not.needed, pair.chance) == (1, 3, None)


def test_it_lets_pay_rest_on_six_visits_only() -> None:
    """CP-04: five are enough for a figure and too few for a bonus."""
    visits = make_visits(10, 6)
    people = fit_fairly(visits[1:]).describe("colleagues").people
    assert [person.may_pay for person in people] == [False] + 9 * [True]


def test_it_compares_nobody_under_eight_people() -> None:
    """CP-05: raw visits only, and the reason says how many there are; the plain fit is still told."""
    comparison = fit_fairly(make_visits(7, 6)).describe("colleagues")
    assert comparison.why_not is not None
    assert (comparison.why_not.code, comparison.why_not.available) == ("not_enough_people", 7)
    assert {person.state for person in comparison.people} == {"not_modelled"}
    assert {person.fair for person in comparison.people} == {None}
    assert comparison.criterion is not None


def test_it_leaves_out_what_does_not_count() -> None:
    """SC-04, SC-08: too little assessed, or nothing scored: counted apart, in no figure."""
    visits = make_visits(10, 4)
    visits[0] = dataclasses.replace(visits[0], coverage=0.59)
    visits[1] = dataclasses.replace(visits[1], base=None)
    visits[2] = dataclasses.replace(visits[2], coverage=0.6)
    comparison = fit_fairly(visits).describe("colleagues")
    assert comparison.too_little == (visits[0].visit,)
    assert comparison.not_scored == (visits[1].visit,)
    assert len(comparison.counted) == 38
    assert comparison.people[0].state == "not_enough_visits"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"base": 80.0}, "all_the_same"), ({"base": None}, "no_visits"), ({"coverage": 0.1}, "no_visits")],
)
def test_it_says_why_nothing_can_be_compared(changes: dict[str, object], code: str) -> None:
    """No data raises: the comparison says why, and everybody is still listed."""
    comparison = fit_fairly(change(make_visits(9, 3), **changes)).describe("customer")
    assert comparison.why_not is not None
    assert comparison.why_not.code == code
    assert len(comparison.people) == 9
    assert fit_fairly([]).describe("customer").people == ()


def test_it_cannot_tell_people_from_their_own_auditors() -> None:
    """CP-02: when each person has an auditor of the own, no figure is possible."""
    visits = [dataclasses.replace(visit, auditor=visit.employee) for visit in make_visits(9, 3)]
    reason = fit_fairly(visits).describe("colleagues").why_not
    assert reason is not None
    assert (reason.code, set(reason.factors)) == ("confounded", {"employee", "auditor"})


def test_it_refuses_the_figure_that_cannot_be_told_and_gives_the_other() -> None:
    """CP-02: one person a shop leaves what the customer got; one auditor a shop leaves the colleagues."""
    alone = fit_fairly([dataclasses.replace(v, shop=v.employee) for v in make_visits(9, 4)])
    refused, given = alone.describe("colleagues"), alone.describe("customer")
    assert refused.why_not is not None
    assert refused.why_not.code == "one_person_a_shop"
    assert given.why_not is None
    assert given.people[0].state == "shown"
    own = fit_fairly([dataclasses.replace(v, auditor=f"of {v.shop}") for v in make_visits(12, 4, moving=0.0)])
    assert own.describe("colleagues").why_not is None
    reason = own.describe("customer").why_not
    assert reason is not None
    assert reason.code == "one_auditor_a_shop"
    assert {each.state for each in own.report_auditors().auditors} == {"not_modelled"}


def test_it_warns_of_what_makes_figures_weak() -> None:
    """CP-07: too easy, one auditor for all visits of a person, much marked as not applicable."""
    visits = make_visits(10, 5)
    easy = [dataclasses.replace(v, base=100.0) if n % 8 == 0 else v for n, v in enumerate(visits)]
    assert [each.code for each in fit_fairly(easy).describe("colleagues").warnings] == ["too_easy"]
    one = visits[0].auditor
    seen = [dataclasses.replace(v, auditor=one, na_share=0.3) for v in visits[:5]]
    comparison = fit_fairly([*seen, *visits[5:]]).describe("colleagues")
    assert [each.code for each in comparison.people[0].warnings] == ["one_auditor", "many_not_applicable"]
    assert comparison.people[1].warnings == ()


def test_it_puts_a_person_beside_shop_colleagues() -> None:
    """CP-03: thirty points more than the others of the shop are told; a person without colleagues is not."""
    visits = make_visits(24, 6, shops=4, moving=0.0, seed=5)
    raised = [
        dataclasses.replace(v, base=99.0 if v.employee == "person 00000" else min(v.base or 0.0, 80.0))
        for v in visits
    ]
    people = fit_fairly(raised).describe("colleagues").people
    standing = people[0].standing
    assert standing is not None
    assert (standing.state, standing.beside, standing.others) == ("above", "shop", 5)
    assert standing.low < standing.difference < standing.high
    lonely = [dataclasses.replace(v, shop="own") if v.employee == "person 00000" else v for v in visits]
    assert fit_fairly(lonely).describe("colleagues").people[0].standing is None


def test_it_tells_a_pair_the_same_from_both_sides(model: FairModel) -> None:
    """CP-03: P(A > B) and P(B > A) add up to one."""
    one = model.compare_pair("person 00000", "person 00006", "colleagues")
    other = model.compare_pair("person 00006", "person 00000", "colleagues")
    assert one.chance is not None
    assert other.chance is not None
    assert one.chance + other.chance == pytest.approx(1)
    assert one.state == other.state
    same = model.compare_pair("person 00000", "person 00000", "colleagues")
    assert same == PairComparison(
        "person 00000", "person 00000", "colleagues", "not_comparable", why_not=same.why_not
    )


def test_it_tells_the_lead_who_is_strict(model: FairModel) -> None:
    """CP-06: for the lead only: severity against the average auditor, with its interval."""
    report = model.report_auditors()
    values = [each.severity for each in report.auditors if each.severity is not None]
    assert len(values) == 6
    assert sum(values) == pytest.approx(0, abs=1e-6)
    for each in report.auditors:
        assert each.low is not None
        assert each.severity is not None
        assert each.high is not None
        assert each.low < each.severity < each.high
        told = each.low > 0 or each.high < 0
        assert (each.state != "untold") == told
