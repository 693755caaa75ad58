"""What each section counts for in the result, told when a change of weights moves it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checklists.changes.change import Change
from checklists.changes.figures import write_percent
from checklists.changes.names import SHARE_GONE, SHARE_MOVED, SHARE_NEW
from checklists.changes.pairing import pair_entries
from checklists.changes.phrases import Phrase, compose, join_phrases
from checklists.changes.wordings import show_text
from checklists.definition import Checklist, Section
from checklists.shares import find_section_shares


def compare_shares(old: Checklist, new: Checklist) -> Iterator[Change]:
    """Say of each section whose share is another what it was and what it is now.

    A weight counts only beside the other weights: who raises one takes from all the others.
    """
    before, after = find_section_shares(old), find_section_shares(new)
    pairing = pair_entries(old.sections, new.sections, text=lambda section: section.title)
    known = {new_id: before[section.id] for new_id, section in pairing.old_of.items()}
    shares = [(section, known.get(section.id), after[section.id]) for section in new.sections]
    gone = [_compare(section, before[section.id], None) for section in pairing.removed]
    told = [_compare(section, was, now) for section, was, now in shares if was != now] + gone
    if told:
        yield Change("shares_changed", after=join_phrases(told, "; "))


def _compare(section: Section, before: Fraction | None, after: Fraction | None) -> Phrase:
    template = SHARE_NEW if before is None else SHARE_GONE if after is None else SHARE_MOVED
    return compose(template, section=show_text(section.title), before=_write(before), after=_write(after))


def _write(share: Fraction | None) -> Phrase | None:
    """A share in percent with one decimal, which is as exact as anybody reads it."""
    return None if share is None else write_percent(Fraction(round(1000 * share), 10))
