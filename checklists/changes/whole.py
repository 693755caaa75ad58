"""How the checklist as a whole changed: its texts, its rules of scoring, its results and scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from checklists.changes.change import (
    Change,
    compare_optional,
    compare_rule,
    compare_value,
    place_changes,
)
from checklists.changes.figures import write_percent
from checklists.changes.names import (
    BAND_CODE,
    BAND_LABEL,
    CHANNELS,
    NAMES,
    RESULT_FROM,
    SCORING_MODES,
    UNKNOWN_SCENARIO,
)
from checklists.changes.pairing import find_moved, pair_entries
from checklists.changes.phrases import Phrase, compose, quote
from checklists.changes.shares import compare_shares
from checklists.changes.wordings import compare_optional_wording, compare_wording, show_text
from checklists.definition import Band, Checklist
from checklists.scenarios import load_scenarios


def compare_whole(old: Checklist, new: Checklist) -> Iterator[Change]:
    """Yield what changed above the sections."""
    for field, compare in COMPARERS.items():
        yield from place_changes(compare(old, new), field)


def _compare_codes(old: Checklist, new: Checklist) -> Iterator[Change]:
    if old.checklist != new.checklist:
        yield Change("renamed", NAMES["checklist"])


def _compare_channels(old: Checklist, new: Checklist) -> Iterator[Change]:
    words = (CHANNELS[old.channel], CHANNELS[new.channel])
    return compare_rule("channel", old.channel, new.channel, words)


def _compare_modes(old: Checklist, new: Checklist) -> Iterator[Change]:
    modes = (old.scoring.mode, new.scoring.mode)
    return compare_rule("scoring_mode", *modes, (SCORING_MODES[modes[0]], SCORING_MODES[modes[1]]))


def _compare_pass_marks(old: Checklist, new: Checklist) -> Iterator[Change]:
    marks = (old.scoring.pass_mark, new.scoring.pass_mark)
    words = [None if mark is None else write_percent(mark) for mark in marks]
    return compare_optional("pass_mark", *marks, (words[0], words[1]))


def _compare_highest(old: Checklist, new: Checklist) -> Iterator[Change]:
    marks = (old.scoring.max_final, new.scoring.max_final)
    return compare_value("max_final", *marks, (write_percent(marks[0]), write_percent(marks[1])))


def _compare_satisfactory(old: Checklist, new: Checklist) -> Iterator[Change]:
    marks = (old.scoring.satisfactory, new.scoring.satisfactory)
    return compare_value("satisfactory", *marks, (_write_from(marks[0]), _write_from(marks[1])))


def _compare_results(old: Checklist, new: Checklist) -> Iterator[Change]:
    pairing = pair_entries(old.bands, new.bands, text=lambda band: band.label)
    for band in pairing.removed:
        yield Change("result_removed", show_text(band.label), before=_write_from(band.at))
    for band in new.bands:
        former = pairing.old_of.get(band.id)
        if former is None:
            yield Change("result_added", show_text(band.label), after=_write_from(band.at))
        else:
            yield from _compare_result(former, band)


def _compare_result(old: Band, new: Band) -> Iterator[Change]:
    name = show_text(new.label)
    if old.id != new.id:
        yield Change("renamed", compose(BAND_CODE, band=name))
    yield from compare_wording(compose(BAND_LABEL, band=name), old.label, new.label)
    if old.at != new.at:
        yield Change("result_moved", name, before=_write_from(old.at), after=_write_from(new.at))


def _compare_scenarios(old: Checklist, new: Checklist) -> Iterator[Change]:
    for scenario in old.scenarios:
        if scenario not in new.scenarios:
            yield Change("scenario_removed", before=_name_scenario(scenario))
    for scenario in new.scenarios:
        if scenario not in old.scenarios:
            yield Change("scenario_added", after=_name_scenario(scenario))
    if find_moved(old.scenarios, new.scenarios) or _only_repeats(old.scenarios, new.scenarios):
        yield Change("scenarios_reordered")


def _only_repeats(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Say whether the lists differ only in how often they name the same scenario."""
    return set(old) == set(new) and len(old) != len(new)


def _name_scenario(scenario: str) -> Phrase:
    known = load_scenarios().get(scenario)
    return UNKNOWN_SCENARIO if known is None else quote(known.title)


def _write_from(mark: Fraction) -> Phrase:
    return compose(RESULT_FROM, mark=write_percent(mark))


COMPARERS: Mapping[str, Callable[[Checklist, Checklist], Iterator[Change]]] = {
    "checklist": _compare_codes,
    "title": lambda old, new: compare_wording(NAMES["title"], old.title, new.title),
    "introduction": lambda old, new: compare_optional_wording(
        "introduction", old.introduction, new.introduction
    ),
    "channel": _compare_channels,
    "scenarios": _compare_scenarios,
    "scoring.mode": _compare_modes,
    "scoring.pass_mark": _compare_pass_marks,
    "scoring.satisfactory": _compare_satisfactory,
    "scoring.max_final": _compare_highest,
    "bands": _compare_results,
    "sections": compare_shares,
}
