"""A submitted visit as it counts: the answers as sent, with what was corrected since in their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.answers import AnswerSheet
from checklists.corrections import Replacement, correct_answers
from checklists.definition import Checklist
from checklists.scorecard import Scorecard
from checklists.scoring import score_visit
from checklists.visibility import shown_questions
from mystery.models import Visit, parse_version
from mystery.sheets.frozen_visit import CheckedVisit, refreeze_visit
from mystery.sheets.raw_sheet import RawSheet, read_raw
from mystery.sheets.recall import list_recall_minutes
from mystery.sheets.submission import count_photos, read_sheet


@dataclass(frozen=True)
class CountedSheet:
    """What counts of a visit: the raw answers with corrections in them, typed and scored.

    ``shown`` are the questions that are in the visit at all (SC-02).
    """

    checklist: Checklist
    raw: RawSheet
    photos: dict[str, int]
    sheet: AnswerSheet
    card: Scorecard
    shown: frozenset[str]

    def replace(self, question: str, answer: str | None) -> CountedSheet:
        """The same with one more answer replaced (JSON of an answers file; None takes it away)."""
        return _score(self.checklist, correct_answers(self.raw, [(question, answer)]), self.photos)


def count_sent(visit: Visit) -> CountedSheet:
    """What counted when the visit was sent, whatever was corrected since."""
    return _read(visit, ())


def count_corrected(visit: Visit) -> CountedSheet:
    """What counts now."""
    return _read(visit, ((each.question, each.after) for each in visit.corrections))


def keep_corrected(visit: Visit, counted: CountedSheet) -> None:
    """Freeze the numbers of ``counted`` as those of the visit. Commits nothing."""
    assert visit.visited_at is not None, "a submitted visit has its moment"
    checked = CheckedVisit(
        checklist=counted.checklist,
        sheet=counted.sheet,
        card=counted.card,
        visited_at=visit.visited_at,
        employee_id=visit.employee_id,
        employee_note=visit.employee_note,
        recall=list_recall_minutes(counted.raw, visit.visited_at),
    )
    refreeze_visit(visit.id, checked)


def _read(visit: Visit, replacements: Iterable[Replacement]) -> CountedSheet:
    sent = read_raw(visit.counted_answers)
    checklist = parse_version(visit.version.content)
    return _score(checklist, correct_answers(sent, replacements), count_photos(visit.id))


def _score(checklist: Checklist, raw: RawSheet, photos: dict[str, int]) -> CountedSheet:
    sheet, _unread = read_sheet(checklist, raw, photos)
    return CountedSheet(
        checklist=checklist,
        raw=raw,
        photos=photos,
        sheet=sheet,
        card=score_visit(checklist, sheet),
        shown=shown_questions(checklist, sheet.answers),
    )
