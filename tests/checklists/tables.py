"""Questionnaires as text tables that a programme lead can read.

    section  | W  | question | kind                | w | answer | rules
    greeting | 20 | wait     | wait 180:1, 300:1/2 | 2 | 240    |
    greeting | 20 | name     | yes_no              | 1 | yes    | critical: {effect: cap_visit, cap: 60}

Kinds: `yes_no`, `scale 1..5`, `choice 4/2/0` and `multi 3/2/0` (an option is called by its points),
`all 3/2/0` (a multiple choice in mode `all`), `wait 180:1, 300:1/2` (a duration), `number`, `text`.
An answer `-` is open; options of a multiple choice are joined by `+`, and `none` chooses nothing.
Any other field of the format may stand in `rules`.
"""

import json
from typing import Any

import yaml

from checklists.answers import AnswerSheet, parse_sheet
from checklists.definition import Checklist
from checklists.loading import read_checklist
from checklists.problems import describe_problems

COLUMNS = ("section", "W", "question", "kind", "w", "answer", "rules")
TEXT = {"ru": "…", "en": "…"}
BANDS = [
    {"at": 90, "id": "excellent", "label": TEXT},
    {"at": 70, "id": "satisfactory", "label": TEXT},
    {"at": 0, "id": "poor", "label": TEXT},
]


def lay_out(table: str, *, scoring: dict[str, Any] | None = None, **fields: Any) -> Checklist:
    """Return the checklist of a table; `scoring` and `fields` fill its other parts."""
    sections: dict[str, dict[str, Any]] = {}
    for row in read_rows(table):
        blank: dict[str, Any] = {
            "id": row["section"],
            "title": TEXT,
            "weight": row["W"] or 1,
            "questions": [],
        }
        sections.setdefault(row["section"], blank)["questions"].append(_read_question(row))
    data = {
        "checklist": "table",
        "title": TEXT,
        "channel": "visit",
        "scoring": scoring or {},
        "bands": BANDS,
        "sections": list(sections.values()),
    } | fields
    checklist, problems = read_checklist(json.dumps(data), name="table")
    assert checklist is not None, describe_problems(problems, "en")
    return checklist


def fill_in(table: str, **rules: Any) -> tuple[Checklist, AnswerSheet]:
    """Return the checklist of a table and the sheet of its answer column."""
    checklist = lay_out(table, **rules)
    answers = {row["question"]: read_answer(row) for row in read_rows(table)}
    sheet, problems = parse_sheet(checklist, {"answers": answers})
    assert not problems, describe_problems(problems, "en")
    return checklist, sheet


def read_rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a table below its heading; missing columns are empty."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    names = [cell.strip() for cell in lines[0].split("|")]
    assert set(names) <= set(COLUMNS), names
    rows = [dict(zip(names, (cell.strip() for cell in line.split("|")), strict=False)) for line in lines[1:]]
    return [dict.fromkeys(COLUMNS, "") | row for row in rows]


def read_answer(row: dict[str, str]) -> Any:
    """Return the raw answer of a row, as an answers file would hold it."""
    text, kind = row["answer"], row["kind"].split()[0]
    if text in ("", "-"):
        return None
    if kind in ("multi", "all") and text != "n/a":
        return [] if text == "none" else text.split("+")
    return int(text) if text.isdecimal() and kind in ("scale", "wait", "number") else text


def _read_question(row: dict[str, str]) -> dict[str, Any]:
    kind, _, argument = row["kind"].partition(" ")
    question: dict[str, Any] = {"id": row["question"], "text": TEXT, "kind": kind}
    if row["w"]:
        question["weight"] = row["w"]
    if row["answer"] == "n/a":
        question["not_applicable"] = True
    if kind == "scale":
        low, _, high = argument.partition("..")
        question["scale"] = {"low": int(low), "high": int(high)}
    elif kind in ("choice", "multi", "all"):
        points = argument.split("/")
        question["options"] = [{"id": point, "text": TEXT, "points": point} for point in points]
    elif argument:
        question["bands"] = [_read_band(band) for band in argument.split(",")]
    if kind == "all":
        question |= {"kind": "multi", "mode": "all"}
    if kind == "wait":
        question["kind"] = "duration"
    rules: dict[str, Any] = yaml.safe_load("{" + row["rules"] + "}")
    return question | rules


def _read_band(band: str) -> dict[str, str]:
    upto, _, share = band.strip().partition(":")
    return {"upto": upto, "share": share}
