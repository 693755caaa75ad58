"""Logs never stand between a visitor and his answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
import structlog

from mystery.logs import init_logs


class BrokenStream:
    """A stream whose disk is full."""

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


@pytest.fixture(autouse=True)
def set_up_logs() -> Iterator[None]:
    """Our logs, and whatever was set before afterwards."""
    before = structlog.get_config()
    init_logs()
    yield
    structlog.configure(**before)


def test_it_loses_a_line_rather_than_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", BrokenStream())
    structlog.get_logger().error("request failed", path="/visits")


def test_it_writes_one_line_an_event_without_the_values_of_variables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    password = "hush"
    try:
        raise ValueError(len(password))
    except ValueError as error:
        structlog.get_logger().error("request failed", exc_info=error)
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert "ValueError" in written
    assert "hush" not in written
