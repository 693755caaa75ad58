"""What the application answers at all, and what the capabilities say about it in their routes.py."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from tests.access.matrix import Route

TESTS = Path(__file__).parent.parent
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
# Files that come with the package; tests/access/test_guards.py holds that nothing else is served so.
STATIC = frozenset({"static", "bootstrap.static", "assets.show_asset"})


def list_answered(app: Flask) -> set[tuple[str, str]]:
    """Every (endpoint, method) of the URL map but the static files."""
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in _list_methods(rule)
        if rule.endpoint not in STATIC
    }


def _list_methods(rule: Rule) -> set[str]:
    """The methods of a rule; HEAD only where it is more than the head of what GET answers."""
    methods = (rule.methods or set()) & METHODS
    return methods or (rule.methods or set()) & {"HEAD"}


def list_routes() -> list[tuple[str, Route]]:
    """The tables of all capabilities, each row with the file it stands in."""
    rows = []
    for path in sorted(TESTS.glob("*/routes.py")):
        table = import_module(f"tests.{path.parent.name}.routes")
        rows += [(f"tests/{path.parent.name}/routes.py", route) for route in table.ROUTES]
    return rows
