"""The worked visits of the method page, scored by the same code as every visit."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from checklists.answers import parse_sheet
from checklists.definition import Checklist
from checklists.localtext import Language
from checklists.scorecard import Scorecard, display_percent
from checklists.scoring import score_visit
from reports.lenses.phrasing import write_percent
from reports.method.chapter import Table
from reports.numbers import format_number

SOURCE: Final = Path(__file__).parent / "visits.yaml"
TASKS: Final = ("5", "5", "5", "1", "n/a")
TASK_POINTS: Final = ("5", "3", "1")
PRODUCT_ANSWERS: Final[Mapping[str, object]] = {"described": "partial", "till": "yes", "delight": "yes"}
FIRST_VISIT: Final[Mapping[str, object]] = {
    "wait": 240,
    "name": "yes",
    "interest": 4,
    "summary": "yes",
    "listened": "n/a",
    "argued": "n/a",
    **PRODUCT_ANSWERS,
}
SECOND_VISIT: Final[Mapping[str, object]] = {
    "wait": 180,
    "name": "yes",
    "interest": 4,
    "summary": "no",
    "listened": "yes",
    "argued": "no",
    "described": "full",
    "till": "no",
    "delight": "yes",
}
HEADS: Final = {
    "ru": ("Раздел", "Баллы", "Процент", "Вес", "Вес в визите, %"),
    "en": ("Section", "Points", "Percent", "Weight", "Weight in the visit, %"),
}
CAPTION: Final = {
    "ru": "Как сложился базовый балл первого визита",
    "en": "How the first visit's base score came about",
}
NOTHING: Final = {"ru": "не оценивался", "en": "not assessed"}


def tell_visits(language: Language) -> dict[str, str]:
    """Return the figures of the worked visits as the texts quote them, by the name of the gap."""
    tasks, first, second = score_tasks(), score_first(), score_second()
    section = tasks.sections[0]
    interest, wait = first.question("interest").value, first.question("wait").value
    cap = second.critical[0].cap
    return {
        "tasks_earned": _write(section.earned, language),
        "tasks_possible": _write(section.possible, language),
        "tasks_percent": write_percent((tasks.base or Fraction(0)) / 100, language),
        "interest_share": write_percent(interest or Fraction(0), language),
        "wait_share": write_percent(wait or Fraction(0), language),
        "first_base": _write_score(first.base, language),
        "first_bonus": _write(first.bonus, language),
        "first_final": _write_score(first.final, language),
        "first_coverage": write_percent(first.coverage, language),
        "second_base": _write_score(second.base, language),
        "second_final": _write_score(second.final, language),
        "second_cap": _write(cap, language),
    }


def lay_out_first(language: Language) -> Table:
    """Lay out the sections of the first visit: points, percent, weight, and the weight left after N/A."""
    card, titles = score_first(), {each.id: each.title for each in _read_checklist("visit").sections}
    rows = tuple(
        (
            titles[section.id].in_language(language),
            f"{format_number(section.earned, language)} / {format_number(section.possible, language)}",
            NOTHING[language] if section.percent is None else _write_score(section.percent, language),
            _write(section.weight, language),
            "–" if section.reweighted is None else _write(100 * section.reweighted, language),
        )
        for section in card.sections
    )
    return Table(CAPTION[language], HEADS[language], rows)


@lru_cache(maxsize=1)
def score_tasks() -> Scorecard:
    """Score the five tasks: 5, 5, 5, 1 and one that did not apply."""
    return _score(
        _read_checklist("tasks"), {f"task-{number}": answer for number, answer in enumerate(TASKS, 1)}
    )


@lru_cache(maxsize=1)
def score_first() -> Scorecard:
    """Score the first visit: a section did not apply, and the bonus was earned."""
    return _score(_read_checklist("visit"), FIRST_VISIT)


@lru_cache(maxsize=1)
def score_second() -> Scorecard:
    """Score the second visit: everything was assessed, and no receipt was given."""
    return _score(_read_checklist("visit"), SECOND_VISIT)


def _read_checklist(name: str) -> Checklist:
    source: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))[name]
    if name == "tasks":
        source["sections"][0]["questions"] = [_make_task(number) for number, _ in enumerate(TASKS, 1)]
    return Checklist.model_validate(source)


def _make_task(number: int) -> dict[str, object]:
    same = {"ru": f"Задание {number}", "en": f"Task {number}"}
    options = [{"id": points, "text": same, "points": int(points)} for points in TASK_POINTS]
    return {
        "id": f"task-{number}",
        "text": same,
        "kind": "choice",
        "weight": 5,
        "options": options,
        "not_applicable": True,
    }


def _score(checklist: Checklist, answers: Mapping[str, object]) -> Scorecard:
    sheet, problems = parse_sheet(checklist, {"answers": dict(answers)})
    assert not problems, "the worked visits answer their checklists"
    return score_visit(checklist, sheet)


def _write(number: Fraction, language: Language) -> str:
    return format_number(number, language, places=1)


def _write_score(percent: Fraction | None, language: Language) -> str:
    assert percent is not None, "the worked visits are scored"
    return format_number(display_percent(percent), language, places=1, least=1)
