"""The process that opens an uploaded file: bytes on standard input, rows of text as JSON on standard output.

It runs apart from the web server under limits of memory and time, so that a file made to hurt harms
nobody but itself. It imports nothing of ours but the limits, and never a database.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from mystery.tables import limits
from mystery.tables.limits import Refusal


def limit_process() -> None:
    """Cap memory and processor time, and forbid writing files."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.WORKER_MEMORY_BYTES, limits.WORKER_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.WORKER_SECONDS, limits.WORKER_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_tables(kind: str, content: bytes) -> list[dict[str, Any]]:
    """The sheets of a file; raises Refusal."""
    # The reader of workbooks is imported only when there is one to read: it takes a fifth of a second.
    if kind == "xlsx":
        from mystery.tables.workbook import read_workbook

        return read_workbook(content)
    from mystery.tables.delimited import read_delimited

    return [read_delimited(content)]


def main() -> None:
    """Read the file of the kind named on the command line."""
    limit_process()
    try:
        answer: dict[str, Any] = {"sheets": read_tables(sys.argv[1], sys.stdin.buffer.read())}
    except Refusal as refusal:
        answer = {"refusal": refusal.reason, "details": refusal.details}
    except MemoryError:
        answer = {"refusal": "file_too_demanding", "details": {}}
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
