"""Corrected answers can be checked as well: they travel in the record, and have to lead to what counts."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.command import verify
from reports.record import RecordUnreadable, digest_of, read_record, write_canonical, write_record
from reports.rows import ReportCorrection
from reports.verification import Status, verify_pdf
from reports.visit_verification import check_record
from tests.reports.samples import make_report, print_pdf
from tests.reports.test_verification import change, embed, list_leaves, printed_without_record

CORRECTIONS = (
    ReportCorrection("name", "yes", "no", "review", "Бейджа не было видно.", date(2026, 11, 8)),
    ReportCorrection("asked", 3, 4, "review", "На записи слышен ещё один вопрос.", date(2026, 11, 8)),
    ReportCorrection("name", "no", "yes", "appeal", "Имя названо в начале записи.", date(2026, 11, 12)),
)
REPORT = make_report(corrections=CORRECTIONS)
RECORD = read_record(write_record(REPORT))

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20), st.just("yes")
)


def seal_anew(record: dict[str, Any]) -> dict[str, Any]:
    """The record with a digest made to fit."""
    return {**record, "digest": digest_of(record)}


def value_at(path: tuple[str | int, ...]) -> Any:
    """The value of the record at the end of a path."""
    value: Any = RECORD
    for step in path:
        value = value[step]
    return value


def test_it_finds_corrections_that_lead_to_what_counts() -> None:
    """Two corrections of one question and one of another: yes, no and yes again; three and four."""
    assert check_record(RECORD) == ()
    assert verify_pdf(print_pdf(REPORT)).status is Status.VALID


@given(st.sampled_from(list(list_leaves(RECORD))), scalars)
@settings(max_examples=200, deadline=None)
def test_it_finds_whatever_single_value_is_changed(path: tuple[str | int, ...], other: object) -> None:
    """Any leaf of the record, any other scalar in its place: facts, checklist, answers, reasons, score."""
    old = value_at(path)
    if write_canonical(other) != write_canonical(old):
        assert check_record(change(RECORD, path, other)), (path, old, other)


@given(st.sampled_from(list(list_leaves(RECORD))))
@settings(max_examples=100, deadline=None)
def test_it_finds_a_value_that_was_taken_out(path: tuple[str | int, ...]) -> None:
    """A fact, a reason or a line of the score that is missing is as bad as a changed one."""
    changed = copy.deepcopy(RECORD)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    if len(path) > 1:
        assert check_record(changed), path
    else:
        with pytest.raises(RecordUnreadable):
            read_record(write_canonical(changed))


@pytest.mark.parametrize("place", ["facts", "score", "answers", "corrections"])
def test_it_finds_what_was_added(place: str) -> None:
    changed = copy.deepcopy(RECORD)
    if isinstance(changed[place], list):
        changed[place].append(changed[place][-1])
    else:
        changed[place]["more"] = "1"
    assert check_record(changed)


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("corrections", 2, "after"), "no", "corrections[2].after"),
        (("corrections", 2, "before"), "yes", "corrections[2].before"),
        (("corrections", 1, "after"), 5, "corrections[1].after"),
        (("corrections", 0, "question"), "asked", "corrections[1].before"),
        (("answers", "answers", "name"), "no", "corrections[2].after"),
    ],
)
def test_it_finds_a_broken_chain_even_with_a_digest_made_to_fit(
    path: tuple[str | int, ...], value: object, found: str
) -> None:
    """Whoever can compute a SHA-256 still cannot make other originals lead to the same answers."""
    assert found in {each.place for each in check_record(seal_anew(change(RECORD, path, value)))}


@pytest.mark.parametrize("entry", [None, 5, "x", [], {}, {"question": 7}])
def test_it_stumbles_over_no_correction_that_is_none(entry: object) -> None:
    changed = seal_anew({**RECORD, "corrections": [entry]})
    assert "corrections[0]" in {each.place for each in check_record(changed)}


def test_it_still_reads_reports_from_before_answers_could_be_corrected() -> None:
    """Their records have no list of corrections, and their digest does not cover one."""
    old = read_record(write_record(make_report()))
    del old["corrections"]
    assert check_record(seal_anew(old)) == ()


def test_it_names_a_changed_reason_on_the_command_line(tmp_path: Path) -> None:
    pdf = print_pdf(REPORT)
    altered = tmp_path / "altered.pdf"
    record = change(RECORD, ("corrections", 0, "reason"), "Без причины.")
    altered.write_bytes(embed(printed_without_record(pdf), record))
    said = CliRunner().invoke(verify, [str(altered), "--json"])
    assert said.exit_code == 1
    assert json.loads(said.output)["differences"][0]["place"] == "digest"
