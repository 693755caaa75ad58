"""`mystery run` says how a phone reaches the application, unless it is reached over HTTPS already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from mystery.commands.serving import announce

ROOT = Path(__file__).parent.parent.parent


def test_it_says_in_two_lines_how_a_phone_gets_in(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    announce(app.config["MYSTERY"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Mystery answers at http://")
    assert len(lines) == 3
    assert "make phone" in lines[1]
    assert "deploy/README.md" in lines[2]


def test_it_names_only_what_is_there() -> None:
    assert (ROOT / "deploy" / "README.md").exists()
    assert "\nphone:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_it_says_nothing_of_phones_where_they_get_in(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    announce(replace(app.config["MYSTERY"], public_url="https://visits.example.com", https=True))
    assert len(capsys.readouterr().out.splitlines()) == 1
