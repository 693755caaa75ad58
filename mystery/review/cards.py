"""The cards of a visit's page: what was raised, in words, with the version or the file it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from checklists.localtext import Language
from mystery.models import VisitState
from mystery.review.cases import Case, KeptCopy, Raised, UnreadableFile
from mystery.review.differences import Comparison, Difference
from mystery.review.queries import KIND_ORDER
from mystery.review.words import say_meaning


@dataclass(frozen=True)
class TwoVersions:
    """Two versions of one visit side by side; ``counting`` is the place of the one that counts, or None.

    ``keep`` and ``choose`` are what the buttons say.
    """

    names: tuple[str, str]
    counting: int | None
    differences: tuple[Difference, ...]
    keep: str
    choose: str


@dataclass(frozen=True)
class FlagCard:
    """One thing that was raised, in words, with the other content or the file it is about."""

    flag: Raised
    meaning: str
    versions: TwoVersions | None
    file: UnreadableFile | None
    file_number: str


def list_cards(case: Case, language: Language, numbers: Mapping[str, str]) -> tuple[FlagCard, ...]:
    """A card for everything that was raised about a visit, what decides over most first."""
    files = {str(file.id): file for file in case.unreadable}
    cards = []
    for flag in sorted(case.flags, key=lambda flag: KIND_ORDER.index(flag.kind)):
        digest = str(flag.detail.get("copy") or "")
        copy = case.copies.get(digest)
        file = files.get(str(flag.detail.get("upload")))
        cards.append(
            FlagCard(
                flag,
                say_meaning(flag, case),
                _lay_side_by_side(case, language, digest, copy) if copy else None,
                file,
                numbers.get(file.question, "") if file else "",
            )
        )
    return tuple(cards)


def _lay_side_by_side(case: Case, language: Language, digest: str, copy: KeptCopy) -> TwoVersions:
    is_chosen = case.chosen == digest
    ours = case.first if is_chosen else case.raw
    comparison = Comparison(case.checklist, case.time_zone, case.people, language)
    first, later = _("Sent first"), _("Sent later") if copy.was_sent else _("Saved, not sent")
    # Where a third version counts, that is what the copy stands against.
    other = _("Chosen before") if case.chosen and not is_chosen else first
    return TwoVersions(
        names=(str(other), str(later)),
        counting=int(is_chosen) if case.state is VisitState.SUBMITTED else None,
        differences=tuple(comparison.compare(ours, copy.raw)),
        keep=str(_("Keep the chosen one") if case.chosen else _("Keep the one sent first")),
        choose=str(_("Let the one sent first count") if is_chosen else _("Let the other one count")),
    )
