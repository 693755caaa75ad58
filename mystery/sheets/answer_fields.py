"""How each kind of question is asked on a page: a WTForms field per kind, in a registry keyed like KINDS.

A field's data is the raw answer of the answers-file format. What was typed and does not parse is raw too,
and is shown again as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import Field

from checklists.answers import NOT_APPLICABLE, parse_answer
from checklists.definition import Question
from checklists.localtext import Language
from checklists.validation import needs_comment
from mystery.sheets.answer_words import SECONDS_A_MINUTE

NOT_APPLICABLE_VALUE = NOT_APPLICABLE.value
# No option can be called so: ids begin with a letter or a digit.
NONE_OF_THESE = "-none"
MOST_SEGMENTS = 11
LONGEST_DIGITS = 9


@dataclass(frozen=True)
class Choice:
    """One thing to tap: its value, its words, and whether choosing it asks for a comment (SC-10)."""

    value: str
    label: str
    anchor: str = ""
    wants_comment: bool = False
    is_apart: bool = False


class AnswerField(Field):
    """The answer to one question; ``control`` names the macro that draws it."""

    control = "typed"

    def __init__(self, *, question: Question, language: Language, **kwargs: Any) -> None:
        super().__init__(question.text.in_language(language), **kwargs)
        self.question = question
        self.language = language

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Turn what the browser sent into a raw answer."""
        self.data = read_one(valuelist)

    @property
    def is_not_applicable(self) -> bool:
        """Whether "not applicable" is marked, alone or beside an answer."""
        marked = self.data if isinstance(self.data, list) else [self.data]
        return NOT_APPLICABLE_VALUE in marked

    @property
    def not_applicable_wants_comment(self) -> bool:
        """Whether "not applicable" has to be explained here."""
        return needs_comment(self.question, NOT_APPLICABLE)

    @property
    def advice(self) -> str:
        """What the box itself does not say; usually nothing."""
        return ""

    @property
    def typed(self) -> str:
        """What stands in a text box."""
        texts = self.data if isinstance(self.data, list) else [self.data]
        return " ".join(str(each) for each in texts if each not in (None, NOT_APPLICABLE_VALUE))


class SegmentsField(AnswerField):
    """A row of a few short answers, each as wide as a thumb: yes/no and scales."""

    control = "segments"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        answer = read_one(valuelist)
        is_step = self.question.scale is not None and isinstance(answer, str) and is_short_number(answer)
        self.data = int(answer) if is_step else answer

    @property
    def choices(self) -> list[Choice]:
        """What can be tapped, in order."""
        if self.question.scale is None:
            pairs = [("yes", _("Yes")), ("no", _("No"))]
        else:
            steps = range(self.question.scale.low, self.question.scale.high + 1)
            pairs = [(str(step), str(step)) for step in steps]
        return [self._make(value, label) for value, label in pairs] + self._list_ways_out()

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """What the steps of a scale look like, lowest first."""
        anchors: Mapping[int, Any] = self.question.scale.anchors if self.question.scale else {}
        return [(step, anchors[step].in_language(self.language)) for step in sorted(anchors)]

    def _make(self, value: str, label: str, anchor: str = "") -> Choice:
        typed, _problem = parse_answer(self.question, value)
        return Choice(value, label, anchor, wants_comment=needs_comment(self.question, typed))

    def _list_ways_out(self) -> list[Choice]:
        ways = []
        if self.question.not_applicable:
            wants = self.not_applicable_wants_comment
            ways.append(Choice(NOT_APPLICABLE_VALUE, _("Not applicable"), "", wants, is_apart=True))
        if not self.question.required:
            # A radio button cannot be taken back without a script; this one can.
            ways.append(Choice("", _("No answer"), is_apart=True))
        return ways


class OptionsField(SegmentsField):
    """A list of described answers, one to be chosen."""

    control = "options"

    @property
    def choices(self) -> list[Choice]:
        options = [
            self._make(
                option.id,
                option.text.in_language(self.language),
                option.anchor.in_language(self.language) if option.anchor else "",
            )
            for option in self.question.options
        ]
        return options + self._list_ways_out()


class TicksField(AnswerField):
    """A list of which any number may be ticked; "none of these" is an answer of its own."""

    control = "ticks"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        chosen = [value for value in valuelist if value]
        if chosen in ([NONE_OF_THESE], [NOT_APPLICABLE_VALUE]):
            self.data = [] if chosen == [NONE_OF_THESE] else NOT_APPLICABLE_VALUE
        else:
            self.data = chosen or None

    @property
    def choices(self) -> list[Choice]:
        """What can be ticked, in order."""
        options = [
            Choice(
                option.id,
                option.text.in_language(self.language),
                option.anchor.in_language(self.language) if option.anchor else "",
            )
            for option in self.question.options
        ]
        if self.question.options[-1].points == 0:
            # The checklist ends with a "none" of its own.
            return options
        none = Choice(NONE_OF_THESE, _("None of these"), "", needs_comment(self.question, ()), is_apart=True)
        return [*options, none]

    def has(self, choice: Choice) -> bool:
        """Whether a tick stands here."""
        if choice.value == NONE_OF_THESE:
            return self.data == [] or (isinstance(self.data, list) and NONE_OF_THESE in self.data)
        return isinstance(self.data, list) and choice.value in self.data


class NumberField(AnswerField):
    """A number; typed as text with a number pad, so that nothing typed is swallowed by the browser."""

    input_type, input_mode = "text", "decimal"


class TextField(AnswerField):
    """Words."""

    control = "words"


class TimeField(AnswerField):
    """A time of day, picked with the phone's own clock."""

    input_type, input_mode = "time", ""


class DateField(AnswerField):
    """A day, picked with the phone's own calendar."""

    input_type, input_mode = "date", ""


class RecordingField(AnswerField):
    """The name of a sound file: recordings stay with the auditor for now, and are asked for by name."""

    input_type, input_mode = "text", ""

    @property
    def advice(self) -> str:
        """What to write here."""
        return str(_("Write the name of the file, and keep the recording until it is asked for."))


class DurationField(AnswerField):
    """Minutes and seconds in two boxes; the raw answer is seconds, or "m:s" as typed where it is none."""

    control = "duration"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        boxes = [value.strip() for value in valuelist if value != NOT_APPLICABLE_VALUE]
        minutes, seconds = [*boxes, "", ""][:2]
        typed = join_duration(minutes, seconds)
        marked = [NOT_APPLICABLE_VALUE] if NOT_APPLICABLE_VALUE in valuelist else []
        self.data = read_one([*([typed] if typed is not None else []), *marked])

    @property
    def boxes(self) -> tuple[str, str]:
        """What stands in the two boxes."""
        return split_duration(self.typed)


class PictureField(AnswerField):
    """A question answered by photos, which are kept elsewhere; only "not applicable" is an answer here."""

    control = "picture"


KIND_FIELDS: Mapping[str, type[AnswerField]] = {
    "yes_no": SegmentsField,
    "scale": SegmentsField,
    "choice": OptionsField,
    "multi": TicksField,
    "number": NumberField,
    "duration": DurationField,
    "time": TimeField,
    "date": DateField,
    "text": TextField,
    "photo": PictureField,
    "audio": RecordingField,
}


def choose_field(question: Question) -> type[AnswerField]:
    """The field for a question; a scale with too many steps for thumbs is typed."""
    scale = question.scale
    if scale is not None and scale.high - scale.low >= MOST_SEGMENTS:
        return NumberField
    return KIND_FIELDS[question.kind]


def read_one(values: Sequence[object]) -> Any:
    """One raw answer; two that exclude each other are kept as a list, which is a problem to be mended."""
    given = [value for value in values if value not in (None, "")]
    return given if len(given) > 1 else next(iter(given), None)


def is_short_number(text: str) -> bool:
    """Whether ``text`` is a whole number of a sane length."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_DIGITS


def join_duration(minutes: str, seconds: str) -> int | str | None:
    """Seconds of two boxes, the typed text where they are no numbers, None where both are empty."""
    if not minutes and not seconds:
        return None
    boxes = (minutes or "0", seconds or "0")
    if not all(is_short_number(box) and not box.startswith("-") for box in boxes):
        return f"{minutes}:{seconds}"
    return int(boxes[0]) * SECONDS_A_MINUTE + int(boxes[1])


def split_duration(typed: str) -> tuple[str, str]:
    """The two boxes of a raw duration."""
    if is_short_number(typed):
        minutes, seconds = divmod(int(typed), SECONDS_A_MINUTE)
        return str(minutes), f"{seconds:02}"
    minutes_typed, _colon, seconds_typed = typed.partition(":")
    return minutes_typed, seconds_typed
