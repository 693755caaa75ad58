"""The visit form: fields built from a frozen checklist version, without a token (the origin is checked)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import Field, MultipleFileField, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from checklists.definition import Checklist, Question
from checklists.localtext import Language
from mystery.sheets.answer_fields import choose_field
from mystery.sheets.raw_sheet import LONGEST_WRITER, RawSheet, read_part
from mystery.sheets.visit_facts import join_employee, join_moment, split_employee, split_moment

LONGEST_REVISION = 9


class VisitForm(BaseForm):
    """The whole page as fields: facts ``v.…``, answers ``a.<id>``, comments ``c.<id>``, photos ``p.<id>``."""

    def __init__(self, checklist: Checklist, language: Language) -> None:
        fields: dict[str, Any] = {
            "revision": StringField(),
            "writer": StringField(),
            "turn": StringField(),
            "v.day": StringField(),
            "v.clock": StringField(),
            "v.employee": StringField(),
            "v.note": StringField(),
        }
        for question in checklist.questions():
            fields |= list_question_fields(question, language)
        super().__init__(fields, meta=_Meta())
        self.checklist = checklist

    def show(self, raw: RawSheet, revision: int) -> None:
        """Fill the form with what was entered so far."""
        answers, comments, facts = (read_part(raw, part) for part in ("answers", "comments", "visit"))
        day, clock = split_moment(facts.get("date"))
        employee, note = split_employee(facts.get("employee"))
        data: dict[str, Any] = {"revision": str(revision), "v.day": day, "v.clock": clock}
        data |= {"v.employee": employee, "v.note": note}
        data |= {f"a.{name}": value for name, value in answers.items()}
        data |= {f"c.{name}": value for name, value in comments.items()}
        self.process(None, data=data)

    def read(self, sent: MultiDict[str, Any]) -> dict[str, Any]:
        """What a browser sent, as a raw sheet: everything that was entered, whether it parses or not."""
        self.process(sent)
        questions = list(self.checklist.questions())
        answers = {each.id: _unfold(self[f"a.{each.id}"].data) for each in questions}
        comments = {each.id: _unfold(self[f"c.{each.id}"].data) or "" for each in questions}
        facts = {
            "date": join_moment(self._text("v.day"), self._text("v.clock")),
            "employee": join_employee(self._text("v.employee"), self._text("v.note")),
        }
        return {
            "visit": {name: value for name, value in facts.items() if value},
            "answers": {name: value for name, value in answers.items() if value is not None},
            "comments": {name: text for name, text in comments.items() if text.strip()},
        }

    @property
    def revision(self) -> int:
        """The draft revision the page was opened with; -1, which no draft has, when it is nonsense."""
        return self._number("revision")

    @property
    def origin(self) -> dict[str, Any]:
        """Which draft of which device was posted, and how far it had come; empty unless a script says so."""
        writer, turn = self._text("writer"), self._number("turn")
        return {"writer": writer, "turn": turn} if 0 < len(writer) <= LONGEST_WRITER and turn > 0 else {}

    def list_photos(self) -> Iterator[tuple[str, FileStorage]]:
        """The pictures that came along, each with its question."""
        for question in self.checklist.questions():
            field: Field | None = self._fields.get(f"p.{question.id}")
            for upload in (field.data or []) if field is not None else []:
                if isinstance(upload, FileStorage) and upload.filename:
                    yield question.id, upload

    def _number(self, name: str) -> int:
        text = self._text(name)
        sane = text.isascii() and text.isdigit() and len(text) <= LONGEST_REVISION
        return int(text) if sane else -1

    def _text(self, name: str) -> str:
        return str(self[name].data or "")


class _Meta(DefaultMeta):
    """Plain WTForms: no token, and our own words for what is wrong."""

    locales = False

    def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
        return formdata


def list_question_fields(question: Question, language: Language) -> dict[str, UnboundField[Any]]:
    """The fields of one question: answer, comment, and photos where they are asked for."""
    answer: Any = choose_field(question)(question=question, language=language, id=f"a-{question.id}")
    fields: dict[str, Any] = {
        f"a.{question.id}": answer,
        f"c.{question.id}": TextAreaField(id=f"c-{question.id}"),
    }
    if takes_photos(question):
        fields[f"p.{question.id}"] = MultipleFileField(id=f"p-{question.id}")
    return fields


def takes_photos(question: Question) -> bool:
    """Whether photos may be added to a question."""
    return question.kind == "photo" or question.evidence.photo != "none"


def _unfold(value: Any) -> Any:
    # Browsers send line ends as two characters, whatever was typed.
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def list_buttons(pressed: Sequence[str]) -> tuple[str, str]:
    """The pressed button and what it is about: ("save", "<section>"), ("remove", "<photo>"), ("send", "")."""
    name, _, subject = (pressed[0] if pressed else "save").partition(":")
    return (name, subject) if name in ("save", "remove", "send") else ("save", "")
