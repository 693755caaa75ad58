"""LN-02: the pyramid of expectations is climbed from the bottom, and nothing above a gap counts."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.definition import Level
from reports.lenses.pyramid import (
    HOLDS_AT,
    LEVELS,
    LevelTally,
    Pyramid,
    TaggedAnswer,
    build_pyramid,
    raise_pyramid,
)
from reports.lenses.pyramid_words import (
    describe_index,
    describe_pyramid,
    describe_wasted,
    explain_pyramid,
    name_state,
    write_share,
)

WORKED: Mapping[Level, int] = {"accuracy": 92, "availability": 85, "partnership": 60, "advice": 95}


def answer_levels(percents: Mapping[Level, int], visits: int = 6) -> list[TaggedAnswer]:
    """One answer a level and visit, each worth 100 points."""
    return [
        TaggedAnswer(f"visit {number}", level, Fraction(percent), Fraction(100))
        for level, percent in percents.items()
        for number in range(visits)
    ]


def test_it_reproduces_the_worked_example() -> None:
    """LN-02: .92 .85 .60 .95 give H = 2 and G = .593, where the plain mean says .83."""
    pyramid = build_pyramid(answer_levels(WORKED))
    assert pyramid.height == 2
    assert pyramid.index == Fraction(237, 400)
    assert describe_index(pyramid, "en") == "Index 0.593 of 1"
    assert describe_index(pyramid, "ru") == "Индекс 0,593 из 1"
    assert pyramid.stopped_by is not None
    assert pyramid.stopped_by.level == "partnership"
    assert not pyramid.is_at_least
    assert sum(WORKED.values()) / 400 == pytest.approx(0.83)


def test_it_stands_the_same_on_levels_that_a_database_has_counted() -> None:
    """LN-02: sums instead of answers, in any order; a level without a count is unmeasured."""
    tallies = [
        LevelTally(level, Fraction(6 * percent), Fraction(600), 6, 6)
        for level, percent in reversed(list(WORKED.items()))
    ]
    assert raise_pyramid(tallies, visits=6) == build_pyramid(answer_levels(WORKED))
    assert raise_pyramid(tallies[1:], visits=6).levels[3].state == "unmeasured"
    assert raise_pyramid([], visits=0) == build_pyramid([])


def test_it_says_what_stops_the_climb_and_what_is_gained_in_vain() -> None:
    """LN-02: a person without statistics reads the level that fails, its share and the number of visits."""
    pyramid = build_pyramid(answer_levels(WORKED))
    assert describe_pyramid(pyramid, "en") == (
        "2 of 4 levels hold from the bottom. The next, partnership, stops the climb: 60% where 80% is "
        "needed; "
        "6\u00a0visits."
    )
    assert describe_pyramid(pyramid, "ru") == (
        "Снизу держится уровней: 2 из 4. Дальше не пускает «Партнёрство»: 60\u00a0% при нужных 80\u00a0%; "
        "6\u00a0визитов."
    )
    assert "advice" in describe_wasted(pyramid, "en")
    assert "«Совет»" in describe_wasted(pyramid, "ru")
    assert write_share(pyramid.levels[0].share or Fraction(0), "en") == "92%"
    assert (pyramid.levels[0].answers, pyramid.levels[0].visits) == (6, 6)
    assert "80" in explain_pyramid("ru")


def test_it_stops_at_a_level_that_nobody_measured_and_says_so() -> None:
    """LN-02: unmeasured is not kept, and the index is a lower limit."""
    pyramid = build_pyramid(answer_levels({"accuracy": 90, "availability": 90, "advice": 100}))
    assert pyramid.height == 2
    assert pyramid.is_at_least
    assert pyramid.index == Fraction(180, 400)
    assert describe_index(pyramid, "en") == "Index at least 0.450 of 1"
    assert "partnership was assessed too rarely" in describe_pyramid(pyramid, "en")
    assert pyramid.levels[2].share is None
    assert name_state(pyramid.levels[2].state, "ru") == "– не оценивался"


def test_it_does_not_climb_on_a_level_seen_in_two_visits() -> None:
    """LN-02, CP-04: a level is judged from three visits; two are facts."""
    answers = answer_levels({"accuracy": 90}) + answer_levels({"availability": 100}, visits=2)
    pyramid = build_pyramid(answers)
    assert pyramid.height == 1
    assert pyramid.levels[1].state == "not_enough_visits"
    assert pyramid.levels[1].share == 1
    assert pyramid.is_at_least


def test_it_names_no_height_without_a_foundation() -> None:
    """LN-02: height zero says that accuracy fails; where nobody asked, there is no height at all."""
    failed = build_pyramid(answer_levels({**WORKED, "accuracy": 79}))
    assert (failed.height, failed.index) == (0, Fraction(79, 400))
    assert describe_pyramid(failed, "en").startswith("The foundation, accuracy, does not hold: 79%")
    blind = build_pyramid(answer_levels({"availability": 100, "partnership": 100}))
    assert (blind.state, blind.height, blind.index) == ("unmeasured", None, None)
    assert "No height can be given" in describe_pyramid(blind, "en")
    assert describe_index(blind, "ru") == ""
    assert describe_wasted(blind, "ru") == ""


@pytest.mark.parametrize(
    ("visits", "sentence"), [(0, "В этих визитах нет вопросов"), (2, "мало визитов (2 из 3)")]
)
def test_it_says_when_it_is_too_early(visits: int, sentence: str) -> None:
    """CP-04: under three visits there are facts only."""
    pyramid = build_pyramid(answer_levels({"accuracy": 100}, visits=visits))
    assert pyramid.height is None
    assert sentence in describe_pyramid(pyramid, "ru")


def test_it_never_prints_a_share_across_the_mark() -> None:
    """SC-09: 79.96 against 80 is printed as 79.9, or "80% where 80% is needed" would be read."""
    answers = [
        TaggedAnswer(f"visit {number}", "accuracy", Fraction(7996, 100), Fraction(100)) for number in range(3)
    ]
    assert "79.9% where 80%" in describe_pyramid(build_pyramid(answers), "en")


def test_it_does_not_count_answers_that_carry_no_points() -> None:
    """LN-02: WOW never mends a basic that failed."""
    wow = [TaggedAnswer("visit 0", "accuracy", Fraction(0), Fraction(0))]
    assert build_pyramid(answer_levels(WORKED) + wow) == build_pyramid(answer_levels(WORKED))


percents = st.fixed_dictionaries({level: st.integers(0, 100) for level in LEVELS})


@given(percents)
def test_it_counts_the_same_as_a_plain_reading_of_the_rule(found: dict[Level, int]) -> None:
    """LN-02: against an oracle that looks at the four shares only."""
    shares = [Fraction(found[level], 100) for level in LEVELS]
    height = next((place for place, share in enumerate(shares) if share < HOLDS_AT), 4)
    pyramid = build_pyramid(answer_levels(found, visits=3))
    assert pyramid.height == height
    assert pyramid.index == sum(shares[: height + 1], Fraction(0)) / 4


@given(percents, st.sampled_from(LEVELS), st.integers(0, 100))
def test_it_never_falls_when_a_level_rises(found: dict[Level, int], level: Level, more: int) -> None:
    """LN-02: doing better anywhere lowers neither height nor index, and both stay in their range."""
    before = build_pyramid(answer_levels(found, visits=3))
    better = {**found, level: min(100, found[level] + more)}
    after = build_pyramid(answer_levels(better, visits=3))
    assert _read(before) <= _read(after)
    assert 0 <= _read(after)[1] <= 1


def _read(pyramid: Pyramid) -> tuple[int, Fraction]:
    assert pyramid.height is not None
    assert pyramid.index is not None
    return pyramid.height, pyramid.index
