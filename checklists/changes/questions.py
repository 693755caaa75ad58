"""How one question changed, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from checklists.changes.answers import compare_modes, compare_options, compare_scales
from checklists.changes.bands import compare_bands
from checklists.changes.change import (
    Change,
    compare_optional,
    compare_rule,
    compare_value,
    place_changes,
)
from checklists.changes.figures import write_number, write_points
from checklists.changes.names import EFFORTS, IMPRESSIONS, LEVELS, NAMES, PHOTOS
from checklists.changes.phrases import Phrase, say_alike
from checklists.changes.rules import (
    describe_comment,
    describe_condition,
    describe_critical,
    describe_endings,
    describe_kind,
    describe_standard,
)
from checklists.changes.wordings import compare_optional_wording, compare_wording
from checklists.definition import Checklist, Question


@dataclass(frozen=True)
class QuestionPair:
    """A question before and after, each with the version it stands in."""

    old: Question
    new: Question
    before: Checklist
    after: Checklist


def compare_questions(pair: QuestionPair) -> Iterator[Change]:
    """Yield what changed in the question, in the order in which a reader meets it."""
    for field, compare in COMPARERS.items():
        yield from place_changes(compare(pair), field)


def _compare_codes(pair: QuestionPair) -> Iterator[Change]:
    if pair.old.id != pair.new.id:
        yield Change("renamed", NAMES["question_code"])


def _compare_standards(pair: QuestionPair) -> Iterator[Change]:
    old, new = pair.old, pair.new
    if old.standard_code == new.standard_code and old.standard != new.standard:
        revisions = [say_alike(str(side.standard_revision)) for side in (old, new)]
        subject = describe_standard(new.standard)
        yield Change("standard_revised", subject, before=revisions[0], after=revisions[1])
    else:
        words = (describe_standard(old.standard), describe_standard(new.standard))
        yield from compare_optional("standard", old.standard, new.standard, words)


def _compare_kinds(pair: QuestionPair) -> Iterator[Change]:
    words = (describe_kind(pair.old), describe_kind(pair.new))
    return compare_rule("kind", pair.old.kind, pair.new.kind, words)


def _compare_weights(pair: QuestionPair) -> Iterator[Change]:
    old, new = pair.old.weight, pair.new.weight
    return compare_value("question_weight", old, new, (write_number(old), write_number(new)))


def _compare_bonuses(pair: QuestionPair) -> Iterator[Change]:
    old, new = pair.old.bonus, pair.new.bonus
    words = (None if old is None else write_points(old), None if new is None else write_points(new))
    return compare_optional("bonus", old, new, words)


def _compare_comments(pair: QuestionPair) -> Iterator[Change]:
    # What a bare `on_fail` demands depends on whether the question is critical, so the words count too.
    words = (describe_comment(pair.old), describe_comment(pair.new))
    olds, news = ((side.comment, side.comment_at) for side in (pair.old, pair.new))
    return compare_rule("comment", (olds, words[0]), (news, words[1]), words)


def _compare_photos(pair: QuestionPair) -> Iterator[Change]:
    old, new = pair.old.evidence.photo, pair.new.evidence.photo
    return compare_rule("photo", old, new, (PHOTOS[old], PHOTOS[new]))


def _compare_conditions(pair: QuestionPair) -> Iterator[Change]:
    old, new = pair.old.show_if, pair.new.show_if
    words = (describe_condition(old, pair.before), describe_condition(new, pair.after))
    return compare_optional("condition", old, new, words)


def _compare_criticals(pair: QuestionPair) -> Iterator[Change]:
    old, new = pair.old.critical, pair.new.critical
    return compare_optional("critical", old, new, (describe_critical(old), describe_critical(new)))


def _compare_endings(pair: QuestionPair) -> Iterator[Change]:
    words = (describe_endings(pair.old), describe_endings(pair.new))
    return compare_optional("solved", pair.old.solved, pair.new.solved, words)


def _compare_switch(field: str) -> Comparer:
    def compare(pair: QuestionPair) -> Iterator[Change]:
        if getattr(pair.old, field) != getattr(pair.new, field):
            yield Change(f"{field}_{'on' if getattr(pair.new, field) else 'off'}")

    return compare


def _compare_choice(field: str, names: Mapping[str | None, Phrase]) -> Comparer:
    def compare(pair: QuestionPair) -> Iterator[Change]:
        old, new = getattr(pair.old, field), getattr(pair.new, field)
        return compare_rule(field, old, new, (names[old], names[new]))

    return compare


Comparer = Callable[[QuestionPair], Iterator[Change]]
COMPARERS: Mapping[str, Comparer] = {
    "id": _compare_codes,
    "text": lambda pair: compare_wording(NAMES["question_text"], pair.old.text, pair.new.text),
    "hint": lambda pair: compare_optional_wording("hint", pair.old.hint, pair.new.hint),
    "cue": lambda pair: compare_optional_wording("cue", pair.old.cue, pair.new.cue),
    "standard": _compare_standards,
    "kind": _compare_kinds,
    "scale": lambda pair: compare_scales(pair.old, pair.new),
    "options": lambda pair: compare_options(pair.old, pair.new),
    "mode": lambda pair: compare_modes(pair.old, pair.new),
    "bands": lambda pair: compare_bands(pair.old, pair.new),
    "weight": _compare_weights,
    "bonus": _compare_bonuses,
    "critical": _compare_criticals,
    "show_if": _compare_conditions,
    "required": _compare_switch("required"),
    "not_applicable": _compare_switch("not_applicable"),
    # The limit `comment_at` is part of the same sentence.
    "comment": _compare_comments,
    "evidence": _compare_photos,
    "perishable": _compare_switch("perishable"),
    "level": _compare_choice("level", LEVELS),
    "impression": _compare_choice("impression", IMPRESSIONS),
    "effort": _compare_choice("effort", EFFORTS),
    "solved": _compare_endings,
}
