"""How the possible answers of a question changed: scale, options, descriptions, and what each earns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from checklists.changes.change import Change, compare_optional, report_rewriting
from checklists.changes.figures import write_number, write_points
from checklists.changes.names import OF_OPTION, OPTION_ANCHOR, OPTION_CODE, STEP_ANCHOR
from checklists.changes.pairing import find_moved, pair_entries
from checklists.changes.phrases import Phrase, compose, join_phrases
from checklists.changes.rules import describe_scale
from checklists.changes.texts import OPTION_WORTH
from checklists.changes.wordings import compare_wording, show_text
from checklists.definition import Option, Question
from checklists.localtext import LocalText


def compare_scales(old: Question, new: Question) -> Iterator[Change]:
    """Compare the ends of a scale and what its steps look like; a change of kind tells the ends itself."""
    if new.scale is None:
        return
    was = old.scale
    if was is not None:
        ends = ((was.low, was.high), (new.scale.low, new.scale.high))
        yield from compare_optional("scale", *ends, (describe_scale(was), describe_scale(new.scale)))
    olds = was.anchors if was is not None else {}
    for step in sorted({*olds, *new.scale.anchors}):
        subject = compose(STEP_ANCHOR, step=write_number(Fraction(step)))
        yield from compare_anchor(subject, olds.get(step), new.scale.anchors.get(step))


def compare_options(old: Question, new: Question) -> Iterator[Change]:
    """Compare the answers of a list: added, removed, reworded, worth more or less, in another order."""
    if not new.options:
        return
    if not old.options:
        yield Change("options_listed", after=join_phrases(_show_worth(option) for option in new.options))
        return
    pairing = pair_entries(old.options, new.options, text=lambda option: option.text)
    for option in pairing.removed:
        yield Change("option_removed", show_text(option.text), before=write_points(option.points))
    for option in new.options:
        former = pairing.old_of.get(option.id)
        if former is None:
            yield Change("option_added", show_text(option.text), after=write_points(option.points))
        else:
            yield from _compare_option(former, option)
    kept = [pairing.new_ids[option.id] for option in old.options if option.id in pairing.new_ids]
    if find_moved(kept, [option.id for option in new.options]):
        yield Change("options_reordered")


def compare_modes(old: Question, new: Question) -> Iterator[Change]:
    """Compare how ticked answers are counted; a change of kind tells it itself."""
    if old.mode == new.mode or old.kind != new.kind:
        return
    if "all" not in (old.mode, new.mode):
        yield report_rewriting("mode")
    else:
        yield Change("multi_full_set" if new.mode == "all" else "multi_each")


def compare_anchor(subject: Phrase, old: LocalText | None, new: LocalText | None) -> Iterator[Change]:
    """Compare the description of one answer or one step, which may be absent."""
    if old is not None and new is not None:
        yield from compare_wording(subject, old, new)
    elif new is not None:
        yield Change("anchor_set", subject, after=show_text(new))
    elif old is not None:
        yield Change("anchor_dropped", subject, before=show_text(old))


def _compare_option(old: Option, new: Option) -> Iterator[Change]:
    name = show_text(new.text)
    if old.id != new.id:
        yield Change("renamed", compose(OPTION_CODE, option=name))
    yield from compare_wording(compose(OF_OPTION, option=name), old.text, new.text)
    if old.points != new.points:
        worth = replace(Change("option_points", name), before=write_points(old.points))
        yield replace(worth, after=write_points(new.points))
    yield from compare_anchor(compose(OPTION_ANCHOR, option=name), old.anchor, new.anchor)


def _show_worth(option: Option) -> Phrase:
    return compose(OPTION_WORTH, option=show_text(option.text), points=write_points(option.points))
