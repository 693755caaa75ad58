"""The rows of the lenses come from the tags of a checklist version (LN-02, LN-03, LN-04)."""

from fractions import Fraction

import pytest

from checklists.answers import NOT_APPLICABLE, Value
from checklists.loading import list_library, load_library_checklist
from reports.lenses.effort import Matter
from reports.lenses.pyramid import LEVELS
from reports.lenses.tags import list_efforts, list_impressions, list_levels, settle_matter

EVERY_CHECKLIST = [entry.id for entry in list_library()]


def settle(checklist: str, **answers: Value) -> Matter | None:
    """The matter of a visit on a library checklist; a hyphen in an id is written as an underscore."""
    questions = list_efforts(load_library_checklist(checklist))
    return settle_matter("v", questions, {name.replace("_", "-"): value for name, value in answers.items()})


@pytest.mark.parametrize("name", EVERY_CHECKLIST)
def test_it_finds_all_levels_and_impressions_in_every_checklist_of_the_library(name: str) -> None:
    """LN-02, LN-03: with a level or an impression that nobody asks about, a lens would stay blind."""
    checklist = load_library_checklist(name)
    assert set(list_levels(checklist).values()) == set(LEVELS)
    assert set(list_impressions(checklist).values()) == {"expectation", "process", "result"}


def test_it_counts_effort_wherever_the_standards_of_one_step_are_checked() -> None:
    """LN-04: every number about transfers or repetitions, and every question how it was solved, has a tag."""
    for name in EVERY_CHECKLIST:
        checklist = load_library_checklist(name)
        untagged = [
            f"{name}.{question.id}"
            for question in checklist.questions()
            if question.standard in ("OS-01@1", "OS-02@1", "OS-03@1")
            and question.kind == "number"
            and question.effort is None
        ]
        assert untagged == []
    endings = [
        name
        for name in EVERY_CHECKLIST
        if any(question.solved for question in load_library_checklist(name).questions())
    ]
    assert endings == [
        "back-office",
        "complaint-handling",
        "delivery-courier",
        "online-chat",
        "phone-call",
        "service-contract",
    ]


def test_it_reads_a_call_with_all_its_costs() -> None:
    """Waits add up, and a length of time is turned into minutes."""
    found = settle(
        "phone-call", solved="settled", transfers=1, no_repeating=2, answered_after=30, hold_time=60
    )
    assert found == Matter("v", "first_contact", None, 1, 2, Fraction(3, 2))


def test_it_counts_the_people_who_came_after_the_first_as_transfers() -> None:
    found = settle("complaint-handling", settled="two", handed_over=3)
    assert found == Matter("v", "later", transfers=2)


@pytest.mark.parametrize(
    ("answers", "solved"),
    [
        ({"solved": "settled"}, "first_contact"),
        ({"solved": "promised", "promise_kept": "in-time"}, "later"),
        ({"solved": "promised", "promise_kept": "never"}, "never"),
        ({"solved": "settled", "promise_kept": "never"}, "never"),
        ({"transfers": 0}, None),
    ],
)
def test_it_takes_the_worst_of_what_was_said_about_the_ending(answers: dict[str, Value], solved: str) -> None:
    """A matter with costs and no ending is no part of the share."""
    found = settle("phone-call", **answers)
    assert found is not None
    assert found.solved == solved


@pytest.mark.parametrize(
    ("arrived", "reminders", "solved"),
    [
        ("agreed-day", 0, "first_contact"),
        ("agreed-day", 2, "later"),
        ("later", 0, "later"),
        ("never", 3, "never"),
    ],
)
def test_it_holds_reminders_against_the_first_contact(arrived: str, reminders: int, solved: str) -> None:
    """What had to be asked for again was not solved at once; a matter given up stays given up."""
    found = settle("delivery-courier", arrived=arrived, own_contacts=reminders)
    assert found is not None
    assert (found.solved, found.contacts) == (solved, reminders + 1)


def test_it_finds_no_matter_where_nothing_was_answered() -> None:
    """Not applicable, unanswered, and a checklist that counts no effort."""
    assert settle("phone-call", transfers=NOT_APPLICABLE, solved=None) is None
    assert settle("merchandising", longest_search=300) is None
