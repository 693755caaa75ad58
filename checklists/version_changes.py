"""The difference between two versions of a checklist, in sentences a programme lead understands at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checklists.changes.change import Change, compare_optional, compare_value, place_changes
from checklists.changes.figures import write_number, write_percent
from checklists.changes.groups import QuestionChanges, SectionChanges, group_changes
from checklists.changes.names import NAMES, QUESTION_IN_SHORT
from checklists.changes.pairing import Pairing, find_moved, pair_entries
from checklists.changes.phrases import Phrase, compose
from checklists.changes.questions import QuestionPair, compare_questions
from checklists.changes.rules import describe_kind
from checklists.changes.texts import CHANGES
from checklists.changes.whole import compare_whole
from checklists.changes.wordings import compare_wording, show_text
from checklists.definition import Checklist, Question, Section
from checklists.problems import Place

__all__ = ["CHANGES", "Change", "QuestionChanges", "SectionChanges", "describe_changes", "group_changes"]

MANY_MOVES = 3


def describe_changes(old: Checklist, new: Checklist) -> list[Change]:
    """Return what a reader of both versions would see as different; equal versions give an empty list.

    First comes what concerns the whole, then the sections in their new order with their questions, at last
    the sections that are gone.
    """
    return list(_Comparison(old, new).compare())


@dataclass(frozen=True)
class _Neighbour:
    """An entry that may have moved: its id and how it is called."""

    id: str
    name: Phrase


class _Comparison:
    def __init__(self, old: Checklist, new: Checklist) -> None:
        self.old, self.new = old, new
        self.sections: Pairing[Section] = pair_entries(
            old.sections, new.sections, text=lambda section: section.title
        )
        self.questions: Pairing[Question] = pair_entries(
            old.questions(), new.questions(), text=lambda question: question.text
        )
        self.gone = {question.id for question in self.questions.removed}
        self.homes = {question.id: section for section in old.sections for question in section.questions}

    def compare(self) -> Iterator[Change]:
        yield from compare_whole(self.old, self.new)
        moves = self._list_section_moves()
        if len(moves) > MANY_MOVES:
            yield Change("sections_reordered")
            moves = {}
        for section in self.new.sections:
            yield from self._compare_section(section, moves.get(section.id))
        for section in self.sections.removed:
            yield self._place(Change("section_removed", before=write_number(section.weight)), section)
            yield from self._list_removed(section, heading=section)

    def _compare_section(self, section: Section, move: Change | None) -> Iterator[Change]:
        former = self.sections.old_of.get(section.id)
        if former is None:
            yield self._place(Change("section_added", after=write_number(section.weight)), section)
        else:
            changes = [*_compare_sections(former, section), *([move] if move else [])]
            yield from (self._place(change, section) for change in changes)
        moves = {} if former is None else self._list_question_moves(former, section)
        if len(moves) > MANY_MOVES:
            yield self._place(Change("questions_reordered"), section)
            moves = {}
        for question in section.questions:
            yield from (
                self._place(change, section, question)
                for change in self._compare_question(section, question, moves.get(question.id))
            )
        if former is not None:
            yield from self._list_removed(former, heading=section)

    def _compare_question(
        self, section: Section, question: Question, move: Change | None
    ) -> Iterator[Change]:
        former = self.questions.old_of.get(question.id)
        if former is None:
            yield Change("question_added", after=_describe_in_short(question))
            return
        home, now = self.homes[former.id], self.sections.old_of.get(section.id)
        if now is None or home.id != now.id:
            yield Change("question_moved", before=show_text(home.title))
        if move is not None:
            yield move
        yield from compare_questions(QuestionPair(former, question, self.old, self.new))

    def _list_removed(self, section: Section, *, heading: Section) -> Iterator[Change]:
        for question in section.questions:
            if question.id in self.gone:
                change = Change("question_removed", before=_describe_in_short(question))
                yield self._place(change, heading, question)

    def _list_section_moves(self) -> dict[str, Change]:
        new_ids = self.sections.new_ids
        before = [new_ids[section.id] for section in self.old.sections if section.id in new_ids]
        order = [_Neighbour(section.id, show_text(section.title)) for section in self.new.sections]
        return _list_moves("section", before, order)

    def _list_question_moves(self, former: Section, section: Section) -> dict[str, Change]:
        new_ids = self.questions.new_ids
        before = [new_ids[question.id] for question in former.questions if question.id in new_ids]
        order = [_Neighbour(question.id, show_text(question.text)) for question in section.questions]
        return _list_moves("question", before, order)

    def _place(self, change: Change, section: Section, question: Question | None = None) -> Change:
        place = replace(change.place, section=section.id, question=question.id if question else None)
        return replace(
            change, place=place, section=section.title, question=question.text if question else None
        )


def _compare_sections(old: Section, new: Section) -> Iterator[Change]:
    if old.id != new.id:
        yield Change("renamed", NAMES["section_code"], place=Place(field="id"))
    yield from place_changes(compare_wording(NAMES["section_title"], old.title, new.title), "title")
    weights = (write_number(old.weight), write_number(new.weight))
    yield from place_changes(compare_value("section_weight", old.weight, new.weight, weights), "weight")
    marks = [None if side.pass_mark is None else write_percent(side.pass_mark) for side in (old, new)]
    words = (marks[0], marks[1])
    found = compare_optional("section_pass_mark", old.pass_mark, new.pass_mark, words)
    yield from place_changes(found, "pass_mark")


def _list_moves(what: str, before: Sequence[str], order: Sequence[_Neighbour]) -> dict[str, Change]:
    """Return a sentence for every entry that stands elsewhere among its neighbours, by its new id."""
    moved = set(find_moved(before, [entry.id for entry in order]))
    moves = {}
    for number, entry in enumerate(order):
        if entry.id in moved and number == 0:
            moves[entry.id] = Change(f"{what}_placed_first")
        elif entry.id in moved:
            moves[entry.id] = Change(f"{what}_placed", after=order[number - 1].name)
    return moves


def _describe_in_short(question: Question) -> Phrase:
    return compose(QUESTION_IN_SHORT, kind=describe_kind(question), weight=write_number(question.weight))
