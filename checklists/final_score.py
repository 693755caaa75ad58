"""From the sections to the final score (SC-06), as lines that a reader can add up (SC-11)."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from checklists.definition import Checklist
from checklists.scorecard import CriticalEvent, SectionScore, Step, StepKind

ZERO = Fraction(0)


def list_section_caps(checklist: Checklist, critical: Iterable[CriticalEvent]) -> dict[str, Fraction]:
    """Return the lowest cap of each section that was knocked out; `zero_section` is a cap of 0 (SC-05)."""
    caps: dict[str, Fraction] = {}
    for event in critical:
        if event.effect in ("zero_section", "cap_section"):
            section = checklist.section_of(event.question).id
            caps[section] = min(event.cap, caps.get(section, event.cap))
    return caps


def add_up(
    sections: Iterable[SectionScore],
    critical: Iterable[CriticalEvent],
    *,
    bonus: Fraction,
    ceiling: Fraction,
) -> tuple[Step, ...]:
    """Return the lines of the arithmetic: each adds its amount to the total; the last total is final.

    The order is that of SC-06: sections, section caps, bonus, visit cap, fail, ceiling. Lines that change
    nothing are left out, except for those of the sections.
    """
    live = [section for section in sections if section.reweighted is not None]
    events = tuple(critical)
    sheet = _Sum()
    for section in live:
        sheet.add("section", _share(section, section.percent), section.id)
    for section in live:
        lost = _share(section, section.capped_percent) - _share(section, section.percent)
        sheet.add_change("section_cap", lost, section.id)
    sheet.add_change("bonus", bonus)
    for event in sorted(_of_effect(events, "cap_visit"), key=lambda event: event.cap)[:1]:
        sheet.add_change("visit_cap", min(ZERO, event.cap - sheet.total), event.question)
    for event in list(_of_effect(events, "fail_visit"))[:1]:
        sheet.add_change("fail", -sheet.total, event.question)
    sheet.add_change("ceiling", min(ZERO, ceiling - sheet.total))
    return tuple(sheet.steps)


def _share(section: SectionScore, percent: Fraction | None) -> Fraction:
    return (section.reweighted or ZERO) * (percent or ZERO)


def _of_effect(events: Iterable[CriticalEvent], effect: str) -> Iterator[CriticalEvent]:
    return (event for event in events if event.effect == effect)


class _Sum:
    """A running total that remembers its lines."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.total = ZERO

    def add(self, kind: StepKind, amount: Fraction, subject: str | None = None) -> None:
        self.total += amount
        self.steps.append(Step(kind, amount, self.total, subject))

    def add_change(self, kind: StepKind, amount: Fraction, subject: str | None = None) -> None:
        if amount != 0:
            self.add(kind, amount, subject)
