"""LN-04: what getting something done costs a customer."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from checklists.definition import Solution
from reports.lenses.effort import Matter, measure_effort
from reports.lenses.effort_words import describe_cost, describe_effort, describe_unsolved, explain_effort


def raise_matters(*, first: int = 0, later: int = 0, never: int = 0) -> list[Matter]:
    """So many matters of each ending."""
    counts: dict[Solution, int] = {"first_contact": first, "later": later, "never": never}
    endings = [ending for ending, count in counts.items() for _ in range(count)]
    return [Matter(f"visit {number}", ending) for number, ending in enumerate(endings)]


def test_it_divides_by_all_matters_that_were_started() -> None:
    """LN-04: solved at the first contact / all started; what was never solved stays in the denominator."""
    effort = measure_effort(raise_matters(first=5, later=2, never=1))
    assert effort.share == Fraction(5, 8)
    oracle = stats.binomtest(5, 8).proportion_ci(0.9, method="wilson")
    assert effort.interval is not None
    assert (effort.interval.low, effort.interval.high) == pytest.approx((oracle.low, oracle.high))
    assert describe_effort(effort, "en") == (
        "5 of 8\u00a0matters solved at the first contact: 63%, likely between 35% and 84%."
    )
    assert describe_unsolved(effort, "ru") == [
        "Решено не сразу: 2 из 8\u00a0вопросов.",
        "Так и не решено: 1 из 8\u00a0вопросов.",
    ]


def test_it_counts_contacts_only_where_they_led_somewhere() -> None:
    """LN-04: a matter given up after five contacts was not solved in five."""
    matters = [
        Matter("a", "first_contact", contacts=1, minutes=Fraction(5)),
        Matter("b", "later", contacts=2, transfers=1, minutes=Fraction(10)),
        Matter("c", "later", contacts=4, transfers=2, minutes=Fraction(30)),
        Matter("d", "never", contacts=5, transfers=3, minutes=Fraction(60)),
    ]
    contacts, transfers, retellings, minutes = measure_effort(matters).costs
    assert contacts.visits == ("a", "b", "c")
    assert (contacts.mean, contacts.middle) == (Fraction(7, 3), Fraction(2))
    assert (transfers.mean, transfers.visits) == (Fraction(2), ("b", "c", "d"))
    assert (minutes.mean, minutes.middle) == (Fraction(105, 4), Fraction(20))
    assert describe_cost(minutes, "ru") == "в среднем 26,3, у половины не больше 20; 4\u00a0визита"
    assert (retellings.mean, retellings.visits) == (None, ())
    assert describe_cost(retellings, "en") == "not enough counted (0 of 3)"


@pytest.mark.parametrize(
    ("first", "never", "sentence"),
    [
        (6, 0, "С первого обращения решено всё: 6 из 6\u00a0вопросов; вероятная доля — не меньше 69\u00a0%."),
        (
            0,
            6,
            "С первого обращения не решено ничего: 0 из 6\u00a0вопросов; "
            "вероятная доля — не больше 31\u00a0%.",
        ),
        (2, 0, "Об усилиях клиента говорить рано: мало вопросов (2 из 3)."),
        (0, 0, "В этих визитах никто не отмечал, решён ли вопрос."),
    ],
)
def test_it_says_no_more_than_it_knows(first: int, never: int, sentence: str) -> None:
    """LN-04, CP-04: six of six only means 69 % or more, and two matters are too few."""
    effort = measure_effort(raise_matters(first=first, never=never))
    assert describe_effort(effort, "ru") == sentence


def test_it_refuses_counts_that_contradict_each_other() -> None:
    """Solved at once and yet three contacts: a programmer's error, or a form that allowed it."""
    with pytest.raises(ValueError, match="3 contacts"):
        Matter("a", "first_contact", contacts=3)
    with pytest.raises(ValueError, match="below nothing"):
        Matter("a", "later", minutes=Fraction(-1))
    assert "никто" not in explain_effort("ru")


@given(st.integers(3, 40), st.data())
def test_it_ranks_never_solved_below_solved_late(started: int, data: st.DataObject) -> None:
    """LN-04: turning "never" into "later" never lowers anything, and into "first contact" raises the "
    "share."""
    first = data.draw(st.integers(0, started - 1))
    never = data.draw(st.integers(1, started - first))
    before = measure_effort(raise_matters(first=first, later=started - first - never, never=never))
    late = measure_effort(raise_matters(first=first, later=started - first - never + 1, never=never - 1))
    better = measure_effort(raise_matters(first=first + 1, later=started - first - never, never=never - 1))
    assert before.share == late.share
    assert len(late.never) < len(before.never)
    assert before.share is not None
    assert better.share is not None
    assert better.share > before.share


def test_it_counts_the_costs_of_visits_in_which_nobody_asked_how_it_ended() -> None:
    """A wait is a wait; the share stays without them, and their contacts led to no known solution."""
    unknown = [Matter(f"visit {number}", None, contacts=2, minutes=Fraction(4)) for number in range(3)]
    effort = measure_effort(unknown)
    costs = {figure.cost: figure for figure in effort.costs}
    assert (effort.state, effort.started) == ("not_asked", 0)
    assert costs["minutes"].mean == 4
    assert costs["contacts"].visits == ()
    assert measure_effort([*unknown, *raise_matters(first=3)]).share == 1
