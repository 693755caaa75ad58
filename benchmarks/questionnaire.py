"""Fifty questions of the common kinds with an answer to each: what submitting a visit is measured with."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from checklists.definition import Checklist, Question
from checklists.loading import checklist_from_json
from mystery.clock import now

SECTIONS: Final = 5
QUESTIONS_A_SECTION: Final = 10
QUESTIONS: Final = SECTIONS * QUESTIONS_A_SECTION
KINDS: Final = ("yes_no", "scale", "choice", "multi", "duration")
# Every fifth question gets a remark, as in the demonstration.
REMARK_EVERY: Final = 5
REMARK: Final = "Ответ был общий, без подробностей, пришлось переспрашивать, а потом ждать."
TIME_ZONE: Final = "Europe/Moscow"
VISITED_AGO: Final = timedelta(hours=2)


def make_checklist() -> Checklist:
    """Return the checklist; every question is shown, and every one must be answered."""
    sections = [make_section(number) for number in range(SECTIONS)]
    bands = [
        {"at": 70, "id": "satisfactory", "label": say("Достойно", "Satisfactory")},
        {"at": 0, "id": "poor", "label": say("Ниже стандарта", "Below the standard")},
    ]
    return checklist_from_json(
        json.dumps(
            {
                "checklist": "fifty-questions",
                "title": say("Пятьдесят вопросов", "Fifty questions"),
                "channel": "visit",
                "scoring": {"mode": "sections", "max_final": 100, "satisfactory": 70},
                "bands": bands,
                "sections": sections,
            }
        )
    )


def make_section(number: int) -> dict[str, Any]:
    """Return ten questions, two of each kind."""
    questions = [
        make_question(number * QUESTIONS_A_SECTION + place, KINDS[place % len(KINDS)])
        for place in range(QUESTIONS_A_SECTION)
    ]
    title = say(f"Раздел {number + 1}", f"Section {number + 1}")
    return {"id": f"section-{number}", "title": title, "weight": 20, "questions": questions}


def make_question(number: int, kind: str) -> dict[str, Any]:
    """Return one question with what its kind needs."""
    parts: dict[str, Any] = {
        "scale": {"scale": {"low": 1, "high": 5}},
        "duration": {"bands": [{"upto": 180, "share": 1}, {"upto": 300, "share": "1/2"}]},
    }
    options = [
        {"id": f"option-{points}", "text": say(f"Часть {points}", f"Part {points}"), "points": points}
        for points in (3, 2, 1)
    ]
    return {
        "id": f"question-{number}",
        "kind": kind,
        "text": say(f"Соблюдён ли стандарт {number + 1}?", f"Was standard {number + 1} kept?"),
        "weight": 1 + number % 3,
        **({"options": options} if kind in ("choice", "multi") else parts.get(kind, {})),
    }


def say(russian: str, english: str) -> dict[str, str]:
    """Return a text in both languages."""
    return {"ru": russian, "en": english}


def fill_in(checklist: Checklist) -> dict[str, Any]:
    """Return the answers file of a visit of two hours ago, as the page would make it of ``write_form``."""
    visited_at = (now() - VISITED_AGO).astimezone(ZoneInfo(TIME_ZONE))
    questions = list(checklist.questions())
    return {
        "visit": {"date": visited_at.strftime("%Y-%m-%dT%H:%M")},
        "answers": {question.id: ANSWERS[question.kind] for question in questions},
        "comments": {question.id: REMARK for question in questions[::REMARK_EVERY]},
    }


def write_form(checklist: Checklist, raw: dict[str, Any]) -> MultiDict[str, str]:
    """Return every field that a browser sends with the page on which "send" is pressed."""
    day, _, clock = raw["visit"]["date"].partition("T")
    form = MultiDict({"revision": "0", "v.day": day, "v.clock": clock, "action": "send"})
    for question in checklist.questions():
        form.setlist(f"a.{question.id}", spell_answer(question, raw["answers"][question.id]))
        form[f"c.{question.id}"] = raw["comments"].get(question.id, "")
    return form


def spell_answer(question: Question, answer: Any) -> list[str]:
    """Return an answer as the controls of its question spell it."""
    if question.kind == "duration":
        return [str(part) for part in divmod(answer, 60)]
    return [str(each) for each in (answer if isinstance(answer, list) else [answer])]


ANSWERS: Final[dict[str, Any]] = {
    "yes_no": "yes",
    "scale": 4,
    "choice": "option-2",
    "multi": ["option-3", "option-1"],
    "duration": 200,
}
