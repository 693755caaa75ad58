"""The benchmark of the phone compares like with like: sixty questions on both pages, all of them shown."""

from __future__ import annotations

import io
import re
import urllib.request
from typing import Any

import pytest
from PIL import Image

from benchmarks.bootstrap_form import render_form, serve_bootstrap_form
from benchmarks.kept_visit import take_photo
from benchmarks.lighthouse import read_report
from benchmarks.phone_site import QUESTIONS, make_long_checklist


def make_report(*, score: float = 1.0, **moments: float) -> dict[str, Any]:
    """As much of Lighthouse's report as is read."""
    audits = {name.replace("_", "-"): {"numericValue": value} for name, value in moments.items()}
    audits |= {"color-contrast": {"score": int(score == 1)}}
    refs = [{"id": "color-contrast", "weight": 7}]
    return {"audits": audits, "categories": {"accessibility": {"score": score, "auditRefs": refs}}}


def test_it_asks_sixty_questions_on_both_pages() -> None:
    checklist = make_long_checklist()
    identities = [question.id for question in checklist.questions()]
    assert len(identities) == len(set(identities)) == QUESTIONS
    assert len(re.findall("<fieldset", render_form(checklist))) == QUESTIONS
    assert all(f'name="a.{each}"' in render_form(checklist) for each in identities)


def test_it_serves_the_plain_page_with_all_its_files() -> None:
    with serve_bootstrap_form(make_long_checklist()) as address:
        page = render_form(make_long_checklist())
        for path in ("", *(found.lstrip("/") for found in re.findall(r'(?:href|src)="(/[^"]+)"', page))):
            with urllib.request.urlopen(address + path) as answer:
                assert answer.headers["Content-Encoding"] == "gzip"
                assert len(answer.read()) > 1000


def test_it_counts_a_page_as_ready_when_it_is_painted_and_answers() -> None:
    report = make_report(largest_contentful_paint=900.0, interactive=1200.0, total_blocking_time=30.0)
    verdict = read_report(report)
    assert (verdict.ready, verdict.blocked, verdict.accessibility) == (1200.0, 30.0, 100.0)
    assert verdict.complaints == ()


def test_it_names_what_costs_points_for_accessibility() -> None:
    report = make_report(score=0.9, largest_contentful_paint=900.0, total_blocking_time=30.0)
    assert read_report(report).complaints == ("color-contrast",)


def test_it_does_not_take_a_page_that_failed_for_a_fast_one() -> None:
    with pytest.raises(RuntimeError, match="not loaded"):
        read_report({"runtimeError": {"message": "not loaded"}})


def test_it_takes_photos_of_the_size_it_speaks_of() -> None:
    photo = take_photo(1)
    assert 4_000_000 < len(photo) <= 5_000_000
    assert Image.open(io.BytesIO(photo)).size == (4000, 3000)
    assert take_photo(2) != photo
