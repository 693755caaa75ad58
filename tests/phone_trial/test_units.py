"""The systemd units in deploy/ start commands that there are, with options that they know."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from mystery.cli import mystery
from mystery.jobs.crew import SECONDS_TO_STOP

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
UNITS = {path.name: path.read_text(encoding="utf-8") for path in sorted(DEPLOY.glob("*.service"))}


@pytest.mark.parametrize("name", UNITS)
def test_it_starts_what_there_is(name: str) -> None:
    commands = re.findall(r"^ExecStart(?:Pre)?=\S+/mystery (.+)$", UNITS[name], re.MULTILINE)
    assert commands
    for line in commands:
        words = shlex.split(line)
        command = mystery.get_command(click.Context(mystery), words[0])
        assert command is not None, line
        command.make_context(words[0], words[1:], resilient_parsing=False)


@pytest.mark.parametrize("name", UNITS)
def test_it_waits_until_the_workers_have_put_back_their_jobs(name: str) -> None:
    patience = re.search(r"^TimeoutStopSec=(\d+)$", UNITS[name], re.MULTILINE)
    assert patience
    assert int(patience[1]) > SECONDS_TO_STOP
