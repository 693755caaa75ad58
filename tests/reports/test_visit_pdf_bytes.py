"""The printed report is a pure function of its input: the same visit gives the same bytes."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from checklists.localtext import LocalText
from reports.rows import VisitReport
from reports.visit_report import report_cache_key
from tests.reports.samples import V1, V2, change_answers, draw_photo, make_report, print_pdf, show_photo

ROOT = Path(__file__).parents[2]
PRINT_IN_ANOTHER_PROCESS = """
import hashlib
from tests.reports.samples import draw_photo, make_report, print_pdf, show_photo
report = make_report(photos=(show_photo("a", "wait"),))
print(hashlib.sha256(print_pdf(report, "ru", a=draw_photo())).hexdigest())
"""


def test_it_gives_the_same_bytes_twice() -> None:
    """Cached and printed anew, a report is one and the same file."""
    report = make_report(photos=(show_photo("a", "wait"),))
    assert print_pdf(report, a=draw_photo()) == print_pdf(report, a=draw_photo())


def test_it_gives_the_same_bytes_in_another_process_and_without_fonts(tmp_path: Path) -> None:
    """Two workers print the same report into the same file: no clock, no random names, no order of sets.

    A fresh server has no fonts at all: the report brings its own, and no engine warns or falls over.
    """
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Vladivostok", "FONTCONFIG_FILE": str(config)}
    there = subprocess.run(
        [sys.executable, "-W", "error", "-c", PRINT_IN_ANOTHER_PROCESS],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **elsewhere},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout.strip()
    report = make_report(photos=(show_photo("a", "wait"),))
    assert hashlib.sha256(print_pdf(report, a=draw_photo())).hexdigest() == there


def test_it_stays_small() -> None:
    """Only the glyphs that are used travel in the file."""
    assert len(print_pdf(make_report())) < 60_000


@pytest.mark.parametrize(
    "changed",
    [
        make_report(change_answers(V1, name="no"), revision="00000000"),
        make_report(employee="Сотрудник 17"),
        make_report(unit="Север / Магазин 4"),
        make_report(purpose=LocalText(ru="Другая цель", en="Another purpose")),
        make_report(photos=(show_photo("a", "wait"),)),
        make_report(version=3),
        make_report(standards={}),
    ],
)
def test_it_names_a_cached_report_by_everything_it_says(changed: VisitReport) -> None:
    """A renamed unit, an erased name or a deleted photo never comes back from a cache."""
    assert report_cache_key(changed, "ru") != report_cache_key(make_report(), "ru")


def test_it_names_a_cached_report_by_language_and_content_only() -> None:
    """The same visit has one name a language."""
    report = make_report(V2)
    assert report_cache_key(report, "ru") == report_cache_key(replace(report), "ru")
    assert report_cache_key(report, "ru") != report_cache_key(report, "en")
