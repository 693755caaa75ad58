"""The schedule: the same for the same seed, with every trouble in it, and every visit sent in the end."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.torture.faults import FaultKind, Target
from tests.torture.schedule import LASTING, PEOPLE, Action, Step, count_actions, write_schedule
from tests.torture.stage import read_long_checklists, read_short_versions

VISITS = 200


def write(seed: int, visits: int = VISITS) -> list[Step]:
    """A schedule as the long form has it."""
    return write_schedule(seed, visits, short=read_short_versions(), long=read_long_checklists())


def test_it_writes_the_same_steps_for_the_same_seed_and_others_for_another() -> None:
    assert write(7) == write(7)
    assert write(7) != write(8)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_has_every_action_and_every_fault_in_two_hundred_visits(seed: int) -> None:
    counts = count_actions(write(seed))
    wanted = {str(action) for action in Action} | {f"fault {kind}" for kind in FaultKind}
    assert wanted == set(counts)
    struck = {step.fault.target for step in write(seed) if step.fault}
    assert struck == set(Target)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_assigns_opens_and_sends_every_visit_once_and_by_its_own_person(seed: int) -> None:
    seen: defaultdict[int, list[str]] = defaultdict(list)
    people: dict[int, str] = {}
    for step in write(seed):
        if step.action in (Action.ASSIGN, Action.OPEN, Action.SEND):
            seen[step.visit].append(str(step.action))
        if step.visit >= 0:
            assert people.setdefault(step.visit, step.person) == step.person
    assert set(seen) == set(range(VISITS))
    assert all(each == ["assign", "open", "send"] for each in seen.values())
    assert set(people.values()) == set(PEOPLE)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_ends_every_trouble_that_lasts(seed: int) -> None:
    counts = count_actions(write(seed))
    for trouble, (_least, _most, end) in LASTING.items():
        # Somebody also signs in at the very beginning.
        assert counts[end] == counts[trouble] + (end is Action.SIGN_IN)


def test_it_hands_the_phone_on_only_while_there_is_a_server_to_sign_in_at() -> None:
    away: set[Action] = set()
    for step in write(4):
        for trouble in (Action.OFFLINE, Action.KILL_SERVER):
            if step.action is trouble:
                away.add(trouble)
            if step.action is LASTING[trouble][2]:
                away.discard(trouble)
        if step.action in (Action.CHANGE_USER, Action.ASSIGN):
            assert not away, step.describe()


def test_it_describes_a_step_on_one_line() -> None:
    lines = [step.describe() for step in write(5, 12)]
    assert all("\n" not in line for line in lines)
    assert any("type a.words[0]" in line for line in lines)
