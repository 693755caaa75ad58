"""Other programs that print a visit: a browser that is up, and Typst and ReportLab in their own process."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from benchmarks.paper import Paper
from benchmarks.phone_page import launch_chromium

INTERPRETER: Final = "MYSTERY_BENCHMARK_PYTHON"
PACKAGES: Final = ("typst", "reportlab")
PROGRAM: Final = Path(__file__).with_name("rival_printers.py")

Printer = Callable[[Paper], bytes]


class MissingProgram(Exception):
    """A program to compare with is not there; the message says what would bring it."""


@contextmanager
def open_chromium() -> Iterator[Printer]:
    """Start the system's Chromium and print in one of its tabs; raises MissingProgram."""
    with sync_playwright() as playwright:
        try:
            browser = launch_chromium(playwright)
        except RuntimeError as error:
            raise MissingProgram(str(error)) from error
        tab = browser.new_page()

        def print_page(paper: Paper) -> bytes:
            tab.goto(paper.browser_page.as_uri())
            return tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)

        yield print_page
        browser.close()


@contextmanager
def open_package(package: str) -> Iterator[Printer]:
    """Start the printer with one of ``PACKAGES`` in its own process; raises MissingProgram."""
    interpreter = os.environ.get(INTERPRETER)
    if not interpreter:
        raise MissingProgram(f"no interpreter is named in {INTERPRETER}")
    command = [interpreter, str(PROGRAM), package]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # Whoever runs the benchmark names it.
        assert process.stdin is not None, "it was asked for"
        assert process.stdout is not None, "it was asked for"
        stdin, stdout = process.stdin, process.stdout

        def wait() -> None:
            if not stdout.readline():
                raise MissingProgram(f"{interpreter} cannot print with {package}")

        def print_content(paper: Paper) -> bytes:
            folder = paper.plain_page.parent
            stdin.write(f"{folder / str(paper.number)}.json\n")
            stdin.flush()
            wait()
            return (folder / f"{package}.pdf").read_bytes()

        wait()
        yield print_content
        stdin.close()
