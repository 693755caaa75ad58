"""The permission matrix of what makes the lists installable: it is about nobody, so anybody may have it."""

from __future__ import annotations

from typing import Any

from tests.access.matrix import Route
from tests.cast import Cast


def a_size(_cast: Cast) -> dict[str, Any]:
    """A size that is drawn."""
    return {"size": 192}


ROUTES = [
    Route("shell.show_worker", public=200),
    Route("shell.show_manifest", public=200),
    Route("shell.show_icon", values=a_size, public=200),
    Route("shell.show_offline", public=200),
]
