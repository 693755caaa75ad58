"""The record of a visit that travels inside its PDF: facts, version, answers and score, with a digest.

Whoever has the file can recompute the score from it, years later and without us. The record holds what the
report prints and nothing about the auditor: it is made from a VisitReport, which has no such field.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from checklists.answers import VisitFacts, sheet_to_json, write_value
from checklists.loading import checklist_to_json
from checklists.publishing import content_hash
from checklists.scorecard import Scorecard
from reports.exact_json import write_day, write_fraction, write_words
from reports.rows import ReportCorrection, VisitReport

FORMAT: Final = "mystery-visit-record/1"
FILE_NAME: Final = "visit.json"
STAMP_LETTERS: Final = 12


class RecordUnreadable(ValueError):
    """The text is no record of a visit in the format that this version writes."""


def write_record(report: VisitReport) -> str:
    """The canonical JSON of a report's record; the same report always gives the same text.

    Figures are exact: "646/9" stands for 71.78 percent. ``digest`` is the SHA-256 of the rest.
    """
    sheet = replace(report.sheet, visit=VisitFacts())
    body: dict[str, Any] = {
        "format": FORMAT,
        "facts": {
            "company": report.company,
            "unit": report.unit,
            "employee": report.employee,
            "position": report.position,
            "visited_on": write_day(report.visited_on),
            "part_of_day": report.part_of_day,
            "scenario": write_words(report.scenario.title if report.scenario else None),
            "version": report.version,
            "revision": report.revision,
        },
        "checklist": json.loads(checklist_to_json(report.checklist)),
        "checklist_sha256": content_hash(report.checklist),
        "answers": json.loads(sheet_to_json(sheet)),
        "corrections": [_describe_correction(each) for each in report.corrections],
        "score": describe_score(report.scorecard),
    }
    return write_canonical({**body, "digest": digest_of(body)})


def digest_report(report: VisitReport) -> str:
    """The digest of the record that is embedded in a report, 64 hexadecimal digits."""
    return str(json.loads(write_record(report))["digest"])


def read_record(text: str) -> dict[str, Any]:
    """The record in ``text``. Raises RecordUnreadable for anything that has not the shape of one."""
    parts = {"facts": dict, "checklist": dict, "checklist_sha256": str, "answers": dict, "score": dict}
    record = parse_record(text, FORMAT, parts)
    # Reports printed before answers could be corrected have no such list.
    if not isinstance(record.get("corrections", []), list):
        raise RecordUnreadable("corrections")
    return record


def parse_record(text: str, form: str, parts: Mapping[str, type]) -> dict[str, Any]:
    """The JSON of a record of that format with these parts of these types. Raises RecordUnreadable."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordUnreadable("no JSON") from error
    if not isinstance(record, dict) or record.get("format") != form:
        raise RecordUnreadable("another format")
    for name, kind in {**parts, "digest": str}.items():
        if not isinstance(record.get(name), kind):
            raise RecordUnreadable(name)
    return record


def digest_of(record: Mapping[str, Any]) -> str:
    """The SHA-256 of everything in a record but the digest itself."""
    body = {name: value for name, value in record.items() if name != "digest"}
    return hashlib.sha256(write_canonical(body).encode("utf-8", "surrogatepass")).hexdigest()


def write_canonical(value: object) -> str:
    """JSON in the one form that digests are taken of: sorted names, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def describe_score(card: Scorecard) -> dict[str, Any]:
    """Every figure of a scorecard, exact, in the order of the checklist."""
    return {
        "base": write_fraction(card.base),
        "final": write_fraction(card.final),
        "coverage": write_fraction(card.coverage),
        "passed": card.passed,
        "band": card.band,
        "bonus": write_fraction(card.bonus),
        "critical": [
            {"question": event.question, "effect": event.effect, "cap": write_fraction(event.cap)}
            for event in card.critical
        ],
        "sections": [
            {
                "id": section.id,
                "earned": write_fraction(section.earned),
                "possible": write_fraction(section.possible),
                "percent": write_fraction(section.percent),
                "capped_percent": write_fraction(section.capped_percent),
                "weight": write_fraction(section.weight),
                "reweighted": write_fraction(section.reweighted),
                "questions": [
                    {
                        "id": question.id,
                        "state": question.state,
                        "earned": write_fraction(question.earned),
                        "possible": write_fraction(question.possible),
                    }
                    for question in section.questions
                ],
            }
            for section in card.sections
        ],
        "steps": [
            {"kind": step.kind, "subject": step.subject, "total": write_fraction(step.total)}
            for step in card.steps
        ],
    }


def _describe_correction(correction: ReportCorrection) -> dict[str, Any]:
    return {
        "question": correction.question,
        "before": write_value(correction.before),
        "after": write_value(correction.after),
        "occasion": correction.occasion,
        "reason": correction.reason,
        "on": write_day(correction.on),
    }
