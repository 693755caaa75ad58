"""The rules around a question in sentences: critical, asked only when, comments, photos, not applicable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from checklists.definition import Checklist, Condition, Critical, Question
from checklists.localtext import Language
from reports.dates import format_duration
from reports.numbers import format_number

LEVELS = {
    "accuracy": _l("Level of expectation: accuracy."),
    "availability": _l("Level of expectation: availability."),
    "partnership": _l("Level of expectation: partnership."),
    "advice": _l("Level of expectation: advice."),
}
IMPRESSIONS = {
    "expectation": _l("Impression: what was expected beforehand."),
    "process": _l("Impression: how it went."),
    "result": _l("Impression: what came of it."),
}
EFFORTS = {
    "contacts": _l("Customer effort: contacts, the first included."),
    "reminders": _l("Customer effort: reminders."),
    "transfers": _l("Customer effort: transfers from one employee to another."),
    "people": _l("Customer effort: employees, the first included."),
    "retellings": _l("Customer effort: times the story was told again."),
    "waiting": _l("Customer effort: minutes of waiting."),
}
PHOTOS = {"optional": _l("A photo may be added."), "required": _l("A photo is required.")}


@dataclass(frozen=True)
class Remark:
    """One sentence about a question; ``critical`` remarks are marked."""

    text: str
    critical: bool = False


def list_remarks(question: Question, checklist: Checklist, language: Language) -> Iterator[Remark]:
    """What the auditor and a reader of the standard need to know beyond the answers."""
    if question.critical is not None:
        yield Remark(_describe_critical(question.critical, language), critical=True)
    if question.show_if is not None:
        yield Remark(_describe_condition(question.show_if, checklist, language))
    yield from (Remark(text) for text in _list_duties(question, language))
    if question.level is not None:
        yield Remark(str(LEVELS[question.level]))
    if question.impression is not None:
        yield Remark(str(IMPRESSIONS[question.impression]))
    if question.effort is not None:
        yield Remark(str(EFFORTS[question.effort]))
    if question.solved is not None:
        yield Remark(str(_("Customer effort: the answer tells whether the matter was solved at once.")))


def _list_duties(question: Question, language: Language) -> Iterator[str]:
    if question.not_applicable:
        yield _("May be marked as not applicable.")
    if not question.required:
        yield _("May be left without an answer.")
    if question.cue is not None:
        yield _("On the screen during the visit: “%(cue)s”.", cue=question.cue.in_language(language))
    if question.perishable:
        yield _("Asked first after the visit, while it is fresh.")
    if question.evidence.photo in PHOTOS:
        yield str(PHOTOS[question.evidence.photo])
    if question.comment == "always":
        yield _("A comment is always required.")
    elif question.comment == "on_fail" and question.comment_at:
        share = format_number(100 * question.comment_at, language)
        yield _("A comment is required at %(share)s percent of the points or less.", share=share)


def _describe_critical(critical: Critical, language: Language) -> str:
    cap = format_number(critical.cap or Fraction(0), language)
    effects = {
        "zero_section": _("the whole section counts as zero"),
        "cap_section": _("the section counts for at most %(cap)s percent", cap=cap),
        "cap_visit": _("the result of the visit is at most %(cap)s", cap=cap),
        "fail_visit": _("the result of the visit is zero"),
    }
    if critical.fail_at > 0:
        share = format_number(100 * critical.fail_at, language)
        return str(
            _(
                "Critical: at %(share)s percent of the points or less %(effect)s.",
                share=share,
                effect=effects[critical.effect],
            )
        )
    return str(_("Critical: without any points %(effect)s.", effect=effects[critical.effect]))


def _describe_condition(condition: Condition, checklist: Checklist, language: Language) -> str:
    parent = checklist.question(condition.question)
    asked = parent.text.in_language(language)
    if condition.one_of is not None:
        answers = ", ".join(_name_answer(parent, answer, language) for answer in condition.one_of)
        return str(
            _("Asked only when “%(question)s” was answered: %(answers)s.", question=asked, answers=answers)
        )
    low, high = (_name_bound(parent, bound, language) for bound in (condition.at_least, condition.at_most))
    if low and high:
        return str(
            _(
                "Asked only when “%(question)s” is from %(low)s to %(high)s.",
                question=asked,
                low=low,
                high=high,
            )
        )
    if low:
        return str(_("Asked only when “%(question)s” is at least %(low)s.", question=asked, low=low))
    if high:
        return str(_("Asked only when “%(question)s” is at most %(high)s.", question=asked, high=high))
    return str(_("Asked only when “%(question)s” has an answer.", question=asked))


def _name_answer(parent: Question, answer: str, language: Language) -> str:
    if parent.kind == "yes_no":
        return str(_("Yes") if answer == "yes" else _("No"))
    return next(option.text.in_language(language) for option in parent.options if option.id == answer)


def _name_bound(parent: Question, bound: Fraction | None, language: Language) -> str:
    if bound is None:
        return ""
    if parent.kind == "duration":
        return format_duration(int(bound), language)
    return format_number(bound, language)
