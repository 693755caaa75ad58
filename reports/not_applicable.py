"""How often auditors mark "not applicable", beside what others mark on the same questions.

"Not applicable" in place of the worst answer never lowers a score, so whoever marks it much more often is
worth a word. How often is much more is decided as everywhere: where chance alone would hardly do it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scipy.special import bdtrc

TWICE: Final = 2  # times as often as the others, or it is not much more
FALSE_ALARMS: Final = (
    0.05  # the chance that one auditor at all is named of a programme in which all are alike
)


@dataclass(frozen=True)
class AskedCount:
    """How often one auditor was asked a question of a version, and how often it did not apply."""

    version: str
    auditor: str
    question: str
    asked: int
    not_applicable: int


@dataclass(frozen=True)
class AuditorMarks:
    """How often an auditor marked "not applicable", and how often the others would have there."""

    asked: int
    not_applicable: int
    expected: float
    stands_out: bool


def measure_marks(counts: Sequence[AskedCount]) -> dict[str, AuditorMarks]:
    """Measure each auditor's "not applicable" beside what the others marked on the same questions."""
    asked, marked = add_up(counts)
    own: defaultdict[str, list[AskedCount]] = defaultdict(list)
    for count in counts:
        own[count.auditor].append(count)
    return {
        auditor: _measure(theirs, asked, marked, needed=FALSE_ALARMS / len(own))
        for auditor, theirs in own.items()
    }


def add_up(counts: Sequence[AskedCount]) -> tuple[dict[str, int], dict[str, int]]:
    """Add up by question how often it was asked, and how often it did not apply."""
    asked: defaultdict[str, int] = defaultdict(int)
    marked: defaultdict[str, int] = defaultdict(int)
    for count in counts:
        asked[count.question] += count.asked
        marked[count.question] += count.not_applicable
    return asked, marked


def _measure(
    theirs: Sequence[AskedCount], asked: dict[str, int], marked: dict[str, int], *, needed: float
) -> AuditorMarks:
    own_asked, own_marked = add_up(theirs)
    found, expected, fair_part = sum(own_marked.values()), 0.0, 0.0
    for question, count in own_asked.items():
        others = asked[question] - count
        expected += count * (marked[question] - own_marked[question]) / others if others else 0.0
        fair_part += marked[question] * count / asked[question] if count else 0.0
    # Of all marks on these questions, so many fall to one auditor by chance when nobody is special.
    everybody = sum(marked[question] for question in own_asked)
    chance = float(bdtrc(found - 1, everybody, fair_part / everybody)) if found else 1.0
    stands_out = chance <= needed and found >= TWICE * expected
    return AuditorMarks(sum(own_asked.values()), found, expected, stands_out)
