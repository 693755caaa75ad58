"""The pyramid of expectations (LN-02): accuracy, availability, partnership, advice, climbed from the bottom.

Nothing is gained above while a level below fails. So the height counts the levels that hold without a gap,
and a level that nobody measured stops the climb as well: what is not known is not taken for kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, get_args

from checklists.definition import Level
from checklists.localtext import LocalText

LEVELS: Final[tuple[Level, ...]] = get_args(Level)  # from the bottom
HOLDS_AT: Final = Fraction(4, 5)
VISITS_NEEDED: Final = 3  # CP-04: fewer visits are facts, and a level does not stand on them

LevelState = Literal["holds", "missed", "not_enough_visits", "unmeasured"]
PyramidState = Literal["shown", "not_enough_visits", "unmeasured"]


@dataclass(frozen=True)
class TaggedAnswer:
    """One applicable answer to a question that carries a level; points as the score counted them."""

    visit: str
    level: Level
    earned: Fraction
    possible: Fraction


@dataclass(frozen=True)
class LevelTally:
    """What the answers of one level came to: points earned and possible, how many answers and visits."""

    level: Level
    earned: Fraction = Fraction(0)
    possible: Fraction = Fraction(0)
    answers: int = 0
    visits: int = 0


@dataclass(frozen=True)
class LevelShare:
    """One level: earned of possible over all its answers, None where there are none."""

    level: Level
    state: LevelState
    share: Fraction | None
    answers: int
    visits: int

    @property
    def judged(self) -> Fraction | None:
        """The share where there are visits enough to tell it, else None (CP-04)."""
        return self.share if self.state in ("holds", "missed") else None


@dataclass(frozen=True)
class QuestionShare:
    """One question of a level: earned of possible over its answers."""

    level: Level
    text: LocalText
    share: Fraction
    answers: int

    @property
    def judged(self) -> Fraction | None:
        """The share where there are answers enough to tell it, else None (CP-04)."""
        return self.share if self.answers >= VISITS_NEEDED else None


@dataclass(frozen=True)
class Pyramid:
    """Four levels from the bottom, how many hold without a gap, and the index between 0 and 1.

    `stopped_by` is the level at which the climb ended, None at the top. Where that level is not measured
    well enough, it adds nothing to the index, and the truth is `index` or more.
    """

    state: PyramidState
    levels: tuple[LevelShare, ...]
    visits: int
    needed: int
    height: int | None
    index: Fraction | None
    stopped_by: LevelShare | None

    @property
    def is_at_least(self) -> bool:
        """Whether the index is only a lower limit, because the climb ended at an unmeasured level."""
        return self.index is not None and self.stopped_by is not None and self.stopped_by.state != "missed"


def build_pyramid(answers: Sequence[TaggedAnswer], *, needed: int = VISITS_NEEDED) -> Pyramid:
    """Build the pyramid of an employee, a unit or a programme from its tagged answers.

    `needed` is from how many visits a level is judged. Answers that carry no points (WOW) change nothing.
    """
    counted = [answer for answer in answers if answer.possible > 0]
    tallies = [_count_answers(level, counted) for level in LEVELS]
    return raise_pyramid(tallies, visits=len({answer.visit for answer in counted}), needed=needed)


def raise_pyramid(tallies: Sequence[LevelTally], *, visits: int, needed: int = VISITS_NEEDED) -> Pyramid:
    """Build the pyramid from levels that were counted elsewhere, each at most once.

    `visits` is how many there are with any tagged answer that carries points.
    """
    by_level = {tally.level: tally for tally in tallies}
    levels = tuple(_judge(by_level.get(level) or LevelTally(level), needed) for level in LEVELS)
    if levels[0].state in ("not_enough_visits", "unmeasured"):
        state: PyramidState = "unmeasured" if visits >= needed or not visits else "not_enough_visits"
        return Pyramid(state, levels, visits, needed, None, None, levels[0])
    height = _climb(levels)
    stopped_by = levels[height] if height < len(levels) else None
    climbed = sum((level.share or Fraction(0) for level in levels[:height]), Fraction(0))
    if stopped_by is not None and stopped_by.state == "missed":
        climbed += stopped_by.share or Fraction(0)
    return Pyramid("shown", levels, visits, needed, height, climbed / len(LEVELS), stopped_by)


def _count_answers(level: Level, answers: Sequence[TaggedAnswer]) -> LevelTally:
    own = [answer for answer in answers if answer.level == level]
    return LevelTally(
        level,
        sum((answer.earned for answer in own), Fraction(0)),
        sum((answer.possible for answer in own), Fraction(0)),
        len(own),
        len({answer.visit for answer in own}),
    )


def _judge(tally: LevelTally, needed: int) -> LevelShare:
    if not tally.answers:
        return LevelShare(tally.level, "unmeasured", None, 0, 0)
    share = tally.earned / tally.possible
    state: LevelState = "holds" if share >= HOLDS_AT else "missed"
    if tally.visits < needed:
        state = "not_enough_visits"
    return LevelShare(tally.level, state, share, tally.answers, tally.visits)


def _climb(levels: Sequence[LevelShare]) -> int:
    """Count the levels that hold from the bottom without a gap."""
    for height, level in enumerate(levels):
        if level.state != "holds":
            return height
    return len(levels)
