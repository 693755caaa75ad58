"""Reading answers files: JSON written by people or by other programs, with every problem at once."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from checklists.answers import AnswerSheet, parse_sheet, show_name
from checklists.definition import Checklist
from checklists.documents import MAX_FILE_BYTES
from checklists.library_files import read_text_file
from checklists.problems import Place, Problem, report_problem

_MAX_DIGITS = 30


class _Refused(Exception):
    """The JSON can be parsed, but different programs would read it differently."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_answers(text: str, checklist: Checklist, *, name: str) -> tuple[AnswerSheet | None, list[Problem]]:
    """Read the text of an answers file; `name` is the file's name for messages.

    Returns the sheet and no problems, or None and every problem of the text.
    """
    place = Place(file=name)
    if len(text) > MAX_FILE_BYTES:
        return None, [report_problem("file_too_large", place, limit=MAX_FILE_BYTES)]
    try:
        raw = json.loads(
            text,
            parse_float=_parse_decimal,
            parse_int=_parse_whole,
            parse_constant=_refuse_constant,
            object_pairs_hook=_refuse_repeats,
        )
    except json.JSONDecodeError as error:
        return None, [report_problem("json_syntax", place, reason=error.msg).at(line=error.lineno)]
    except _Refused as refusal:
        return None, [refusal.problem.at(file=name)]
    except RecursionError:
        return None, [report_problem("json_depth", place)]
    if not isinstance(raw, Mapping):
        return None, [report_problem("needs_mapping", place, fields="visit, answers, comments, photos")]
    sheet, problems = parse_sheet(checklist, raw)
    return (None, [problem.at(file=name) for problem in problems]) if problems else (sheet, [])


def read_answers_file(path: Path, checklist: Checklist) -> tuple[AnswerSheet | None, list[Problem]]:
    """Read an answers file; an unreadable file is a problem like any other."""
    text, problem = read_text_file(path)
    return (None, [problem]) if problem else read_answers(text, checklist, name=path.name)


def _parse_decimal(text: str) -> Decimal | str:
    # An absurdly long figure stays a text: the question it answers will say which numbers it takes.
    return Decimal(text) if len(text) <= _MAX_DIGITS else text


def _parse_whole(text: str) -> int | str:
    return int(text) if len(text) <= _MAX_DIGITS else text


def _refuse_constant(name: str) -> NoReturn:
    raise _Refused(report_problem("json_number", name=name))


def _refuse_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise _Refused(report_problem("duplicate_key", key=show_name(repeated)))
    return result
