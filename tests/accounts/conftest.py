"""Fixtures of accounts: the letters that would have gone out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from mystery.mail import Mailer, Message, mailer


@pytest.fixture
def letters(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Message]]:
    """``letters()`` waits for what is sent behind requests, and gives all messages so far."""
    sent: list[Message] = []
    monkeypatch.setattr(Mailer, "send", lambda _self, message: sent.append(message))

    def read() -> list[Message]:
        mailer().wait_for_all()
        return list(sent)

    return read
