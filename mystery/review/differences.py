"""Two contents of one visit side by side: only what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from checklists.definition import Checklist
from checklists.localtext import Language
from mystery.review.facts import say_employee, say_moment
from mystery.sheets.answer_words import say_answer
from mystery.sheets.numbering import number_questions
from mystery.sheets.raw_sheet import RawSheet, read_part


@dataclass(frozen=True)
class Side:
    """What one content says: the answer in words, and the comment where there is one."""

    answer: str
    comment: str = ""


@dataclass(frozen=True)
class Difference:
    """One place at which two contents differ; facts of the visit have no number."""

    number: str
    text: str
    counted: Side
    other: Side


@dataclass(frozen=True)
class Comparison:
    """Everything needed to say what stands in a sheet: its version, the people it may name, the language."""

    checklist: Checklist
    time_zone: str
    people: Mapping[UUID, str]
    language: Language

    def compare(self, counted: RawSheet, other: RawSheet) -> list[Difference]:
        """Where two contents differ, in the order of the checklist."""
        return [*self._compare_facts(counted, other), *self._compare_answers(counted, other)]

    def _compare_facts(self, counted: RawSheet, other: RawSheet) -> Iterator[Difference]:
        ours, theirs = read_part(counted, "visit"), read_part(other, "visit")
        if ours.get("date") != theirs.get("date"):
            sides = [Side(say_moment(facts.get("date"), self.time_zone)) for facts in (ours, theirs)]
            yield Difference("", _("When the visit was made"), *sides)
        if ours.get("employee") != theirs.get("employee"):
            sides = [Side(say_employee(facts.get("employee"), self.people)) for facts in (ours, theirs)]
            yield Difference("", _("Who served"), *sides)

    def _compare_answers(self, counted: RawSheet, other: RawSheet) -> Iterator[Difference]:
        numbers = number_questions(self.checklist)
        for question in self.checklist.questions():
            ours, theirs = (
                (
                    read_part(raw, "answers").get(question.id),
                    str(read_part(raw, "comments").get(question.id) or ""),
                )
                for raw in (counted, other)
            )
            if ours != theirs:
                sides = [
                    Side(say_answer(question, answer, self.language), comment)
                    for answer, comment in (ours, theirs)
                ]
                yield Difference(numbers[question.id], question.text.in_language(self.language), *sides)
