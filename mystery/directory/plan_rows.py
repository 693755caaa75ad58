"""The dry run as a page shows it: counts, and one page of the rows that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mystery.directory.imports.columns import SheetKind
from mystery.directory.imports.plan import Action, Plan, PlannedEmployee, PlannedUnit
from mystery.tables.pages import ROWS_A_PAGE
from mystery.tables.problems import ImportProblem
from mystery.tables.sheets import Remark
from mystery.web.pagination import Page, cut_page

Entry = PlannedUnit | PlannedEmployee


@dataclass(frozen=True)
class CountLine:
    """How many units or employees each action concerns."""

    kind: SheetKind
    counts: dict[Action, int]


@dataclass(frozen=True)
class PlanView:
    """What the page of a dry run shows; ``show`` is "problems", "changes" or an action."""

    applicable: bool
    changes_nothing: bool
    problem_count: int
    counts: tuple[CountLine, ...]
    actions: tuple[Action, ...]
    remarks: tuple[tuple[Remark, str], ...]
    show: str
    problems: Page[ImportProblem] | None
    entries: Page[Entry] | None


def show_plan(plan: Plan, show: str, page: int) -> PlanView:
    """One page of a plan: problems first where there are any; nonsense in ``show`` counts as none."""
    choices = {"changes", *(action.value for action in Action)}
    if plan.problems:
        choices.add("problems")
    if show not in choices:
        show = "problems" if plan.problems else "changes"
    entries: Sequence[Entry] = [*plan.units, *plan.employees]
    chosen = [entry for entry in entries if _is_shown(entry, show)]
    counts = ((SheetKind.UNITS, plan.count_units()), (SheetKind.EMPLOYEES, plan.count_employees()))
    return PlanView(
        applicable=plan.applicable,
        changes_nothing=plan.changes_nothing,
        problem_count=len(plan.problems),
        counts=tuple(CountLine(kind, dict(count)) for kind, count in counts if count),
        actions=tuple(action for action in Action if any(action in count for _kind, count in counts)),
        remarks=plan.remarks,
        show=show,
        problems=cut_page(plan.problems, page, size=ROWS_A_PAGE) if show == "problems" else None,
        entries=cut_page(chosen, page, size=ROWS_A_PAGE) if show != "problems" else None,
    )


def _is_shown(entry: Entry, show: str) -> bool:
    if show == "changes":
        return entry.action is not Action.UNCHANGED
    return entry.action.value == show
