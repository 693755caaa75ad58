"""The report on one unit over a period: sections beside the programme's, what to train, standards by staff.

Staff are alphabetical and nobody is ranked (CP-03): a standard is trained, not a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from checklists.localtext import Language
from reports.dates import format_date
from reports.heatmap import Heatmap, build_heatmap
from reports.period_rows import KnockOutEvent, UnitPeriod
from reports.period_words import describe_period, say_period
from reports.plurals import count_of
from reports.section_means import GATE_PEOPLE, GATE_VISITS, SectionLine, build_section_lines
from reports.training_needs import Need, list_needs

NEEDS_SHOWN: Final = 5
EVENTS_SHOWN: Final = 20


@dataclass(frozen=True)
class NeedLine:
    """One standard to train, in words."""

    code: str
    title: str
    text: str | None
    best: str | None
    practice: str | None
    missed_words: str
    people_words: str


@dataclass(frozen=True)
class KnockOutLine:
    """One critical question that decided something, with its latest visits: (uuid, day, place)."""

    question: str
    times: str
    visits: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class UnitPage:
    """What the report says, in one language; empty texts and tuples where there is nothing to say."""

    facts: tuple[tuple[str, str], ...]
    sentence: str
    sections: tuple[SectionLine, ...]
    needs: tuple[NeedLine, ...]
    needs_words: str  # why there are none
    heatmap: Heatmap | None
    heatmap_words: str  # why there is none
    knock_outs: tuple[KnockOutLine, ...]
    method: tuple[str, ...]


def build_unit_page(period: UnitPeriod, language: Language) -> UnitPage:
    """Say what the visits of a period tell about a unit; raises ValueError without any version."""
    needs = list_shown_needs(period)
    heatmap = build_heatmap(period, language)
    return UnitPage(
        facts=tuple(_list_facts(period, language)),
        sentence=sum_up_unit(period, needs, language),
        sections=build_section_lines(period, language),
        needs=tuple(_write_need(need, language) for need in needs[:NEEDS_SHOWN]),
        needs_words="" if needs else _explain_no_needs(period, language),
        heatmap=heatmap,
        heatmap_words="" if heatmap else _explain_no_heatmap(period, language),
        knock_outs=_gather_knock_outs(period, language),
        method=tuple(say_period(key, language) for key in ("method_base", "heatmap_note", "not_discipline")),
    )


def list_shown_needs(period: UnitPeriod) -> tuple[Need, ...]:
    """List what the unit should train, as far as enough was seen of it to speak of the unit at all."""
    return list_needs(period) if _is_enough(period) else ()


def _is_enough(period: UnitPeriod) -> bool:
    return len(period.staff) >= GATE_PEOPLE and period.visits >= GATE_VISITS


def _list_facts(period: UnitPeriod, language: Language) -> list[tuple[str, str]]:
    numbers = ", ".join(str(version) for version in sorted(period.versions))
    versions = say_period(
        "version_one" if len(period.versions) == 1 else "version_many", language, numbers=numbers
    )
    facts = [
        ("unit", period.unit),
        ("period", describe_period(period.period, language)),
        ("checklist", f"{period.newest.title.in_language(language)}, {versions}"),
        ("visits", f"{period.visits} ({count_of(len(period.staff), 'employees', language)})"),
    ]
    return [(say_period(key, language), text) for key, text in facts]


def sum_up_unit(period: UnitPeriod, needs: Sequence[Need], language: Language) -> str:
    """Say in a sentence what page one says: visits, people, what was missed most often."""
    people = count_of(len(period.staff), "employees", language)
    visits = count_of(period.visits, "visits", language)
    head = say_period("unit_sum_up", language, visits=visits, people=people)
    if not needs:
        return head
    first = _write_need(needs[0], language)
    told = say_period(
        "unit_first",
        language,
        title=first.title,
        missed=needs[0].missed,
        visits=count_of(needs[0].assessed, "of_visits", language),
        people=first.people_words,
    )
    return f"{head} {told}"


def _write_need(need: Need, language: Language) -> NeedLine:
    topic = need.topic
    visits = count_of(need.assessed, "of_visits", language)
    people = count_of(need.people, "of_employees", language)
    return NeedLine(
        code=topic.code or "",
        title=topic.title.in_language(language),
        text=topic.text.in_language(language) if topic.text else None,
        best=topic.best.in_language(language) if topic.best else None,
        practice=topic.practice.in_language(language) if topic.practice else None,
        missed_words=say_period("missed_visits", language, missed=need.missed, visits=visits),
        people_words=say_period("people_of", language, part=need.people_missed, people=people),
    )


def _explain_no_needs(period: UnitPeriod, language: Language) -> str:
    if _is_enough(period):
        return say_period("train_none", language)
    return say_period(
        "train_gate",
        language,
        people=count_of(len(period.staff), "employees", language),
        visits=count_of(period.visits, "visits", language),
    )


def _explain_no_heatmap(period: UnitPeriod, language: Language) -> str:
    if not period.staff:
        return say_period("no_staff", language)
    if period.is_wide:
        return say_period("too_many", language, people=count_of(len(period.staff), "employees", language))
    return say_period("none_assessed", language)


def _gather_knock_outs(period: UnitPeriod, language: Language) -> tuple[KnockOutLine, ...]:
    """Events by question, the most recent visit first; questions in the order in which they first decided."""
    by_question: dict[str, list[KnockOutEvent]] = {}
    for event in period.knock_outs:
        text = period.versions[event.version].question(event.question).text.in_language(language)
        by_question.setdefault(text, []).append(event)
    return tuple(
        KnockOutLine(
            question=text,
            times=_count_times(len(events), language),
            visits=tuple(
                (event.visit, format_date(event.visited_on, language), event.unit)
                for event in sorted(events, key=lambda each: (each.visited_on, each.visit), reverse=True)[
                    :EVENTS_SHOWN
                ]
            ),
        )
        for text, events in by_question.items()
    )


def _count_times(count: int, language: Language) -> str:
    times = say_period("knock_out_times", language, times=count_of(count, "times", language))
    if count <= EVENTS_SHOWN:
        return times
    return f"{times}, {say_period('latest_shown', language, count=EVENTS_SHOWN)}"
