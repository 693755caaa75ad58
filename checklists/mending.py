"""A second look at a faulty file: faulty fields are left out or filled in, so that all checks can run.

An author should see all problems of a file at once, but questions can only be held against each other once
each of them is
readable. The mended definition is used for finding more problems and for nothing else.
"""

from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from checklists.definition import Checklist
from checklists.faults import MAX_FAULTS, list_faults

_ATTEMPTS = 4
_TEXT = {"ru": "…", "en": "…"}
_STAND_INS: dict[str, Any] = {
    "title": _TEXT,
    "label": _TEXT,
    "text": _TEXT,
    "ru": "…",
    "en": "…",
    "kind": "text",
    "channel": "visit",
    "effect": "fail_visit",
    "share": 1,
    "at": 0,
    "low": 0,
    "high": 1,
}


def mend_checklist(data: Any) -> Checklist | None:
    """Return a definition made of what is readable in `data`, or None where too little is."""
    data = deepcopy(data)
    for attempt in range(_ATTEMPTS):
        try:
            return Checklist.model_validate(data)
        except ValidationError as error:
            if error.error_count() > MAX_FAULTS:
                return None
            for fault in list_faults(error):
                _mend(data, fault["loc"], is_missing=fault["type"] == "missing", serial=f"m{attempt}")
    return None


def _mend(data: Any, path: tuple[str | int, ...], *, is_missing: bool, serial: str) -> None:
    if not path:
        return
    *way, last = path
    holder = data
    for step in way:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return
    if is_missing and isinstance(holder, dict):
        stand_in = _STAND_INS.get(str(last), f"{serial}-{'-'.join(str(step) for step in way)}"[:40].lower())
        holder[last] = deepcopy(stand_in)
    elif isinstance(holder, dict):
        holder.pop(last, None)
