"""The checklist: sections of questions, their weights and the rules of scoring, as a frozen definition.

The models hold each field to its type and range. What concerns several fields at once (ids, conditions,
kinds) is judged by
`checking.check_definition`; a definition that came through `loading.read_checklist` satisfies both.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from checklists.exact import Bound, FinalMark, MaxFinal, Percent, Share, Weight, format_exact, parse_exact
from checklists.localtext import Cue, LocalText
from checklists.question_kinds import KINDS, is_scored

Channel = Literal["visit", "phone", "chat", "email", "delivery", "back_office", "merchandising", "competitor"]
Level = Literal["accuracy", "availability", "partnership", "advice"]
Impression = Literal["expectation", "process", "result"]
# What a number or a length of time counts of the customer's effort; `reminders` are contacts after the first.
Effort = Literal["contacts", "reminders", "transfers", "people", "retellings", "waiting"]
Solution = Literal["first_contact", "later", "never"]
CommentRule = Literal["never", "on_fail", "always"]
Effect = Literal["zero_section", "cap_section", "cap_visit", "fail_visit"]

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        allowed = ", ".join(KINDS)
        raise PydanticCustomError("kind_unknown", "unknown", {"kind": kind[:40], "allowed": allowed})
    return kind


def _parse_limit(raw: object) -> Fraction | str:
    if isinstance(raw, str) and _TIME.fullmatch(raw):
        return raw
    try:
        return parse_exact(raw)
    except ValueError:
        raise PydanticCustomError("bad_limit", "a number or a time of day") from None


def _write_number(raw: object) -> object:
    """Grades are often called 4, 2 and 0: such an id is the text of the number."""
    return str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
OptionId = Annotated[
    str, BeforeValidator(_write_number), StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
]
StandardReference = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,7}-[0-9]{2,3}@[1-9][0-9]{0,2}$")
]
KindName = Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(KINDS)})]
Limit = Annotated[
    Fraction | str,
    PlainValidator(_parse_limit),
    PlainSerializer(lambda limit: limit if isinstance(limit, str) else format_exact(limit)),
    WithJsonSchema(
        {"type": ["number", "string"], "description": 'a number, "1/2", or a time of day "10:15"'}
    ),
]


class _Definition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScoringRules(_Definition):
    """How sections become one score: mode (SC-04), ceiling (SC-06), thresholds (SC-09, LN-01)."""

    mode: Literal["sections", "points"] = "sections"
    max_final: MaxFinal = Fraction(100)
    satisfactory: Percent = Fraction(70)
    pass_mark: FinalMark | None = None


class Band(_Definition):
    """A word for the scores from `at` upwards."""

    at: FinalMark
    id: Id
    label: LocalText


class Scale(_Definition):
    """A scale of whole steps; an anchor says in words what a step looks like."""

    low: StrictInt
    high: StrictInt
    anchors: Mapping[int, LocalText] = Field(default_factory=dict)


class AnswerBand(_Definition):
    """Up to and including `upto` the answer earns `share` of the weight."""

    upto: Limit
    share: Share


class Option(_Definition):
    """One possible answer of a choice; the anchor describes what this grade looks like."""

    id: OptionId
    text: LocalText
    points: Weight = Fraction(0)
    anchor: LocalText | None = None


class Evidence(_Definition):
    """Whether a photo may or must accompany the answer."""

    photo: Literal["none", "optional", "required"] = "none"


class Condition(_Definition):
    """When a question is shown: its parent was answered, as one of these, or within these limits."""

    question: Id
    answered: Literal[True] | None = None
    one_of: tuple[OptionId, ...] | None = Field(default=None, alias="in", min_length=1, max_length=100)
    at_least: Bound | None = None
    at_most: Bound | None = None


class Critical(_Definition):
    """A knock-out (SC-05): what happens when the value of the answer is at or below `fail_at`."""

    effect: Effect
    cap: Percent | None = None
    fail_at: Share = Fraction(0)


def _default_weight(fields: dict[str, Any]) -> Fraction:
    scored = is_scored(fields.get("kind"), has_bands=bool(fields.get("bands")))
    return Fraction(1 if scored and not fields.get("bonus") else 0)


def _default_required(fields: dict[str, Any]) -> bool:
    kind = KINDS.get(fields.get("kind", ""))
    return kind is not None and kind.value is not None and not fields.get("bonus")


def _default_comment(fields: dict[str, Any]) -> CommentRule:
    scored = is_scored(fields.get("kind"), has_bands=bool(fields.get("bands")))
    return "on_fail" if scored and not fields.get("bonus") else "never"


class Question(_Definition):
    """One question, the standard it was drawn from, and how its answer counts.

    `level`, `impression`, `effort` and `solved` say which lens on the results reads the answer; they change
    no score. `effort` names what a number counts (of `waiting`, minutes), and `solved` maps answers to how
    the customer's matter ended.
    """

    id: Id
    standard: StandardReference | None = None
    text: LocalText
    hint: LocalText | None = None
    cue: Cue | None = None
    kind: KindName
    scale: Scale | None = None
    bands: tuple[AnswerBand, ...] = Field(default=(), max_length=50)
    options: tuple[Option, ...] = Field(default=(), max_length=100)
    mode: Literal["sum", "all"] | None = None
    bonus: Percent | None = None
    weight: Weight = Field(default_factory=_default_weight)
    required: bool = Field(default_factory=_default_required)
    level: Level | None = None
    impression: Impression | None = None
    effort: Effort | None = None
    solved: Mapping[OptionId, Solution] | None = Field(default=None, min_length=1)
    perishable: bool = False
    not_applicable: bool = False
    comment: CommentRule = Field(default_factory=_default_comment)
    comment_at: Share | None = None
    evidence: Evidence = Evidence()
    show_if: Condition | None = None
    critical: Critical | None = None

    @property
    def is_scored(self) -> bool:
        """Whether an answer gets a value at all (SC-01)."""
        return is_scored(self.kind, has_bands=bool(self.bands))

    @property
    def standard_code(self) -> str | None:
        """The code of the standard, "GR-01" of "GR-01@1"."""
        return self.standard.partition("@")[0] if self.standard else None

    @property
    def standard_revision(self) -> int | None:
        """The meaning revision of the standard, 1 of "GR-01@1"."""
        return int(self.standard.partition("@")[2]) if self.standard else None


class Section(_Definition):
    """Questions that belong together; `weight` is the section's part of the visit."""

    id: Id
    title: LocalText
    weight: Weight = Fraction(1)
    pass_mark: Percent | None = None
    questions: tuple[Question, ...] = Field(min_length=1, max_length=300)


class Checklist(_Definition):
    """One version of a questionnaire."""

    checklist: Id
    title: LocalText
    introduction: LocalText | None = None
    channel: Channel
    scenarios: tuple[Id, ...] = Field(default=(), max_length=50)
    scoring: ScoringRules = ScoringRules()
    bands: tuple[Band, ...] = Field(min_length=1, max_length=20)
    sections: tuple[Section, ...] = Field(min_length=1, max_length=60)

    def questions(self) -> Iterator[Question]:
        """Yield all questions in the order of the contact."""
        for section in self.sections:
            yield from section.questions

    def question(self, question_id: str) -> Question:
        """Return one question. Raises KeyError for an id the checklist does not have."""
        for question in self.questions():
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def section_of(self, question_id: str) -> Section:
        """Return the section that holds a question. Raises KeyError for an id the checklist does not have."""
        for section in self.sections:
            if any(question.id == question_id for question in section.questions):
                return section
        raise KeyError(question_id)
