"""The arithmetic of a visit as lines of text that add up (SC-11), in either language.

Each shown amount is the difference of two shown totals, so that a reader who adds the lines gets exactly the
total that is printed, whatever was rounded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from checklists.definition import Checklist
from checklists.exact import round_half_up
from checklists.localtext import Language, LocalText
from checklists.scorecard import (
    QuestionScore,
    Scorecard,
    SectionScore,
    Step,
    display_percent,
    list_thresholds,
)

PLACES = 2

WORDS: Mapping[str, LocalText] = {
    "draft": LocalText(
        ru="Черновик: не на все вопросы есть ответ.", en="Draft: some answers are still open."
    ),
    "not_applicable": LocalText(ru="неприменимо", en="not applicable"),
    "hidden": LocalText(ru="не задавался", en="not asked"),
    "unanswered": LocalText(ru="без ответа", en="no answer"),
    "not_scored": LocalText(ru="не оценивается", en="not scored"),
    "points": LocalText(ru="{earned} из {possible}", en="{earned} of {possible}"),
    "extra": LocalText(ru="бонус {bonus}", en="bonus {bonus}"),
    "extra_lost": LocalText(
        ru="бонус {bonus} не засчитан из-за критического вопроса",
        en="bonus {bonus} not counted because of a critical question",
    ),
    "knocked_out": LocalText(ru="критический вопрос", en="critical"),
    "assessed": LocalText(
        ru="{earned} из {possible} = {percent} %, вес {weight}, доля {share} %",
        en="{earned} of {possible} = {percent} %, weight {weight}, share {share} %",
    ),
    "not_assessed": LocalText(ru="не оценён, вес {weight}", en="not assessed, weight {weight}"),
    "sum": LocalText(ru="Итог складывается так:", en="How the score adds up:"),
    "section": LocalText(ru="раздел {subject}", en="section {subject}"),
    "section_cap": LocalText(ru="потолок раздела {subject}", en="cap of section {subject}"),
    "bonus": LocalText(ru="бонус", en="bonus"),
    "visit_cap": LocalText(ru="потолок визита: вопрос {subject}", en="cap of the visit: question {subject}"),
    "fail": LocalText(ru="визит не зачтён: вопрос {subject}", en="visit failed: question {subject}"),
    "ceiling": LocalText(ru="предел оценки", en="highest possible score"),
    "base": LocalText(ru="База {base} %", en="Base {base} %"),
    "final": LocalText(ru="Итог {final} % – {band}", en="Final {final} % – {band}"),
    "nothing": LocalText(ru="Оценивать нечего: ни одного ответа.", en="Nothing was assessed: not scored."),
    "coverage": LocalText(ru="Оценено {coverage} % веса", en="{coverage} % of the weight was assessed"),
    "too_little": LocalText(ru="оценено слишком мало", en="too little was assessed"),
    "passed": LocalText(ru="Зачтено", en="Passed"),
    "failed": LocalText(ru="Не зачтено", en="Not passed"),
}


@dataclass(frozen=True)
class AmountLine:
    """A step of the arithmetic with figures that add up as shown."""

    step: Step
    amount: Decimal
    total: Decimal


def round_steps(steps: Iterable[Step], *, thresholds: Iterable[Fraction] = ()) -> tuple[AmountLine, ...]:
    """Round the totals and take the amounts from their differences, so that the shown lines add up.

    Two decimals, or as many more as the last total needs to stay on its side of every threshold (SC-09).
    """
    steps, marks = tuple(steps), tuple(thresholds)
    places = next((count for count in range(PLACES, 10) if _keeps_side(steps, marks, count)), PLACES)
    lines = []
    before = Decimal(0)
    for step in steps:
        total = round_half_up(step.total, places)
        lines.append(AmountLine(step, total - before, total))
        before = total
    return tuple(lines)


def _keeps_side(steps: tuple[Step, ...], marks: tuple[Fraction, ...], places: int) -> bool:
    totals = [step.total for step in steps[-1:]]
    return all((Fraction(round_half_up(t, places)) >= mark) == (t >= mark) for t in totals for mark in marks)


def show_points(value: Fraction) -> str:
    """Return points as an exact figure: 4.25 where four decimals hold it, else a fraction such as 2/3."""
    scaled = value * 10_000
    if scaled.denominator > 1:
        return f"{value.numerator}/{value.denominator}"
    return f"{round_half_up(value, 4).normalize():f}"


def print_arithmetic(checklist: Checklist, card: Scorecard, language: Language) -> list[str]:
    """Return the whole arithmetic of a scorecard as lines of text."""
    return list(_Printer(checklist, language).print_card(card))


class _Printer:
    def __init__(self, checklist: Checklist, language: Language) -> None:
        self.checklist = checklist
        self.language: Language = language

    def print_card(self, card: Scorecard) -> Iterator[str]:
        yield self.checklist.title.in_language(self.language)
        if card.provisional:
            yield self.say("draft")
        for section, definition in zip(card.sections, self.checklist.sections, strict=True):
            yield ""
            title = definition.title.in_language(self.language)
            yield f"{title} [{section.id}]: {self._sum_section(section)}"
            for question in section.questions:
                text = self.checklist.question(question.id).text.in_language(self.language)
                yield f"  {text} [{question.id}]: {self._sum_question(question, is_lost=bool(card.critical))}"
        yield ""
        yield from self._print_total(card)

    def say(self, word: str, **details: object) -> str:
        return WORDS[word].in_language(self.language).format(**details)

    def points(self, value: Fraction) -> str:
        return self._localise(show_points(value))

    def number(self, value: Fraction | Decimal, places: int = PLACES) -> str:
        shown = value if isinstance(value, Decimal) else round_half_up(value, places)
        return self._localise(f"{shown:f}")

    def _localise(self, text: str) -> str:
        return text.replace(".", ",") if self.language == "ru" else text

    def _sum_question(self, score: QuestionScore, *, is_lost: bool) -> str:
        if score.state != "scored":
            return self.say(score.state)
        parts = []
        if score.possible > 0 or not score.bonus:
            earned, possible = self.points(score.earned), self.points(score.possible)
            parts.append(self.say("points", earned=earned, possible=possible))
        if score.bonus:
            parts.append(self.say("extra_lost" if is_lost else "extra", bonus=self.points(score.bonus)))
        if score.critical_fired:
            parts.append(self.say("knocked_out"))
        return ", ".join(parts)

    def _sum_section(self, section: SectionScore) -> str:
        weight = self.points(section.weight)
        if section.percent is None:
            return self.say("not_assessed", weight=weight)
        return self.say(
            "assessed",
            earned=self.points(section.earned),
            possible=self.points(section.possible),
            percent=self.number(section.percent),
            weight=weight,
            share=self.number(100 * (section.reweighted or Fraction(0))),
        )

    def _print_total(self, card: Scorecard) -> Iterator[str]:
        if card.base is None or card.final is None:
            yield self.say("nothing")
        else:
            yield self.say("sum")
            thresholds = list_thresholds(self.checklist)
            for line in round_steps(card.steps, thresholds=thresholds):
                sign = "+" if line.amount >= 0 else "−"
                subject = self.say(line.step.kind, subject=line.step.subject)
                amount, total = self.number(abs(line.amount)), self.number(line.total)
                yield f"  {sign} {amount:>6}  = {total:>6}  {subject}"
            yield self.say("base", base=self.number(card.base))
            bands = {band.id: band.label.in_language(self.language) for band in self.checklist.bands}
            final = self.number(display_percent(card.final, thresholds))
            yield self.say("final", final=final, band=bands.get(card.band or "", "–"))
        coverage = self.say("coverage", coverage=self.number(100 * card.coverage))
        yield f"{coverage}: {self.say('too_little')}" if card.too_little_assessed else coverage
        if card.passed is not None:
            yield self.say("passed" if card.passed else "failed")
