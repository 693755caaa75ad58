"""A report can be checked by whoever has the file: every change of a value is found and named."""

import copy
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from checklists.localtext import LANGUAGES
from reports.command import verify
from reports.record import FILE_NAME, digest_of, read_record, write_canonical, write_record
from reports.verification import Status, verify_pdf
from reports.visit_verification import check_record
from tests.reports.samples import AUDITOR, V2, make_report, print_pdf

RECORD = read_record(write_record(make_report()))
PathTo = tuple[str | int, ...]


def list_leaves(value: Any, path: PathTo = ()) -> Iterator[PathTo]:
    """The way to every single value of a JSON document."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from list_leaves(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from list_leaves(part, (*path, index))
    else:
        yield path


def change(record: dict[str, Any], path: PathTo, value: object) -> dict[str, Any]:
    """A copy of ``record`` with another value in one place."""
    changed = copy.deepcopy(record)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


def embed(pdf: bytes, record: dict[str, Any]) -> bytes:
    """The same pages with another record in them."""
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(pdf)))
    writer.add_attachment(FILE_NAME, write_canonical(record).encode())
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Worked visit V1, printed."""
    return print_pdf(make_report(), "ru")


def test_it_finds_a_printed_report_unaltered(printed: bytes) -> None:
    verdict = verify_pdf(printed)
    assert (verdict.status, verdict.differences) == (Status.VALID, ())
    assert verdict.record is not None
    assert verdict.record["score"]["base"] == "646/9"
    assert verdict.record["score"]["final"] == "691/9"


def test_it_finds_any_single_value_changed() -> None:
    unnoticed = []
    for path in list_leaves(RECORD):
        value: Any = RECORD
        for step in path:
            value = value[step]
        for other in (None, "", 0, True, f"{value}1"):
            is_other = other != value or type(other) is not type(value)
            if is_other and not check_record(change(RECORD, path, other)):
                unnoticed.append((path, value, other))
    assert unnoticed == []


@given(st.sampled_from(list(list_leaves(RECORD["score"]))), st.fractions(0, 100))
@settings(max_examples=200, deadline=None)
def test_it_finds_a_changed_score_even_with_a_digest_made_to_fit(path: PathTo, figure: object) -> None:
    """Whoever can compute a SHA-256 still cannot make other points follow from the same answers."""
    changed = change(RECORD, ("score", *path), str(figure))
    changed["digest"] = digest_of(changed)
    if changed["score"] != RECORD["score"]:
        assert [each for each in check_record(changed) if each.place.startswith("score")]


def test_it_finds_a_changed_answer_even_with_a_digest_made_to_fit() -> None:
    changed = change(RECORD, ("answers", "answers", "asked"), 5)
    changed["digest"] = digest_of(changed)
    places = {each.place for each in check_record(changed)}
    assert {"score.base", "score.final"} <= places


def test_it_names_what_differs_in_the_file(printed: bytes) -> None:
    changed = change(RECORD, ("score", "final"), "95")
    pdf = embed(printed_without_record(printed), changed)
    verdict = verify_pdf(pdf)
    assert verdict.status is Status.ALTERED
    assert {each.place for each in verdict.differences} == {"digest", "score.final"}


def test_it_finds_a_record_that_belongs_to_other_pages(printed: bytes) -> None:
    """The score printed on page one has to be that of the record."""
    other = read_record(write_record(make_report(V2)))
    verdict = verify_pdf(embed(printed_without_record(printed), other))
    assert verdict.status is Status.ALTERED
    assert "page 1: score" in {each.place for each in verdict.differences}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 1000])
def test_it_does_not_know_other_files(content: bytes) -> None:
    assert verify_pdf(content).status is Status.UNKNOWN


def test_it_does_not_know_a_pdf_without_a_record(printed: bytes) -> None:
    assert verify_pdf(printed_without_record(printed)).status is Status.UNKNOWN


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "another"}', "[" * 5000])
def test_it_takes_no_other_json_for_a_record(printed: bytes, text: str) -> None:
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(printed_without_record(printed))))
    writer.add_attachment(FILE_NAME, text.encode())
    written = BytesIO()
    writer.write(written)
    assert verify_pdf(written.getvalue()).status is Status.UNKNOWN


def test_it_embeds_nothing_about_the_auditor() -> None:
    """The answers file of V1 names its auditor; the record of its report does not."""
    record = write_record(make_report())
    assert AUDITOR not in record
    assert set(json.loads(record)["answers"]["visit"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_the_verdict_on_the_command_line(tmp_path: Path, printed: bytes, language: str) -> None:
    whole, altered, other = (tmp_path / name for name in ("whole.pdf", "altered.pdf", "other.txt"))
    whole.write_bytes(printed)
    record = change(RECORD, ("answers", "answers", "asked"), 5)
    altered.write_bytes(embed(printed_without_record(printed), record))
    other.write_text("no report")
    run = CliRunner().invoke
    said = run(verify, [str(whole), "--lang", language])
    assert said.exit_code == 0
    assert "646/9" in said.output
    said = run(verify, [str(altered), "--lang", language])
    assert said.exit_code == 1
    assert "score.base" in said.output
    assert run(verify, [str(other), "--lang", language]).exit_code == 2
    as_json = json.loads(run(verify, [str(altered), "--json"]).output)
    assert as_json["status"] == "altered"
    assert {each["place"] for each in as_json["differences"]} >= {"digest", "score.base"}


def printed_without_record(pdf: bytes) -> bytes:
    """The pages alone."""
    writer = PdfWriter()
    for page in PdfReader(BytesIO(pdf)).pages:
        writer.add_page(page)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
