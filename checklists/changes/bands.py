"""How the limits of a number, a length of time or a time of day changed: stricter, easier, or otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checklists.changes.change import Change, report_rewriting
from checklists.changes.figures import write_former_measure, write_measure, write_share
from checklists.changes.phrases import Phrase, compose, join_phrases
from checklists.changes.texts import BAND, BAND_ADDED, BAND_MOVED, BAND_REMOVED, NOW_AND_BEFORE
from checklists.definition import AnswerBand, Question
from checklists.kind_values import read_limit

TIMES = frozenset({"duration", "time"})


def compare_bands(old: Question, new: Question) -> Iterator[Change]:
    """Compare what the measured answer earns; a change of kind lists what the answer earns now."""
    if not new.bands:
        if old.bands and old.kind == new.kind:
            yield Change("bands_dropped", before=_list_bands(old))
    elif old.kind != new.kind:
        yield Change("bands_listed", after=_list_bands(new))
    elif not old.bands:
        yield Change("bands_set", after=_list_bands(new))
    elif old.bands != new.bands:
        yield _compare_steps(old, new)


def _compare_steps(old: Question, new: Question) -> Change:
    olds, news = ([(read_limit(band.upto), band.share) for band in side.bands] for side in (old, new))
    limits = {limit for limit, _share in (*olds, *news)}
    gains = [_earn(news, limit) - _earn(olds, limit) for limit in limits]
    if not any(gains):
        return report_rewriting("bands")
    topic = "time" if new.kind in TIMES else "limits"
    if all(gain <= 0 for gain in gains):
        return Change(f"{topic}_stricter", after=_tell_difference(old, new))
    if all(gain >= 0 for gain in gains):
        return Change(f"{topic}_easier", after=_tell_difference(old, new))
    return Change("limits_changed", after=_tell_difference(old, new))


def _earn(steps: list[tuple[Fraction, Fraction]], measured: Fraction) -> Fraction:
    return next((share for limit, share in steps if measured <= limit), Fraction(0))


def _tell_difference(old: Question, new: Question) -> Phrase:
    """Set step against step where each share stands once, else one whole list against the other."""
    olds, news = ({band.share: band for band in side.bands} for side in (old, new))
    if len(olds) < len(old.bands) or len(news) < len(new.bands):
        return compose(NOW_AND_BEFORE, after=_list_bands(new), before=_list_bands(old))
    told = [_tell_step(new.kind, band, olds.get(band.share)) for band in new.bands if band not in old.bands]
    gone = [_write_band(new.kind, band, BAND_REMOVED) for band in old.bands if band.share not in news]
    return join_phrases([*told, *gone])


def _tell_step(kind: str, band: AnswerBand, former: AnswerBand | None) -> Phrase:
    if former is None:
        return _write_band(kind, band, BAND_ADDED)
    was = write_former_measure(kind, former.upto, beside=band.upto)
    return compose(
        BAND_MOVED, share=write_share(band.share), limit=write_measure(kind, band.upto), former=was
    )


def _list_bands(question: Question) -> Phrase:
    return join_phrases(_write_band(question.kind, band, BAND) for band in question.bands)


def _write_band(kind: str, band: AnswerBand, template: Phrase) -> Phrase:
    return compose(template, share=write_share(band.share), limit=write_measure(kind, band.upto))
