"""The sentences of a fair comparison in both languages: for people who never read about statistics.

Texts stand in `fair_texts`; here they are chosen and filled in. Nobody is an error, nobody has a place, and
what cannot be told is said with what is missing.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from checklists.exact import round_half_up
from checklists.localtext import Language
from checklists.scorecard import display_percent
from reports.catalogues import fill_in, pick_text
from reports.fair_rows import (
    RELIABLE_PERCENT,
    FairComparison,
    FairPerson,
    FairWarning,
    Figure,
    PairComparison,
    Reason,
    Standing,
)
from reports.fair_texts import FACTORS, METHOD, WORDS
from reports.numbers import MOST_PLACES, format_number, format_signed, round_percent
from reports.plurals import count_of

PRINTED_PLACES: Final = 1
NEAR_ZERO_PLACES: Final = 2  # of a limit that one decimal would print as zero
SURE_PERCENT: Final = (1, 99)  # a chance is never printed as 0 or 100


def say_fair(key: str, language: Language, **details: object) -> str:
    """Give the word for a key in a language; KeyError for a key that the catalogue does not have."""
    return fill_in(WORDS, key, language, **details)


def name_figure(figure: Figure, language: Language) -> str:
    """Name a figure: against shop colleagues, or what the customer got (CP-02)."""
    return say_fair(f"figure_{figure}", language)


def describe_step(kind: str, figure: Figure, language: Language) -> str:
    """Name a step of the waterfall of a figure, in the words of the reader."""
    return say_fair(_find_step(kind, figure), language)


def explain_step(kind: str, figure: Figure, language: Language) -> str:
    """Say what a step takes out; the shop stays in what the customer got (CP-02)."""
    return say_fair(f"{_find_step(kind, figure)}_meaning", language)


def describe_person(person: FairPerson, comparison: FairComparison, language: Language) -> str:
    """Write the one sentence about a person: figure, interval, visits, and where it stands (CP-06)."""
    if person.waterfall is None or person.low is None or person.high is None:
        return describe_state(person, comparison, language)
    likely = say_fair(
        "likely",
        language,
        fair=format_points(person.waterfall.fair, language),
        low=format_points(person.low, language, places=0),
        high=format_points(person.high, language, places=0),
        visits=count_of(len(person.visits), "visits", language),
        auditors=count_of(person.auditors, "auditors", language),
    )
    standing = describe_standing(person.standing, language)
    return f"{likely}; {standing}." if standing else f"{likely}."


def describe_standing(standing: Standing | None, language: Language) -> str:
    """Say where a person stands beside shop colleagues or the region; empty where nobody is there."""
    if standing is None:
        return ""
    key = f"{standing.state}_{standing.beside}"
    return say_fair(key, language, points=format_points(abs(standing.difference), language))


def describe_state(person: FairPerson, comparison: FairComparison, language: Language) -> str:
    """Say why a person has no figure yet; empty where there is one."""
    if person.state == "shown":
        return ""
    if person.state == "not_enough_visits" or comparison.why_not is None:
        return say_fair("not_enough_visits", language, available=len(person.visits), needed=person.needed)
    return describe_reason(comparison.why_not, language)


def describe_reason(reason: Reason, language: Language) -> str:
    """Say why something cannot be told, and where possible what would help."""
    return say_fair(
        reason.code,
        language,
        available=reason.available,
        needed=reason.needed,
        whole=count_of(reason.whole, "of_visits", language),
        share=_write_share(reason, language),
        factors=_join_factors(reason.factors, language),
    )


def _write_share(reason: Reason, language: Language) -> str:
    """The percentage that is there, never printed as the one that is needed (SC-09); empty for no share."""
    if not reason.whole:
        return ""
    share = Fraction(100 * reason.available, reason.whole)
    return format_number(display_percent(share, (Fraction(reason.needed),)), language, places=MOST_PLACES)


def describe_warning(warning: FairWarning, language: Language) -> str:
    """Say what to be wary of (CP-07)."""
    percent = "" if warning.share is None else format_points(100 * warning.share, language, places=0)
    return say_fair(f"warning_{warning.code}", language, percent=percent)


def describe_pair(pair: PairComparison, names: Mapping[str, str], language: Language) -> str:
    """Say whether two people differ, or why that cannot be told (CP-02, CP-03)."""
    if pair.why_not is not None:
        return describe_reason(pair.why_not, language)
    facing = pair.face()
    if facing.chance is None or facing.difference is None or facing.low is None or facing.high is None:
        return say_fair("pair_untold", language)
    low, high = write_limits(facing.low, facing.high, language, is_called=pair.state == "called")
    return say_fair(
        f"pair_{pair.state}",
        language,
        one=names[facing.one],
        other=names[facing.other],
        points=format_points(abs(facing.difference), language),
        low=low,
        high=high,
        chance=_round_chance(facing.chance),
    )


def describe_chances(
    pair: PairComparison, names: Mapping[str, str], called_from: float, language: Language
) -> str:
    """Say both chances of a pair, the first named first, and from where on one would be called (CP-03)."""
    if pair.chance is None:
        return ""
    above = _round_chance(pair.chance)
    return say_fair(
        "pair_chances",
        language,
        one=names[pair.one],
        other=names[pair.other],
        above=above,
        below=100 - above,
        needed=format_number(_clean(100 * called_from), language, places=1),
    )


def describe_reliability(comparison: FairComparison, language: Language) -> str:
    """Say how many visits it takes before a figure is mostly about what it judges (CP-06).

    That is the person, and in what the customer got also the shops the person worked in (CP-02).
    """
    if not comparison.reliability:
        return ""
    needed, judged = comparison.visits_needed, "_with_shops" if comparison.includes_shops else ""
    if needed is None or needed not in comparison.reliability:
        most = max(comparison.reliability)
        percent = 100 * Fraction(_clean(comparison.reliability[most]))
        share = format_number(
            round_percent(percent, (Fraction(RELIABLE_PERCENT),)), language, places=MOST_PLACES
        )
        counted = count_of(most, "visits", language)
        return say_fair(f"reliability_never{judged}", language, most=counted, share=share)
    return say_fair(f"reliability{judged}", language, visits=count_of(needed, "visits", language))


def describe_spreads(comparison: FairComparison, language: Language) -> str:
    """Print the programme's own sds, in points (CP-06); empty where there is no model, or too few people."""
    parts = [
        f"{pick_text(FACTORS, name, language)} {format_points(sd, language)}"
        for name, sd in comparison.spreads.items()
    ]
    return f"{say_fair('sds', language)}: {', '.join(parts)}" if parts else ""


def explain_method(language: Language) -> list[str]:
    """Explain the method to somebody without statistics, a sentence or two a line."""
    return [say_fair(key, language) for key in METHOD]


def format_points(value: float | Decimal, language: Language, *, places: int = PRINTED_PLACES) -> str:
    """Write points or percent, freed of binary noise."""
    return format_number(_clean(value), language, places=places, least=places)


def format_signed_points(value: float, language: Language, *, places: int = PRINTED_PLACES) -> str:
    """Write a difference in points with its sign, freed of binary noise; what rounds to nothing has none."""
    rounded = round_half_up(Fraction(_clean(value)), places)
    return format_signed(rounded, language, places=places)


def write_limits(
    low: float, high: float, language: Language, *, is_called: bool, signed: bool = True
) -> tuple[str, str]:
    """Write the limits of a difference, so that the reader sees whether they keep clear of zero (CP-03).

    Each has one decimal; one near zero has two, or is in words ("just above 0") where even these print zero.
    Both limits of a difference that is called are on its own side, whatever binary noise makes of them.
    """
    side = (low + high > 0) - (low + high < 0) if is_called else 0
    first, last = (_write_limit(each, side, language, signed=signed) for each in (low, high))
    return first, last


def _write_limit(limit: float, side: int, language: Language, *, signed: bool) -> str:
    exact = Fraction(_clean(limit))
    if side and exact * side <= 0:
        return say_fair("just_above" if side > 0 else "just_below", language)
    shown = [places for places in (PRINTED_PLACES, NEAR_ZERO_PLACES) if round_half_up(exact, places)]
    if exact and not shown:
        return say_fair("just_above" if exact > 0 else "just_below", language)
    write = format_signed_points if signed else format_points
    return write(limit, language, places=shown[0] if shown else PRINTED_PLACES)


def _find_step(kind: str, figure: Figure) -> str:
    own = f"step_{kind}_{figure}"
    return own if own in WORDS else f"step_{kind}"


def _round_chance(chance: float) -> int:
    """Write a chance as a whole percent; none is printed as certain."""
    return min(max(round(100 * chance), SURE_PERCENT[0]), SURE_PERCENT[1])


def _clean(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(round(value, 9)))


def _join_factors(factors: tuple[str, ...], language: Language) -> str:
    return ", ".join(pick_text(FACTORS, name, language) for name in factors if name in FACTORS)
