"""The press: reports that a download did not find are rendered in a process of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import cast
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mystery.access.scopes import NotYours
from mystery.commands.press import live_as_press
from mystery.printouts import printing
from mystery.printouts.failures import PrintFailed
from mystery.printouts.press import FAILED, GONE, PRINTED, PressProcess, serve_press
from reports.period_print import PrintedPeriod
from tests.cast import Cast
from tests.factories import make_submitted_visit


def act(pipe: Connection) -> None:
    """A press that prints nothing: its answer is in the language."""
    while True:
        try:
            visit, language = pipe.recv()
        except EOFError:
            return
        if language == "dies":
            os._exit(1)
        pipe.send((language, str(visit)))


@pytest.fixture
def press() -> Iterator[PressProcess]:
    """A press with that process."""
    with_actor = PressProcess(act)
    yield with_actor
    with_actor.close()


def test_it_says_what_became_of_each_report_and_survives_its_process(press: PressProcess) -> None:
    visit = uuid4()
    print_as: Callable[..., str] = press
    assert print_as(visit, PRINTED) == str(visit)
    with pytest.raises(NotYours):
        print_as(visit, GONE)
    with pytest.raises(PrintFailed):
        print_as(visit, "dies")
    assert print_as(visit, PRINTED) == str(visit)
    with pytest.raises(PrintFailed):
        print_as(visit, FAILED)


def test_it_answers_a_document_with_its_print_or_with_what_went_wrong(app: Flask) -> None:
    """A report over a period goes to the press as it is written, and comes back whole."""
    html = "<html lang='ru'><head><title>t</title></head><body><h1>Отчёт</h1></body></html>"
    document = PrintedPeriod(html, {}, "#0f5c63")
    here, there = Pipe()
    server = Thread(target=serve_press, args=(app, there))
    server.start()
    here.send(document)
    answer, content = here.recv()
    assert (answer, content[:4]) == (PRINTED, b"%PDF")
    here.send(replace(document, html=cast(str, None)))
    answer, words = here.recv()
    assert (answer, bool(words)) == (FAILED, True)
    here.close()
    server.join(timeout=30)
    assert not server.is_alive()


def test_it_prints_for_a_download_in_another_process(
    app: Flask, cast: Cast, client_of: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> bytes:
        raise AssertionError("rendered in the server")

    monkeypatch.setattr(printing, "render_visit_pdf", refuse)
    monkeypatch.setattr(printing, "render_period_pdf", refuse)
    press = PressProcess(partial(live_as_press, app.config["MYSTERY"]))
    monkeypatch.setitem(app.extensions, "press", press)
    visit = make_submitted_visit(cast)
    manager = client_of("manager")
    answers = [
        manager.get(f"/visits/{visit}/report.pdf"),
        manager.get(f"/period-reports/employees/{cast.ours.employees['Анна']}/report.pdf"),
    ]
    press.close()
    assert all(answer.data.startswith(b"%PDF") for answer in answers)
