"""Anonymity by type: what reads visits for others has no field in which an auditor could be."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import mystery.archives
import mystery.comparisons
import mystery.fair_models
import mystery.lenses
import mystery.period_reports
import mystery.printouts
import mystery.quality_pay
import mystery.trainings
import mystery.visits
import reports
from checklists.answers import VisitFacts
from mystery.access.scopes import load_reach
from mystery.printouts.dossier import Dossier, read_dossier
from tests.cast import Cast
from tests.security.staging import Stage

READING_PACKAGES: tuple[ModuleType, ...] = (
    mystery.archives,
    mystery.printouts,
    mystery.visits,
    mystery.comparisons,
    mystery.fair_models,
    mystery.lenses,
    mystery.period_reports,
    mystery.trainings,
    mystery.quality_pay,
    reports,
)
# A field that may be called after the auditor, and why that is no leak.
ALLOWED = {
    "reports.fair_rows.FairVisit.auditor": "an opaque key that goes into the model and never comes out",
    "reports.fair_rows.FairPerson.auditors": "how many there were, not who",
    "reports.fair_rows.AuditorReport.auditors": "the lead's own type, which no other page gets",
    "reports.fair_rows.AuditorSeverity.auditor": "the lead's own type, which no other page gets",
    "reports.not_applicable.AskedCount.auditor": "the lead's own page alone counts by auditor",
    "reports.method.invented_programme.KnownVisit.auditor": "points of an invented auditor, no key",
    "checklists.answers.VisitFacts.auditor": "an answers file may name him; the dossier empties these facts",
    "reports.lenses.training_rows.TrainingVisit.auditor": "a key that the model takes out; no result has it",
}
COUNTS = {"person.auditors"}


def list_modules() -> Iterator[ModuleType]:
    """Every module of the packages that read visits for others."""
    for package in READING_PACKAGES:
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def list_reached_types() -> set[type]:
    """Every dataclass of these modules, and every one that can be reached through a field."""
    waiting = [
        thing
        for module in list_modules()
        for thing in vars(module).values()
        if isinstance(thing, type) and dataclasses.is_dataclass(thing) and thing.__module__ == module.__name__
    ]
    reached: set[type] = set()
    while waiting:
        each = waiting.pop()
        if each not in reached:
            reached.add(each)
            hints = typing.get_type_hints(each).values()
            waiting += [inner for hint in hints for inner in list_types_in(hint)]
    return reached


def list_types_in(hint: Any) -> Iterator[type]:
    """The dataclasses inside an annotation, however deep."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        yield hint
    for argument in typing.get_args(hint):
        yield from list_types_in(argument)


def test_it_has_no_field_for_an_auditor_in_anything_readers_get() -> None:
    reached = list_reached_types()
    assert {Dossier, VisitFacts} <= reached, "the walk goes through fields"
    named = {
        f"{each.__module__}.{each.__qualname__}.{name}"
        for each in reached
        for name in typing.get_type_hints(each)
        if "auditor" in name.lower()
    }
    assert named <= ALLOWED.keys(), "say why it may have this field, or take it out"


def test_it_never_reads_the_auditor_of_a_visit_for_its_readers() -> None:
    """No attribute of that name is even looked at in the code that shows and compares visits.

    The name of the role is another thing: it is there to leave the role out. So is how many auditors came.
    """
    found = [
        f"{path.name}:{node.lineno}"
        for package in (mystery.visits, mystery.comparisons, mystery.lenses, mystery.period_reports)
        for path in Path(package.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and "auditor" in node.attr.lower()
        if ast.unparse(node.value) != "Role" and ast.unparse(node) not in COUNTS
    ]
    assert found == []


def test_it_empties_the_facts_in_which_a_phone_may_have_named_the_auditor(cast: Cast, staged: Stage) -> None:
    reach = load_reach(cast.ours.users["hr"])
    for visit in staged.submitted:
        assert read_dossier(reach, visit).report.sheet.visit == VisitFacts()
