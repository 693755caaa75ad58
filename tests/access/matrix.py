"""The form of the permission matrix: each capability lists its routes in tests/<capability>/routes.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast

Values = Callable[[Cast], dict[str, Any]]


def nothing(_cast: Cast) -> dict[str, Any]:
    """No values: the address, or the form, has none."""
    return {}


@dataclass(frozen=True)
class Route:
    """One (method, endpoint) and who gets which status.

    ``opens`` maps a role to the status that our company's person gets for our company's object (named
    by ``values``). A role it does not name gets 403. The same roles of the foreign company, asking
    for OUR object, get ``foreign``. Strangers get 302 to the sign-in page on GET and 401 otherwise,
    unless the route is ``public``, or ``stranger`` says what a script is told instead. ``json`` is the
    body of a route that takes JSON, ``headers`` what a route wants to be told beside its body.
    """

    endpoint: str
    method: str = "GET"
    opens: Mapping[str, int] = field(default_factory=dict)
    values: Values = nothing
    form: Values = nothing
    foreign: int = 404
    public: int | None = None
    stranger: int | None = None
    json: Values | None = None
    headers: Values = nothing
