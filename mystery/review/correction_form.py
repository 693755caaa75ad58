"""The form in which an answer is corrected: the question as the checklist asks it, and the reason."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from checklists.definition import Question
from checklists.localtext import Language
from mystery.review.correcting import LONGEST_REASON, Proposal
from mystery.sheets.answer_fields import choose_field
from mystery.web.forms import OfficeForm

LONGEST_COUNT = 6


def _tidy_reason(text: Any) -> Any:
    # No database text can hold a NUL, and no reader misses it.
    return text.replace("\0", "").replace("\r\n", "\n").strip() if isinstance(text, str) else text


class CorrectionForm(OfficeForm):
    """What is the same for every question; ``make_correction_form`` adds the field of the answer."""

    seen = HiddenField()
    reason = TextAreaField(
        _l("Why it is corrected"),
        filters=[_tidy_reason],
        validators=[
            DataRequired(_l("Say why: the reason stands in the report beside both answers.")),
            Length(max=LONGEST_REASON, message=_l("The text is longer than 1000 characters. Shorten it.")),
        ],
    )

    def read_proposal(self, question: Question) -> Proposal:
        """What was entered."""
        answer = self["answer"].data
        if isinstance(answer, str):
            # Browsers send line ends as two characters, whatever was typed.
            answer = answer.replace("\r\n", "\n")
        return Proposal(question.id, answer, str(self.reason.data or ""), self._read_seen())

    def _read_seen(self) -> int:
        """How many corrections the page showed; -1, which no visit has, where that is nonsense."""
        text = str(self.seen.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT else -1


def make_correction_form(
    question: Question, language: Language, *, answer: Any = None, seen: int | None = None
) -> CorrectionForm:
    """The form for one question; ``answer`` and ``seen`` are what a page shows that nobody has sent yet."""
    field = choose_field(question)(question=question, language=language, id="answer")
    kind = type("QuestionCorrectionForm", (CorrectionForm,), {"answer": field})
    data = {} if seen is None else {"data": {"answer": answer, "seen": str(seen)}}
    form: CorrectionForm = kind(**data)
    return form
