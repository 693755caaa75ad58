"""Which questions a visit shows, given the answers so far (SC-02)."""

from collections.abc import Mapping

from checklists.answers import NotApplicable, Value
from checklists.definition import Checklist, Condition
from checklists.kind_values import read_limit


def shown_questions(checklist: Checklist, answers: Mapping[str, Value]) -> frozenset[str]:
    """Return the ids of the questions whose condition holds and whose parent is itself shown and answered.

    Answers to hidden questions show nothing: a chain of conditions breaks at its first hidden link.
    """
    conditions = {question.id: question.show_if for question in checklist.questions()}
    shown: dict[str, bool] = {}
    for start in conditions:
        # Walk up to a settled ancestor, then back down: no recursion, so a long chain is no danger.
        chain: list[str] = []
        node: str | None = start
        while node in conditions and node not in shown and node not in chain:
            chain.append(node)
            condition = conditions[node]
            node = condition.question if condition is not None else None
        for link in reversed(chain):
            condition = conditions[link]
            shown[link] = condition is None or (
                shown.get(condition.question, False) and condition_holds(condition, answers)
            )
    return frozenset(name for name, is_shown in shown.items() if is_shown)


def condition_holds(condition: Condition, answers: Mapping[str, Value]) -> bool:
    """Say whether the parent's answer meets the condition; whether the parent is shown is not judged here."""
    value = answers.get(condition.question)
    if value is None or isinstance(value, NotApplicable):
        return False
    if condition.one_of is not None:
        chosen = value if isinstance(value, tuple) else (value,)
        return any(option in chosen for option in condition.one_of)
    if condition.at_least is None and condition.at_most is None:
        return True
    if isinstance(value, tuple | str):
        return False
    measured = read_limit(value)
    return (condition.at_least is None or measured >= condition.at_least) and (
        condition.at_most is None or measured <= condition.at_most
    )
