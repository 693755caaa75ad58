"""Puts payloads into every text column of every table, so that a page which trusts stored text is caught.

A text column is either listed below with the reason why nobody can write into it, or it is written into.
A new column that is in neither group is written into as well: what breaks then has to be looked at.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, String, Table, select, text, update

from checklists.loading import checklist_from_json, checklist_to_json
from checklists.publishing import content_hash
from mystery.database import Base, db
from mystery.models import ImportDraft
from tests.security.payloads import Payloads
from tests.security.staging import CELL

# Column -> why people cannot write into it.
MADE_BY_SERVER = {
    "access_event.content_digest": "a digest",
    "access_event.kind": "page or pdf",
    "access_event.mac": "a keyed hash",
    "answer.question": "an id that the checklist format restricts to a-z, 0-9, - and _",
    "answer.standard_code": "a code that the checklist format restricts",
    "answer.state": "a word of the scorecard",
    "answer.value": "JSON written by sheet_to_json; its texts come with the raw answers",
    "answer_correction.occasion": "held by a check constraint",
    "answer_correction.question": "an id of the checklist, looked up before the correction is stored",
    "checklist.slug": "an id that the checklist format restricts",
    "checklist_version.content_hash": "a digest",
    "company_look.colour": "checked for its form",
    "company_look.logo_key": "a key that the server makes",
    "company_look_change.colour": "checked for its form",
    "company_look_change.logo_key": "a key that the server makes",
    "draft_copy.content_hash": "a digest",
    "grant.role": "held by a check constraint",
    "import_draft.content_hash": "a digest",
    "invitation.language": "chosen from a closed list",
    "invitation.role": "held by a check constraint",
    "job.error": "what an exception of ours said, shown to nobody but the log",
    "job.key": "made by the server",
    "job.kind": "chosen from a closed list",
    "job.result": "JSON of the server: keys and counts",
    "job.state": "held by a check constraint",
    "job.subject": "JSON of the server: ids only",
    "notice.purpose": "held by a check constraint",
    "photo.original_sha256": "a digest",
    "photo.question": "an id of the checklist, looked up before the photo is stored",
    "photo.storage_key": "a key that the server makes",
    "recording.media_type": "told by the first bytes of the file",
    "recording.question": "an id of the checklist, looked up before the memo is stored",
    "recording.sha256": "a digest",
    "recording.storage_key": "a key that the server makes",
    "report_seal.digest": "a digest",
    "report_seal.most": "a number written by the server",
    "report_seal.shown_final": "a number written by the server",
    "report_seal.stamp": "letters of a digest",
    "scenario.slug": "an id that the format restricts",
    "sign_in_attempt.subject": "a keyed digest",
    "signed_pay.figures": "JSON of exact numbers and the ids of visits",
    "unit.kind": "held by a check constraint",
    "unit.path": "ids only",
    "unit.time_zone": "chosen from a closed list",
    "upload.original_sha256": "a digest, checked for its form",
    "upload.sha256": "a digest",
    "upload.state": "held by a check constraint",
    "upload.storage_key": "a key that the server makes",
    "user.fs_uniquifier": "random",
    "user.language": "chosen from a closed list",
    "user.password": "an argon2 hash",
    "user.time_zone": "chosen from a closed list",
    "visit.band": "an id that the checklist format restricts",
    "visit.state": "held by a check constraint",
    "visit_flag.decision": "a word of the review desk",
    "visit_flag.detail": "JSON of the server: hashes, ids and numbers",
    "visit_flag.kind": "chosen from a closed list",
    "visit_section.section": "an id that the checklist format restricts",
}


def list_text_columns() -> list[tuple[Table, Column[Any]]]:
    """Every column that holds text people can write."""
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and f"{table.name}.{column.name}" not in MADE_BY_SERVER
    ]


def taint_database(payloads: Payloads) -> list[str]:
    """Write payloads into every text column of every row; returns the columns that had no row."""
    drop_triggers()
    bare = []
    for table, column in list_text_columns():
        name = f"{table.name}.{column.name}"
        if not _taint_column(table, column, payloads):
            bare.append(name)
    _rehash_versions()
    _taint_imports(payloads)
    db.session.commit()
    return bare


def drop_triggers() -> None:
    """Let what is frozen be rewritten: here it stands for what was written before it was frozen."""
    for name in db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        db.session.execute(text(f'DROP TRIGGER "{name}"'))


def _taint_column(table: Table, column: Column[Any], payloads: Payloads) -> int:
    name = f"{table.name}.{column.name}"
    write = DOCUMENTS.get(name)
    keys = list(table.primary_key.columns)
    rows = db.session.execute(select(*keys, column).where(column.is_not(None))).all()
    for *key, old in rows:
        length = getattr(column.type, "length", None)
        new = write(old, name, payloads) if write else payloads.write(name, length)
        same = [field == value for field, value in zip(keys, key, strict=True)]
        db.session.execute(update(table).where(*same).values({column.name: new}))
    return len(rows)


def _taint_texts(content: str, place: str, payloads: Payloads) -> str:
    """Write into every {ru, en} pair of a checklist's or legend's JSON."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) == {"ru", "en"}:
                return {language: payloads.write(f"{place}.{language}", 400) for language in value}
            return {key: walk(each) for key, each in value.items()}
        return [walk(each) for each in value] if isinstance(value, list) else value

    return json.dumps(walk(json.loads(content)), ensure_ascii=False)


def _taint_version(content: str, place: str, payloads: Payloads) -> str:
    # Through the reader of the format: what it would refuse could never have been published.
    return checklist_to_json(checklist_from_json(_taint_texts(content, place, payloads)))


def _taint_sheet(content: str, place: str, payloads: Payloads) -> str:
    """Write into the comments, the answers in words and the name on the badge of a raw sheet."""
    raw = json.loads(content)
    for question in raw.get("comments", {}):
        raw["comments"][question] = payloads.write(f"{place}.comments", 1000)
    for question in ("words", "more"):
        if question in raw.get("answers", {}):
            raw["answers"][question] = payloads.write(f"{place}.answers", 1000)
    if "employee" in raw.get("visit", {}):
        raw["visit"]["employee"] = "unknown " + payloads.write(f"{place}.employee", 110)
    for event in raw.get("events", []):
        event["value"] = payloads.write(f"{place}.events", 400)
    return json.dumps(raw, ensure_ascii=False)


def _taint_answer(content: str, place: str, payloads: Payloads) -> str:
    """Write into an answer in words; ids and numbers stay what the checklist format lets them be."""
    answer = json.loads(content)
    is_worded = isinstance(answer, str) and " " in answer
    return json.dumps(payloads.write(place, 1000), ensure_ascii=False) if is_worded else content


def _rehash_versions() -> None:
    table = Base.metadata.tables["checklist_version"]
    for key, content in db.session.execute(select(table.c.id, table.c.content)).all():
        digest = content_hash(checklist_from_json(content))
        db.session.execute(update(table).where(table.c.id == key).values(content_hash=digest))


def _taint_imports(payloads: Payloads) -> None:
    """Write into the cells of the files that wait to be imported; they are kept as compressed JSON."""

    def walk(value: Any) -> Any:
        if isinstance(value, str) and value.startswith(CELL):
            return payloads.write("import_draft.sheets", 100)
        if isinstance(value, dict):
            return {key: walk(each) for key, each in value.items()}
        return [walk(each) for each in value] if isinstance(value, list) else value

    for draft in db.session.scalars(select(ImportDraft)):
        sheets = walk(json.loads(zlib.decompress(draft.sheets)))
        content = json.dumps(sheets, ensure_ascii=False).encode()
        draft.sheets, draft.content_hash = zlib.compress(content), hashlib.sha256(content).hexdigest()


Writer = Callable[[str, str, Payloads], str]
DOCUMENTS: dict[str, Writer] = {
    "answer_correction.after": _taint_answer,
    "answer_correction.before": _taint_answer,
    "checklist_version.content": _taint_version,
    "draft_copy.content": _taint_sheet,
    "pay_agreement.content": _taint_texts,
    "scenario.content": _taint_texts,
    "visit.chosen_answers": _taint_sheet,
    "visit.draft": _taint_sheet,
    "visit.raw_answers": _taint_sheet,
}
