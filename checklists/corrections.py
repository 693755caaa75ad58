"""Answers that were corrected after a visit was sent: what counts stands in the place of what was sent.

The sheet as sent is never changed. A corrected sheet is made of it anew whenever one is needed, so that both
scores can be worked out again at any time: the one of the answers as sent, and the one that counts.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from checklists.answers import Value, parse_answer, write_value
from checklists.definition import Question

# A question and its new answer as JSON of the answers-file format; None takes the answer away.
Replacement: TypeAlias = tuple[str, str | None]


def correct_answers(raw: Mapping[str, Any], replacements: Iterable[Replacement]) -> dict[str, Any]:
    """Return the object of an answers file with answers replaced, oldest first; ``raw`` stays as it is."""
    sent = raw.get("answers")
    answers = dict(sent) if isinstance(sent, Mapping) else {}
    for question, answer in replacements:
        if answer is None:
            answers.pop(question, None)
        else:
            answers[question] = json.loads(answer)
    return {**raw, "answers": answers}


def write_answer(value: Value) -> str | None:
    """Return a typed answer as JSON of the answers-file format, the same text for the same answer."""
    if value is None:
        return None
    return json.dumps(write_value(value), ensure_ascii=False, separators=(",", ":"))


def read_answer(question: Question, text: str | None) -> Value:
    """Return the typed answer that ``write_answer`` wrote."""
    if text is None:
        return None
    value, _problem = parse_answer(question, json.loads(text))
    return value
