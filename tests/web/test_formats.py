"""How numbers stand in a line: whole, however narrow the phone is, and rounded as in the report."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from mystery.web.formats import format_number, format_percent, keep_figures_whole


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("до 5 000 рублей", "до 5\u00a0000 рублей"),
        ("1 250 000 и ещё 300", "1\u00a0250\u00a0000 и ещё 300"),
        ("с 5 до 700, дом 12 к 3", "с 5 до 700, дом 12 к 3"),
        ("в 2026 2500 штук", "в 2026 2500 штук"),
        ("10 00", "10 00"),
        ("", ""),
    ],
)
def test_it_keeps_typed_thousands_together_and_nothing_else(typed: str, shown: str) -> None:
    assert keep_figures_whole(typed) == shown


@pytest.mark.parametrize(("language", "shown"), [("ru", "12\u00a0345,5"), ("en", "12,345.5")])
def test_it_writes_thousands_without_a_place_to_break(app: Flask, language: str, shown: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}), force_locale(language):
        assert format_number(12345.5) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(94.25, "94,3"), (81.25, "81,3"), (0.0, "0,0"), (100.0, "100,0"), (None, "–")]
)
def test_it_rounds_half_up_as_the_report_does(app: Flask, value: float | None, shown: str) -> None:
    """SC-09; rounding to even would give 94,2 here and 94,3 in the report."""
    with app.test_request_context(), force_locale("ru"):
        assert format_percent(value) == shown
