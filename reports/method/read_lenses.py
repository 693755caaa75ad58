"""Small examples of the other ways of reading visits, measured by the same code as the pages."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from checklists.localtext import Language, LocalText
from reports.agreement import find_nominal_alpha
from reports.catalogues import fill_in
from reports.consistency import JudgedVisit, measure_consistency
from reports.consistency_words import describe_consistency, describe_interval, describe_wow
from reports.double_visits import RELIABLE_ALPHA, WEAK_ALPHA
from reports.fair_words import format_points
from reports.lenses.effort import Matter, measure_effort
from reports.lenses.effort_words import describe_effort
from reports.lenses.impressions import RatedVisit, measure_impressions
from reports.lenses.impressions_words import describe_disappointed, describe_impressions
from reports.lenses.loyalty_button import read_button
from reports.lenses.loyalty_button_words import describe_button, describe_strip
from reports.lenses.pyramid import LEVELS, Pyramid, TaggedAnswer, build_pyramid
from reports.lenses.pyramid_words import describe_index, describe_pyramid, name_level, write_share
from reports.lenses.quality_pay import FairFigure, PayComponent, PayFormula, compute_pay
from reports.lenses.quality_pay_words import write_share as write_pay
from reports.lenses.training_effect import measure_effect
from reports.lenses.training_effect_words import describe_effect, describe_group
from reports.lenses.training_rows import TrainingVisit
from reports.method.chapter import Table
from reports.method.texts_of_lenses import WORDS
from reports.numbers import format_number

DAY: Final = date(2026, 3, 2)
LEVEL_SHARES: Final = (Fraction(92, 100), Fraction(85, 100), Fraction(60, 100), Fraction(95, 100))
ETALONSTROY: Final = (15, 10, 10, 10)  # percent of the pay, beside 55 for the trips
PAY_FIGURES: Final = (90, 100, 80, 100)
PRESSES: Final = (200, 80, 4000)  # presses, the dissatisfied among them, customers
DOUBLES: Final = ((("yes", "yes"), 17), (("yes", "no"), 2), (("no", "no"), 1))
GROUP: Final = 6
GAINS: Final = {"trained": 9.0, "control": 2.0}


def tell_lenses(language: Language) -> dict[str, str]:
    """Return the figures of the examples as the texts quote them, by the name of the gap."""
    return {
        **_tell_consistency(language),
        **_tell_pyramid(language),
        **_tell_impressions(language),
        "effort_words": describe_effort(measure_effort(_make_matters()), language),
        **_tell_pay(language),
        **_tell_training(language),
        **_tell_button(language),
        **_tell_agreement(language),
    }


def lay_out_levels(language: Language) -> Table:
    """Lay out the shares of the four levels of the example, from the bottom."""
    rows = tuple(
        (name_level(level.level, language), write_share(level.share, language))
        for level in _build_example().levels
        if level.share is not None
    )
    heads = (fill_in(WORDS, "pyramid_level", language), fill_in(WORDS, "pyramid_share", language))
    return Table(fill_in(WORDS, "pyramid_caption", language), heads, rows)


def _tell_consistency(language: Language) -> dict[str, str]:
    def walk(bases: list[int]) -> list[JudgedVisit]:
        return [
            JudgedVisit(str(n), DAY + timedelta(days=n), Fraction(base), Fraction(1), False, wow=True)
            for n, base in enumerate(bases)
        ]

    kept = measure_consistency(walk([80] * 6))
    lapsed = measure_consistency(walk([80, 80, 80, 60, 80, 80]))
    return {
        "six_of_six": describe_consistency(kept, language),
        "six_of_six_likely": describe_interval(kept.interval, language),
        "wow_not_counted": describe_wow(lapsed.wow, language),
    }


def _build_example() -> Pyramid:
    return build_pyramid(
        [
            TaggedAnswer(str(visit), level, 100 * share, Fraction(100))
            for level, share in zip(LEVELS, LEVEL_SHARES, strict=True)
            for visit in range(6)
        ]
    )


def _tell_pyramid(language: Language) -> dict[str, str]:
    pyramid, mean = _build_example(), sum(LEVEL_SHARES, Fraction(0)) / len(LEVEL_SHARES)
    return {
        "pyramid_words": describe_pyramid(pyramid, language),
        "pyramid_index": describe_index(pyramid, language),
        "pyramid_mean": format_number(mean, language, places=3, least=2),
    }


def _tell_impressions(language: Language) -> dict[str, str]:
    ratings = ((75, 75, 50), (75, 50, 75), (50, 75, 50))
    visits = [
        RatedVisit(str(number), Fraction(expected), Fraction(felt), Fraction(got), expected_before=True)
        for number, (expected, felt, got) in enumerate(ratings)
    ]
    found = measure_impressions(visits)
    words = (describe_impressions(found, language), describe_disappointed(found, language))
    return {"impressions_words": " ".join(words)}


def _make_matters() -> list[Matter]:
    solved = [Matter(str(number), "first_contact", 1) for number in range(7)]
    return [*solved, Matter("7", "later", 2), Matter("8", "later", 4), Matter("9", "never", 3)]


def _tell_pay(language: Language) -> dict[str, str]:
    title = LocalText(ru="Часть", en="Part")
    parts = [PayComponent(str(number), title, Fraction(share)) for number, share in enumerate(ETALONSTROY)]
    visits = tuple(str(number) for number in range(6))
    figures = {
        part.id: FairFigure(Fraction(figure), Fraction(figure), Fraction(figure), visits)
        for part, figure in zip(parts, PAY_FIGURES, strict=True)
    }
    base = Fraction(100 - sum(ETALONSTROY))
    sheet = compute_pay(PayFormula(base, tuple(parts)), figures)
    assert sheet.total is not None, "every component of the example has its figure"
    return {
        "pay_figures": ", ".join(str(figure) for figure in PAY_FIGURES),
        "pay_total": write_pay(sheet.total, language),
    }


def _tell_training(language: Language) -> dict[str, str]:
    trained_on = DAY + timedelta(days=90)
    visits = [
        TrainingVisit(
            visit=f"{group}-{person}-{number}",
            employee=f"{group}-{person}",
            day=trained_on + timedelta(days=20 * (number - 3) + 10),
            # The people of a group differ, and so do their gains: by a point up or down in turn.
            base=70 + 2 * person + (gain + (-1) ** person if number >= 3 else 0) + (number % 3 - 1) * 2,
            auditor=str(number),
            shop="",
        )
        for group, gain in GAINS.items()
        for person in range(GROUP)
        for number in range(6)
    ]
    effect = measure_effect(visits, {f"trained-{person}": trained_on for person in range(GROUP)})
    return {
        "trained_group": f"{fill_in(WORDS, 'trained', language)}: {describe_group(effect.trained, language)}",
        "control_group": f"{fill_in(WORDS, 'control', language)}: {describe_group(effect.control, language)}",
        "training_words": describe_effect(effect, language),
    }


def _tell_button(language: Language) -> dict[str, str]:
    presses, dissatisfied, customers = PRESSES
    reading = read_button(presses, dissatisfied, customers=customers)
    return {
        "button_words": describe_button(reading, language),
        "button_strip": describe_strip(reading, language),
    }


def _tell_agreement(language: Language) -> dict[str, str]:
    units = [values for values, times in DOUBLES for _ in range(times)]
    alpha = find_nominal_alpha(units)
    assert alpha is not None, "the answers of the example differ"
    return {
        "double_visits": str(len(units)),
        "double_differ": str(sum(len(set(values)) > 1 for values in units)),
        "alpha": format_points(alpha, language, places=2),
        "reliable_alpha": format_points(RELIABLE_ALPHA, language, places=2),
        "weak_alpha": format_points(WEAK_ALPHA, language, places=2),
    }
