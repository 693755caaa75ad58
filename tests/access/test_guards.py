"""No view is open by oversight: each one says what opens it, and the public ones are listed with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from mystery.access.guards import guard_of, public, requires
from mystery.access.permissions import PERMISSIONS, Permission, Role
from mystery.capture.phone.guards import is_ticketed
from tests.access.url_map import STATIC

PUBLIC = {
    "home.show_home": "strangers are sent to sign-in, others to their first page",
    "home.choose_language": "strangers choose a language too",
    "home.show_health": "a monitor asks whether the process answers",
    "accounts.show_offer": "the signed token of the invitation is the key",
    "accounts.accept_offer": "the signed token of the invitation is the key",
    "security.login": "the door itself",
    "security.logout": "ends the session of whoever has one, and does nothing for others",
    "security.forgot_password": "who forgot his password cannot sign in",
    "security.reset_password": "the signed token of the letter is the key",
    "shell.show_worker": "a browser fetches the service worker when it likes, signed in or not",
    "shell.show_manifest": "a browser fetches the manifest without cookies",
    "shell.show_icon": "the icon of the home screen",
    "shell.show_offline": "the page for no network is about nobody",
    "verification.check_report": "whoever holds a printed report asks whether it is genuine; it names nobody",
}


def read_guards(app: Flask) -> dict[str, tuple[Permission, ...] | None]:
    """Every endpoint and what opens it."""
    return {
        endpoint: guard_of(view) for endpoint, view in app.view_functions.items() if endpoint not in STATIC
    }


def test_it_guards_every_view(app: Flask) -> None:
    bare = sorted(endpoint for endpoint, guard in read_guards(app).items() if guard is None)
    assert not bare, (
        "These views are guarded by nothing. Put @requires(Permission.…) or @public from "
        f"mystery.access.guards right below the route decorator: {', '.join(bare)}"
    )


def test_it_opens_to_a_ticket_only_what_adds_to_its_visit(app: Flask) -> None:
    """A ticket reads nothing but how much of its own files has arrived."""
    ticketed = {endpoint for endpoint, view in app.view_functions.items() if is_ticketed(view)}
    assert ticketed == {"phone.show_standing", "phone.take_piece", "phone.take_report"}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in ticketed]
    assert all("GET" not in (rule.methods or set()) for rule in rules)
    assert all("visit_id" in rule.arguments for rule in rules), "the ticket is held against the address"


def test_it_lists_every_public_view_with_its_reason(app: Flask) -> None:
    open_to_all = {endpoint for endpoint, guard in read_guards(app).items() if guard == ()}
    assert not open_to_all - PUBLIC.keys(), (
        "Anybody may open these views. If that is meant, add them with the reason to PUBLIC in this file; "
        f"if not, give them @requires(Permission.…): {', '.join(sorted(open_to_all - PUBLIC.keys()))}"
    )
    assert not PUBLIC.keys() - open_to_all, "PUBLIC lists views that do not exist or are guarded by now"


def test_it_serves_only_files_of_the_package_without_a_guard(app: Flask) -> None:
    """No static mount of stored files: photos and reports go through views that ask who is reading."""
    folders = {app.static_folder} | {blueprint.static_folder for blueprint in app.blueprints.values()}
    mounted = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.endswith("static")}
    assert mounted == STATIC - {"assets.show_asset"}
    data = app.config["MYSTERY"].data_dir
    assert not [folder for folder in folders if folder and Path(folder).resolve().is_relative_to(data)]


def test_it_opens_every_permission_to_some_role_and_says_what_it_means() -> None:
    granted = {permission for permissions in PERMISSIONS.values() for permission in permissions}
    assert set(Permission) - granted == {Permission.USE_ACCOUNT}, "everybody signed in has this one"
    assert PERMISSIONS.keys() == set(Role)
    assert all(str(permission.value).endswith(".") for permission in Permission)


def test_it_uses_every_permission_on_some_view_or_scope(app: Flask) -> None:
    used = {permission for guard in read_guards(app).values() for permission in guard or ()}
    unused = sorted(permission.name for permission in set(Permission) - used)
    # Shown inside pages that other permissions open.
    assert set(unused) <= {"SEE_ACCESS_EVENTS"}, f"these permissions open nothing: {unused}"


def test_it_does_not_take_a_guard_that_names_no_permission() -> None:
    with pytest.raises(ValueError, match="@public"):
        requires()


def test_it_tells_a_public_view_from_a_forgotten_one() -> None:
    def view() -> str:
        return ""

    assert guard_of(view) is None
    assert guard_of(public(view)) == ()
    assert guard_of(requires(Permission.USE_ACCOUNT)(view)) == (Permission.USE_ACCOUNT,)
