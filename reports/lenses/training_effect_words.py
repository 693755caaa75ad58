"""The words of the effect of a training (LN-06), in Russian and English."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from checklists.exact import round_half_up
from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.lenses.event_curve import VISITS_NEEDED, CurvePoint, Effect
from reports.lenses.phrasing import count_things, write_points
from reports.lenses.training_effect import GroupFacts, TrainingEffect
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Что дало обучение", "What the training did"),
    "trained": ("Обученные", "Trained"),
    "control": ("Без обучения", "Not trained"),
    "better": (
        "После обучения баллы обученных выросли на {value} пункта больше, чем у остальных (вероятно, от "
        "{low} до "
        "{high}).",
        "After the training the scores of those trained rose by {value} points more than the others' (likely "
        "between {low} and {high}).",
    ),
    "worse": (
        "После обучения баллы обученных изменились на {value} пункта хуже, чем у остальных (вероятно, от "
        "{low} до "
        "{high}).",
        "After the training the scores of those trained fell behind the others' by {value} points "
        "(likely between "
        "{low} and {high}).",
    ),
    "not_told": (
        "Эффекта пока не видно: разница с остальными {value} пункта, но могла бы быть от {low} до {high}.",
        "No effect can be told yet: the difference from the others is {value} points and could be "
        "anything from "
        "{low} to {high}.",
    ),
    "not_enough_people": (
        "Сравнивать рано: в каждой группе нужно {needed} человек с визитами до и после. Обученных таких "
        "{trained}, "
        "остальных {control}.",
        "Too early to compare: each group needs {needed} people with visits before and after. So far "
        "{trained} "
        "trained and {control} others.",
    ),
    "cannot_be_told": (
        "Эффект обучения не отделить от остального: обученных и остальных почти не проверяли в одни и те "
        "же месяцы.",
        "The effect cannot be told from everything else: the two groups were hardly visited in the same "
        "months.",
    ),
    "group": (
        "{people}: до — {before}, после — {after}, изменение {change} пункта; {visits_before} до и "
        "{visits_after} "
        "после",
        "{people}: before {before}, after {after}, a change of {change} points; {visits_before} before and "
        "{visits_after} after",
    ),
    "group_few": (
        "{people} с визитами до и после: мало для среднего",
        "{people} with visits before and after: too few for a mean",
    ),
    "who_counts": (
        "Это средние людей, а не визитов: у каждого человека вес один, сколько бы визитов к нему ни было. "
        "Входят в них только те, к кому приходили и до обучения, и после него, поэтому людей здесь может "
        "быть меньше, чем обучали.",
        "These are means of people, not of visits: each person weighs the same, however many visits there "
        "were. Only people visited both before and after the training are in them, so they may be fewer than "
        "were trained.",
    ),
    "model_counts": (
        "По этим средним разница изменений — {difference} пункта. Эффект наверху и его ход по месяцам даёт "
        "модель: она выравнивает проверяющих, точки, легенды и месяцы и берёт все визиты в месяцы, когда "
        "приходили к обеим группам, даже если к человеку приходили только до или только после. Поэтому "
        "числа там немного другие.",
        "By these means the changes differ by {difference} points. The effect on top and its run over the "
        "months come from a model: it evens out auditors, places, scenarios and months and takes every visit "
        "of the months in which both groups were visited, also to people visited only before or only after. "
        "So its numbers are a little different.",
    ),
    "stretch": ("{since}–{until} мес.", "{since}–{until} months"),
    "stretch_open": ("от {since} мес.", "{since}+ months"),
    "point": (
        "{value} пункта (вероятно, от {low} до {high}), {visits}",
        "{value} points (likely between {low} and {high}), {visits}",
    ),
    "point_few": ("мало визитов ({count} из {needed})", "not enough visits ({count} of {needed})"),
    "due": (
        "Пора повторить обучение: раньше эффект был виден, а в последнем промежутке его уже не отличить "
        "от нуля.",
        "Time for a refresher: there was an effect, and in the latest stretch it can no longer be told "
        "from none.",
    ),
    "not_due": (
        "Эффект держится: в последнем промежутке он всё ещё больше нуля.",
        "The effect holds: in the latest stretch it is still above zero.",
    ),
    "no_effect_seen": (
        "Ни в одном промежутке эффекта не видно: прежде чем повторять обучение, посмотрите, чему учили.",
        "No stretch shows an effect: before repeating the training, look at what it taught.",
    ),
    "unknown": (
        "Как долго держится эффект, пока не видно.",
        "How long the effect lasts cannot be seen yet.",
    ),
    "no_curve": (
        "Как эффект меняется со временем, видно от {needed} человек в каждой группе.",
        "How the effect runs over time can be seen from {needed} people in each group.",
    ),
    "method_model": (
        "Смешанная модель: учтены проверяющие, точки, легенды, версии анкеты и месяцы.",
        "A mixed model: auditors, places, scenarios, checklist versions and months are taken out.",
    ),
    "method_differences": (
        "Групп по двадцать человек нет, поэтому сравниваются изменения каждого человека (интервал Уэлча).",
        "There are not twenty people in each group, so each person's own change is compared (Welch's "
        "interval).",
    ),
    "meaning": (
        "Обе группы живут в одно время, с одними сезонами и проверяющими. Поэтому из изменения обученных "
        "вычитается "
        "изменение остальных: то, что осталось, могло дать обучение. Если учили не случайных людей, "
        "часть разницы "
        "может идти от отбора. Интервал — 90\u00a0%. День самого обучения не учитывается.",
        "Both groups live through the same time, seasons and auditors. So the change of the others is "
        "taken from the "
        "change of those trained: what is left may be the training's. Where people were not chosen by "
        "lot, part of "
        "it may come from the choice. The interval is 90%. The day of the training itself is left out.",
    ),
}
PLACES: Final = 1
NOISE_PLACES: Final = 9


def describe_effect(effect: TrainingEffect, language: Language) -> str:
    """Say in a sentence what the training did, or why that cannot be said."""
    if effect.effect is None:
        return fill_in(
            WORDS,
            "not_enough_people" if effect.state == "shown" else effect.state,
            language,
            needed=effect.needed,
            trained=effect.trained.people,
            control=effect.control.people,
        )
    found = effect.effect
    if not found.is_told:
        return fill_in(WORDS, "not_told", language, **_write_signed(found, language))
    # "By 3 points worse, between 1 and 5": all three as distances.
    parts = found if found.value > 0 else Effect(-found.value, -found.high, -found.low)
    written = {
        name: format_number(_free(value), language, places=PLACES, least=PLACES)
        for name, value in (("value", parts.value), ("low", parts.low), ("high", parts.high))
    }
    return fill_in(WORDS, "better" if found.value > 0 else "worse", language, **written)


def describe_group(facts: GroupFacts, language: Language) -> str:
    """Say what was seen in a group, before any adjustment, with its people and visits."""
    people = count_things(facts.people, "person", language)
    if facts.before is None or facts.after is None:
        return fill_in(WORDS, "group_few", language, people=people)
    before, after = (_round(mean) for mean in (facts.before, facts.after))
    return fill_in(
        WORDS,
        "group",
        language,
        people=people,
        before=format_number(before, language, places=PLACES, least=PLACES),
        after=format_number(after, language, places=PLACES, least=PLACES),
        change=write_points(_print_change(facts), language),
        visits_before=count_things(facts.visits_before, "visit", language),
        visits_after=count_things(facts.visits_after, "visit", language),
    )


def explain_counts(effect: TrainingEffect, language: Language) -> list[str]:
    """Say who is in the means of the groups, and why the model does not give just their difference."""
    groups = (effect.trained, effect.control)
    if all(facts.change is None for facts in groups):
        return []
    said = [fill_in(WORDS, "who_counts", language)]
    if effect.method == "model" and effect.effect is not None:
        trained, control = (_print_change(facts) for facts in groups)
        said.append(
            fill_in(WORDS, "model_counts", language, difference=write_points(trained - control, language))
        )
    return said


def name_stretch(point: CurvePoint, language: Language) -> str:
    """Name a stretch of time since the training: "2–3 months"."""
    key = "stretch_open" if point.until is None else "stretch"
    return fill_in(WORDS, key, language, since=point.since, until=point.until)


def describe_point(point: CurvePoint, language: Language) -> str:
    """Write the effect in one stretch with the visits of trained people in it, or why it is not shown."""
    count = len(point.visits)
    if point.effect is None:
        return fill_in(WORDS, "point_few", language, count=count, needed=VISITS_NEEDED)
    visits = count_things(count, "visit", language)
    return fill_in(WORDS, "point", language, visits=visits, **_write_signed(point.effect, language))


def describe_refresher(effect: TrainingEffect, language: Language) -> str:
    """Say whether a refresher is due, or that nothing can be said about it yet."""
    return fill_in(WORDS, effect.refresher, language)


def describe_method(effect: TrainingEffect, language: Language) -> str:
    """Say how the effect was found; empty where there is none."""
    return fill_in(WORDS, f"method_{effect.method}", language) if effect.method and effect.effect else ""


def explain_effect(language: Language) -> str:
    """Say what is compared with what, and what the figure cannot prove."""
    return fill_in(WORDS, "meaning", language)


def explain_missing_curve(needed: int, language: Language) -> str:
    """Say from when on the run over time can be seen."""
    return fill_in(WORDS, "no_curve", language, needed=needed)


def _write_signed(effect: Effect, language: Language) -> dict[str, str]:
    values = (("value", effect.value), ("low", effect.low), ("high", effect.high))
    return {name: write_points(_free(value), language) for name, value in values}


def _print_change(facts: GroupFacts) -> Fraction:
    """The change of the printed means, so that a reader who subtracts gets it (as in CP-06)."""
    return Fraction(_round(facts.after or 0.0) - _round(facts.before or 0.0))


def _round(mean: float) -> Decimal:
    return round_half_up(_free(mean), PLACES)


def _free(value: float) -> Fraction:
    """Free a figure of binary noise, so that rounding half-up is what it seems."""
    return Fraction(Decimal(str(round(value, NOISE_PLACES))))
