"""One address of every view, with rows that exist where there are any."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule

from tests.security.crawl import STATIC, list_sample_values

NOBODY = "00000000-0000-0000-0000-000000000001"


def list_own_rules(app: Flask) -> list[Rule]:
    """The rules of our own views; the folders of package files have none."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC]


def build_address(rule: Rule) -> str:
    """An address of a rule; needs a request context."""
    values: dict[str, Any] = {}
    for argument in rule.arguments:
        found = list_sample_values(rule, argument)
        values[argument] = found[0] if found else NOBODY
    return url_for(rule.endpoint, **values)
