"""The guard on every view: ``@requires(Permission.X)`` or ``@public``; a test walks the URL map for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, g, redirect, request, url_for
from flask_security import current_user

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, load_reach

View = TypeVar("View", bound=Callable[..., Any])
GUARD = "mystery_guard"


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let in whoever holds any of ``permissions``; others get 403, and strangers the sign-in page."""
    if not permissions:
        raise ValueError("a guard names a permission; a view for everybody is @public")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return _send_to_sign_in()
            if not any(current_reach().may(permission) for permission in permissions):
                abort(403)
            return view(*args, **kwargs)

        setattr(guarded, GUARD, permissions)
        return cast(View, guarded)

    return guard


def public(view: View) -> View:
    """Say that anybody may open this view."""
    setattr(view, GUARD, ())
    return view


def guard_of(view: Callable[..., Any]) -> tuple[Permission, ...] | None:
    """The permissions that open a view; () when public, None when the guard was forgotten."""
    return cast("tuple[Permission, ...] | None", getattr(view, GUARD, None))


def current_reach() -> Reach:
    """The reach of whoever is signed in; read once a request."""
    if "reach" not in g:
        g.reach = load_reach(current_user.id)
    return cast(Reach, g.reach)


def _send_to_sign_in() -> Any:
    if request.method != "GET":
        abort(401)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
