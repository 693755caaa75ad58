"""Sections of a unit beside the programme's: means with how many visits and people stand behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from checklists.definition import Question, Section
from checklists.localtext import Language
from reports.numbers import format_number
from reports.period_rows import SectionCount, UnitPeriod
from reports.period_words import say_period
from reports.plurals import count_of

# Figures of a team say something about single people before that.
GATE_PEOPLE: Final = 3
GATE_VISITS: Final = 5
NOISE_PLACES: Final = 9


@dataclass(frozen=True)
class GroupMean:
    """How many visits and people stand behind a section's mean, and the sum of the percents.

    `total` is None under the gates: what is not shown is not kept beside it either.
    """

    visits: int
    people: int
    total: float | None

    @property
    def mean(self) -> Decimal | None:
        """The mean percent; None under the gates."""
        return None if self.total is None else Decimal(str(round(self.total / self.visits, NOISE_PLACES)))


@dataclass(frozen=True)
class SectionLine:
    """One section in words; the shares of 1 are None where no mean may be given."""

    title: str
    own: str
    programme: str
    own_share: Fraction | None
    programme_share: Fraction | None
    drawing: str  # the bar and its tick in words, for whoever does not see them


def build_section_lines(period: UnitPeriod, language: Language) -> tuple[SectionLine, ...]:
    """Give each section of the newest version, over the visits whose version asked the same in it (SC-20)."""
    return tuple(_build_line(period, section, language) for section in period.newest.sections)


def asks_the_same(one: Section, other: Section) -> bool:
    """Tell whether two versions of a section ask and count the same, however they word it."""
    return [_core_of(question) for question in one.questions] == [
        _core_of(question) for question in other.questions
    ]


def _core_of(question: Question) -> tuple[object, ...]:
    # Without a standard only the words say what is asked.
    meaning = question.standard or question.text.en
    scale = question.scale and (question.scale.low, question.scale.high)
    options = tuple((option.id, option.points) for option in question.options)
    return (
        question.id,
        meaning,
        question.kind,
        question.weight,
        scale,
        question.bands,
        options,
        question.mode,
    )


def measure_section(period: UnitPeriod, section: Section) -> tuple[GroupMean, GroupMean]:
    """Measure a section of the newest version for the unit and for the whole programme."""
    same = {
        number
        for number, checklist in period.versions.items()
        if any(each.id == section.id and asks_the_same(each, section) for each in checklist.sections)
    }
    counts = [each for each in period.sections if each.section == section.id and each.version in same]
    return _sum_up([each for each in counts if each.is_own]), _sum_up(counts)


def _sum_up(counts: Sequence[SectionCount]) -> GroupMean:
    visits = sum(each.visits for each in counts)
    people = len({each.employee for each in counts if each.employee is not None})
    is_enough = visits >= GATE_VISITS and people >= GATE_PEOPLE
    # Sums of doubles carry a little noise that must not decide how a half is rounded.
    return GroupMean(
        visits, people, round(sum(each.total for each in counts), NOISE_PLACES) if is_enough else None
    )


def _build_line(period: UnitPeriod, section: Section, language: Language) -> SectionLine:
    own, programme = measure_section(period, section)
    shares = [None if each.mean is None else Fraction(each.mean) / 100 for each in (own, programme)]
    return SectionLine(
        section.title.in_language(language),
        _write_mean(own, language),
        _write_mean(programme, language),
        shares[0],
        shares[1],
        _describe_drawing(shares[0], shares[1], language),
    )


def _describe_drawing(own: Fraction | None, programme: Fraction | None, language: Language) -> str:
    said = [
        say_period(key, language, percent=format_number(100 * share, language, places=0))
        for key, share in (("bar", own), ("tick", programme))
        if share is not None
    ]
    return ", ".join(said)


def _write_mean(group: GroupMean, language: Language) -> str:
    if not group.visits:
        return say_period("section_absent", language)
    behind = {
        "visits": count_of(group.visits, "visits", language),
        "people": count_of(group.people, "employees", language),
    }
    if group.mean is None:
        return say_period("too_few", language, **behind)
    percent = format_number(group.mean, language, places=1, least=1)
    return say_period("mean_n", language, percent=percent, **behind)
