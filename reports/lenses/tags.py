"""Which questions of a version each lens reads, and a visit's matter from its answers (LN-02 to LN-04)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from checklists.answers import Value
from checklists.definition import Checklist, Effort, Impression, Level, Question, Solution
from checklists.localtext import LocalText
from reports.lenses.effort import Matter

SECONDS_A_MINUTE: Final = 60
WORST_FIRST: Final[tuple[Solution, ...]] = ("never", "later", "first_contact")


def list_levels(checklist: Checklist) -> dict[str, Level]:
    """Return the level of every question whose answers carry points for the pyramid (LN-02)."""
    return {
        question.id: question.level
        for question in checklist.questions()
        if question.level is not None and question.is_scored and question.weight > 0
    }


def list_impressions(checklist: Checklist) -> dict[str, Impression]:
    """Return the impression of every question that rates one (LN-03), with or without weight."""
    return {
        question.id: question.impression
        for question in checklist.questions()
        if question.impression is not None and question.is_scored
    }


def list_efforts(checklist: Checklist) -> dict[str, Question]:
    """Return the questions that count effort or tell how the matter ended (LN-04)."""
    return {
        question.id: question
        for question in checklist.questions()
        if question.effort is not None or question.solved is not None
    }


def list_waits(checklist: Checklist) -> tuple[LocalText, ...]:
    """The questions whose answers are added up to the minutes of waiting of a visit."""
    return tuple(question.text for question in checklist.questions() if question.effort == "waiting")


def settle_matter(
    visit: str, questions: Mapping[str, Question], answers: Mapping[str, Value]
) -> Matter | None:
    """Return one visit's matter from the answers to its effort questions; None where none was answered.

    Of several answers about the ending the worst counts. A matter that took more contacts than one was not
    solved at the first, whatever else was said; how many contacts there were never tells that it was solved.
    """
    counts = _add_up(questions, answers)
    endings = {
        question.solved[answer]
        for question in questions.values()
        if question.solved is not None
        and isinstance(answer := answers.get(question.id), str)
        and answer in question.solved
    }
    if not counts and not endings:
        return None
    contacts = _count_contacts(counts)
    if contacts is not None and contacts > 1 and endings == {"first_contact"}:
        endings = {"later"}
    minutes = counts.get("waiting")
    return Matter(
        visit=visit,
        solved=next((each for each in WORST_FIRST if each in endings), None),
        contacts=contacts,
        transfers=_count_transfers(counts),
        retellings=int(counts["retellings"]) if "retellings" in counts else None,
        minutes=minutes,
    )


def _add_up(questions: Mapping[str, Question], answers: Mapping[str, Value]) -> dict[Effort, Fraction]:
    """Add up what is counted alike: a wait at the door and one at the till are minutes of one visit."""
    found: dict[Effort, Fraction] = {}
    for question in questions.values():
        answer = answers.get(question.id)
        if question.effort is None or not isinstance(answer, int | Decimal) or answer < 0:
            continue
        amount = Fraction(answer) / (SECONDS_A_MINUTE if question.kind == "duration" else 1)
        found[question.effort] = found.get(question.effort, Fraction(0)) + amount
    return found


def _count_contacts(counts: Mapping[Effort, Fraction]) -> int | None:
    """Count contacts, the first included; reminders come after it."""
    if "contacts" in counts:
        return max(1, int(counts["contacts"]))
    return 1 + int(counts["reminders"]) if "reminders" in counts else None


def _count_transfers(counts: Mapping[Effort, Fraction]) -> int | None:
    """Count transfers; among so many people there was one fewer."""
    if "transfers" in counts:
        return int(counts["transfers"])
    return max(0, int(counts["people"]) - 1) if "people" in counts else None
