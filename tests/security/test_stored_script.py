"""Script in stored text: whatever people write is shown as what they wrote, and never runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checklists.loading import read_checklist
from tests.security.artefacts import CSV, PDF, XLSX, Artefact, list_layers, read_cells, read_pdf_text
from tests.security.conftest import TaintedSite
from tests.security.page_parts import ADDRESS_ATTRIBUTES, PageParts
from tests.security.payloads import TOKEN

# Columns that nobody's page shows, each with the reason.
NOWHERE_SHOWN = {
    "answer.comment": "for analysis; pages and reports read the answers as they were sent",
    "draft_copy.content.events": "the review desk compares what two contents say, not what phones noted",
    "pay_agreement.content.en": "shown where HR or the employee read English; here both read Russian",
    "upload.question": "only a number is shown, and only where the checklist has the question",
    "visit.draft.events": "handed as JSON to the phone of its auditor; shown once the visit has arrived",
}
BEHIND_TOKEN = 14
# Invisible characters at which a renderer may break lines or reorder letters.
INVISIBLE = re.compile("[\u202e\u2066\u200b\u2028\u2029\u00ad\ufeff]")


def list_problems_of_page(page: Artefact, site: TaintedSite) -> list[str]:
    """Where a payload is markup, or is not shown as it was written."""
    parts = PageParts(page.text)
    problems = []
    for tag, attributes in parts.tags:
        if tag == "script" and not attributes.get("src", "").startswith("/"):
            problems.append(f"<script {attributes}>")
        if tag == "img" and attributes.get("src") == "x":
            problems.append("the picture of a payload")
        problems += [f"{tag} with {name}" for name in attributes if name.startswith(("on", "style"))]
        problems += [
            f"{tag} {name}={value[:40]}"
            for name, value in attributes.items()
            if name in ADDRESS_ATTRIBUTES
            and value.strip().lower().startswith(("javascript:", "vbscript:", "data:text"))
        ]
    whole = fold("\n".join([*parts.values(), *read_sources(parts)]))
    for token in set(TOKEN.findall(page.text)):
        place, payload = site.payloads.planted[token]
        if not is_shown(fold(payload), token, whole):
            problems.append(f"{place} is not shown as it was written: {find_around(token, page.text)!r}")
    return problems


def read_sources(parts: PageParts) -> Iterator[str]:
    """The texts of a checklist that stands in a field as YAML, as the author gets them when it is read."""
    for form in parts.forms:
        for each in form.fields.values():
            if each.kind == "textarea" and "sections:" in each.value:
                checklist, _problems = read_checklist(each.value, name="source")
                assert checklist is not None, "what is offered for change can be read"
                yield from walk_texts(checklist.model_dump())


def walk_texts(value: Any) -> Iterator[str]:
    """Every text inside nested lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from walk_texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from walk_texts(each)


def is_shown(payload: str, token: str, whole: str) -> bool:
    """Whether a payload stands in a text, whole or cut short with an ellipsis."""
    if payload in whole:
        return True
    behind = payload.partition(token)[2]
    shown = [text.partition("…")[0] for text in whole.split(token)[1:]]
    return bool(shown) and all(behind.startswith(text) for text in shown)


def fold(text: str) -> str:
    """A text without blanks and invisible characters, which forms tidy away and layouts add."""
    return "".join(INVISIBLE.sub("", text).split())


def find_around(token: str, text: str) -> str:
    """The neighbourhood of a token, for the message of a failed test."""
    place = text.index(token)
    return text[max(0, place - 40) : place + 160]


def is_printed(token: str, visible: str, text: str) -> bool:
    """Whether a payload stands in a text, whole or shortened by our own ellipsis."""
    cuts = (token + visible[:end] + "…" for end in range(len(visible)))
    return token + visible in text or any(cut in text for cut in cuts)


def test_it_has_a_row_for_every_text_column(tainted_site: TaintedSite) -> None:
    """A column without a row would be tested by nothing: staging.py has to make one."""
    assert tainted_site.bare_columns == []


def test_it_answers_every_address_without_breaking(tainted_site: TaintedSite) -> None:
    broken = [artefact.describe() for artefact in tainted_site.artefacts if artefact.status >= 500]
    assert broken == []


def test_it_shows_every_payload_as_text_and_none_as_markup(tainted_site: TaintedSite) -> None:
    """Pages: the reliability rule "script in stored text", and template injection ({{7*7}} stays)."""
    problems = {page.describe(): list_problems_of_page(page, tainted_site) for page in tainted_site.pages()}
    assert {page: found for page, found in problems.items() if found} == {}


def test_it_looks_at_every_text_that_people_can_write(tainted_site: TaintedSite) -> None:
    """A payload that no page showed proved nothing: each column is seen by somebody, or says why not."""
    seen = {
        tainted_site.payloads.find_place(token)
        for artefact in tainted_site.artefacts
        if artefact.is_page
        for token in TOKEN.findall(artefact.text)
    }
    planted = {place for place, _text in tainted_site.payloads.planted.values()}
    assert planted - seen == NOWHERE_SHOWN.keys()


def test_it_prints_payloads_in_the_report_as_they_are(tainted_site: TaintedSite) -> None:
    """PDF: a page break may part a payload, so the letters behind each token are compared, and the braces."""
    for artefact in tainted_site.of_type(PDF):
        text = fold(read_pdf_text(artefact.content))
        tokens = set(TOKEN.findall(text))
        is_visit = artefact.address.startswith("/visits/")
        assert len(tokens) > (30 if is_visit else 5), "a report without payloads proves nothing"
        assert text.count("{{7*7}}") > (10 if is_visit else 5)
        for token in tokens:
            place, payload = tainted_site.payloads.planted[token]
            visible = fold(INVISIBLE.split(payload)[0]).partition(token)[2][:BEHIND_TOKEN]
            assert is_printed(token, visible, text), (
                f"{artefact.describe()}: {place} {visible}: {find_around(token, text)}"
            )


def test_it_writes_payloads_into_tables_as_text(tainted_site: TaintedSite) -> None:
    """CSV: no cell begins as a formula does, and nothing but the apostrophe is added."""
    for artefact in tainted_site.of_type(CSV):
        cells = read_cells(artefact)
        if "/blank/" in artefact.address:
            continue
        tokens = {token for cell in cells for token in TOKEN.findall(cell)}
        assert tokens, "a table without payloads proves nothing"
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
        for token in tokens:
            payload = tainted_site.payloads.planted[token][1]
            assert any(fold(payload) in fold(cell) for cell in cells), payload


def test_it_writes_payloads_into_workbooks_as_text(tainted_site: TaintedSite) -> None:
    """XLSX: strings are strings; there is no formula, no link and nothing outside in any member."""
    seen = set()
    for artefact in tainted_site.of_type(XLSX):
        for name, member in list_layers(artefact):
            if name.startswith("member "):
                seen |= set(TOKEN.findall(member.decode("utf-8", "replace")))
                assert b"<f>" not in member, f"{artefact.describe()} {name}"
                assert b"<hyperlink" not in member, f"{artefact.describe()} {name}"
                assert b"externalLink" not in member, f"{artefact.describe()} {name}"
    assert seen, "workbooks without payloads prove nothing"
