"""A report over a period can be checked by whoever has the file, as that of a visit can."""

import json
from dataclasses import replace
from fractions import Fraction
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from checklists.localtext import LANGUAGES
from reports.period_print import write_employee_document, write_unit_document
from reports.period_record import FILE_NAME, read_period_record, write_period_record
from reports.period_rows import EmployeePeriod, StaffMember
from reports.period_verification import (
    check_period_page,
    check_period_record,
    list_period_means,
    list_period_sentences,
)
from reports.record import digest_of, write_canonical
from reports.section_means import GATE_PEOPLE
from reports.verification import Status, verify_pdf
from reports.verification_words import describe_verdict
from tests.reports.period_samples import make_period, make_unit_period, worked_visit
from tests.reports.samples import sample_checklist
from tests.reports.test_period_pdf import KINDS, NAMES, print_sample
from tests.reports.test_verification import change, list_leaves, printed_without_record

VISITS = [worked_visit(number, name="no" if number % 2 else "yes") for number in range(1, 7)]
VISITS[1] = worked_visit(2, receipt="no")


@cache
def read_sample(kind: str) -> dict[str, Any]:
    """The record of the report that `print_sample` prints."""
    if kind == "employee":
        return read_period_record(write_period_record(make_period(VISITS)))
    staff = {name: VISITS[: 2 + number] for number, name in enumerate(NAMES)}
    return read_period_record(write_period_record(make_unit_period(staff, sample_checklist())))


def embed(kind: str, record: dict[str, Any]) -> bytes:
    """The pages of a sample with another record in them."""
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(printed_without_record(print_sample(kind)))))
    writer.add_attachment(FILE_NAME, write_canonical(record).encode())
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def look_up(record: Any, path: tuple[str | int, ...]) -> Any:
    """The value at the end of a path."""
    for step in path:
        record = record[step]
    return record


@pytest.mark.parametrize("kind", KINDS)
def test_it_finds_a_printed_report_unaltered(kind: str) -> None:
    verdict = verify_pdf(print_sample(kind))
    assert (verdict.status, verdict.kind, verdict.differences) == (Status.VALID, kind, ())
    assert verdict.record == read_sample(kind)
    stamp = read_sample(kind)["digest"][:12]
    for language in LANGUAGES:
        assert stamp in " ".join(describe_verdict(verdict, language))


@pytest.mark.parametrize("kind", KINDS)
def test_it_finds_any_single_value_changed(kind: str) -> None:
    record = read_sample(kind)
    unnoticed = []
    for path in list_leaves(record):
        value = look_up(record, path)
        # Every value gets one other, of a kind that goes around.
        other = (None, "", 0, True, f"{value}1")[len(str(path)) % 5]
        if other == value and type(other) is type(value):
            other = f"{value}1"
        if digest_of(change(record, path, other)) == record["digest"] and path != ("digest",):
            unnoticed.append((path, value, other))
    assert unnoticed == []
    assert check_period_record(change(record, ("digest",), "0" * 64))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_it_finds_a_changed_figure_even_with_a_digest_made_to_fit(data: st.DataObject) -> None:
    """Whoever can compute a SHA-256 still cannot make other figures follow from the same rows."""
    record = read_sample(data.draw(st.sampled_from(KINDS)))
    path = data.draw(st.sampled_from(list(list_leaves(record["figures"]))))
    other = data.draw(
        st.one_of(st.none(), st.integers(0, 99), st.fractions(0, 100).map(str), st.text(max_size=5))
    )
    changed = change(record, ("figures", *path), other)
    changed["digest"] = digest_of(changed)
    old = look_up(record["figures"], path)
    if other != old or type(other) is not type(old):
        assert [each for each in check_period_record(changed) if each.place.startswith("figures")]


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_it_answers_whatever_stands_in_the_rows(data: st.DataObject) -> None:
    """Nothing in a file stops the check; with its digest made to fit, page one still bears another stamp."""
    record = read_sample(data.draw(st.sampled_from(KINDS)))
    part = data.draw(st.sampled_from(("rows", "facts", "versions")))
    path = data.draw(st.sampled_from(list(list_leaves(record[part]))))
    other = data.draw(
        st.one_of(st.none(), st.integers(-5, 9), st.just("9" * 400), st.just("1/0"), st.just([]), st.just({}))
    )
    changed = change(record, (part, *path), other)
    changed["digest"] = digest_of(changed)
    check_period_record(changed)
    list(check_period_page(changed, "words"))
    assert changed["digest"] != record["digest"] or changed == record


def test_it_works_the_scores_out_from_the_values_of_answers() -> None:
    """SC-04 to SC-08: base, final, coverage and knock-outs of a visit follow from its values."""
    record = read_sample("employee")
    changed = change(record, ("rows", "visits", 0, "values", "asked"), "1/4")
    changed["digest"] = digest_of(changed)
    places = {each.place for each in check_period_record(changed)}
    assert {"figures.visits[1].base", "figures.visits[1].final", "figures.mean"} <= places
    knocked_out = change(record, ("figures", "visits", 1, "knock_outs"), [])
    assert "figures.visits[2].knock_outs" in {each.place for each in check_period_record(knocked_out)}


@pytest.mark.parametrize("kind", KINDS)
def test_it_finds_a_record_that_belongs_to_other_pages(kind: str) -> None:
    """Page one has to say what follows from the record, and to bear its stamp."""
    if kind == "employee":
        other = write_period_record(make_period(VISITS[:4]))
    else:
        other = write_period_record(make_unit_period({name: VISITS for name in NAMES}, sample_checklist()))
    verdict = verify_pdf(embed(kind, read_period_record(other)))
    assert verdict.status is Status.ALTERED
    assert {each.place for each in verdict.differences} >= {
        "page 1: stamp",
        "page 1: figures",
        "page 2: stamp",
    }


def test_it_works_out_the_sentence_of_page_one_anew() -> None:
    [sentence] = list_period_sentences(read_sample("employee"), "ru")
    [(mean, words)] = list_period_means(read_sample("employee"), "ru")
    assert (mean, words.partition(",")[0]) == ("95,8", "Средний базовый балл из 100")
    assert sentence.startswith("За период 6")
    assert "95,8" in sentence
    head, tail = list_period_sentences(read_sample("unit"), "ru")
    assert " ".join(head.split()).startswith("За период 14 визитов: 4 сотрудника.")
    assert "8 из 14 визитов" in " ".join(tail.split())


@pytest.mark.parametrize("kind", KINDS)
def test_it_names_nobody_but_those_on_the_pages(kind: str) -> None:
    """No id of a person or a visit, and no mean of fewer people than a mean may be of."""
    record = write_canonical(read_sample(kind))
    assert "00000000-0000-4000-8000" not in record
    assert "id of" not in record
    unit = make_unit_period({name: VISITS[:2] for name in NAMES[: GATE_PEOPLE - 1]}, sample_checklist())
    few = json.loads(write_period_record(replace(unit, sections=unit.sections[:2])))
    assert {each["own"]["total"] for each in few["rows"]["sections"]} == {None}


def test_it_keeps_names_out_where_there_are_too_many_for_a_table() -> None:
    unit = make_unit_period({"Анна": VISITS[:1]}, sample_checklist())
    many = tuple(StaffMember(str(number), f"Имя {number}") for number in range(60))
    record = write_period_record(replace(unit, staff=many, counts=(), is_wide=True))
    assert "Имя" not in record
    assert check_period_record(read_period_record(record)) == ()


def test_it_gives_visits_of_one_day_the_order_of_the_report() -> None:
    """The ids of visits do not travel with the file, so nothing may hang on their order."""
    twice = [
        replace(visit, visited_on=VISITS[0].visited_on, visit=f"{9 - n}") for n, visit in enumerate(VISITS)
    ]
    record = read_period_record(write_period_record(make_period(twice)))
    assert check_period_record(record) == ()


def test_it_reads_a_visit_that_was_not_scored() -> None:
    empty = worked_visit(7)
    empty = replace(empty, base=None, final=None, coverage=Fraction(0), shares={}, knock_outs=())
    record = read_period_record(write_period_record(make_period([*VISITS, empty])))
    assert check_period_record(record) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_it_carries_a_code_that_leads_to_the_page_of_its_record(kind: str) -> None:
    """The address has half of the digest; the stamp, its first letters, is on every page."""
    period = make_period(VISITS) if kind == "employee" else make_unit_period({}, sample_checklist())
    period = replace(period, public_url="https://mystery.example.com/")
    document = (
        write_employee_document(period, "en")
        if isinstance(period, EmployeePeriod)
        else write_unit_document(period, "en")
    )
    digest = read_period_record(document.record)["digest"]
    assert f"https://mystery.example.com/v/{digest[:32]}" in document.html
    assert document.html.count(digest[:12]) == 5, "in the head of pages, under the code, and in its addresses"
    assert b"<path" in document.drawings["seal.svg"]
