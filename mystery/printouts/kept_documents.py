"""Written documents as plain data, and for how long what is made of them lies in the store."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from typing import Final

from mystery.clock import now
from mystery.storage import media_store
from reports.period_print import PrintedPeriod

# Long enough for a day of talks; names that were corrected or erased must not lie about for longer.
KEPT_FOR: Final = timedelta(days=1)


def pack_document(document: PrintedPeriod) -> bytes:
    """A document as plain JSON: what comes out of the store is read as data and never as a program."""
    values = {
        "html": document.html,
        "drawings": {name: base64.b64encode(drawn).decode() for name, drawn in document.drawings.items()},
        "colour": document.colour,
        "record": document.record,
        "dated": document.dated.isoformat() if document.dated else None,
        "styles": list(document.styles),
    }
    return json.dumps(values, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpack_document(content: bytes) -> PrintedPeriod:
    """The document that was packed."""
    values = json.loads(content.decode("utf-8", "surrogatepass"))
    return PrintedPeriod(
        html=values["html"],
        drawings={name: base64.b64decode(drawn) for name, drawn in values["drawings"].items()},
        colour=values["colour"],
        record=values["record"],
        dated=date.fromisoformat(values["dated"]) if values["dated"] else None,
        styles=tuple(values["styles"]),
    )


def sweep_folder(folder: str) -> None:
    """Delete what was kept long enough; whoever still wants it has it made again."""
    store, limit = media_store(), now() - KEPT_FOR
    for key, written in list(store.list_written(folder)):
        if written < limit:
            store.delete(key)
