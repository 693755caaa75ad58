"""The record of a report over a period that travels inside its PDF: rows and figures, with a digest.

It holds what the report prints and what its figures follow from. Who made the visits is not known here, and
no id of a person or a visit is written.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from checklists.definition import Checklist
from checklists.loading import checklist_to_json
from checklists.publishing import content_hash
from reports.employee_record import describe_employee
from reports.period_rows import EmployeePeriod, UnitPeriod
from reports.record import RecordUnreadable, digest_of, parse_record, write_canonical
from reports.unit_record import describe_unit

FORMAT: Final = "mystery-period-record/1"
FILE_NAME: Final = "period.json"
EMPLOYEE: Final = "employee"
UNIT: Final = "unit"


def write_period_record(period: EmployeePeriod | UnitPeriod) -> str:
    """The canonical JSON of a report's record; the same period always gives the same text.

    Figures are exact: "646/9" stands for 71.78 percent. ``digest`` is the SHA-256 of the rest.
    """
    if isinstance(period, EmployeePeriod):
        kind, described = EMPLOYEE, describe_employee(period)
    else:
        kind, described = UNIT, describe_unit(period)
    body: dict[str, Any] = {
        "format": FORMAT,
        "kind": kind,
        "versions": _describe_versions(period.versions),
        **described,
    }
    return write_canonical({**body, "digest": digest_of(body)})


def read_period_record(text: str) -> dict[str, Any]:
    """The record in ``text``. Raises RecordUnreadable for anything that has not the shape of one."""
    parts = {"kind": str, "versions": list, "facts": dict, "rows": dict, "figures": dict}
    record = parse_record(text, FORMAT, parts)
    if record["kind"] not in (EMPLOYEE, UNIT):
        raise RecordUnreadable("kind")
    return record


def digest_period_record(record: str) -> str:
    """The digest that is written in a record, 64 hexadecimal digits."""
    return str(json.loads(record)["digest"])


def _describe_versions(versions: Mapping[int, Checklist]) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "checklist": json.loads(checklist_to_json(checklist)),
            "sha256": content_hash(checklist),
        }
        for number, checklist in sorted(versions.items())
    ]
