"""The permission matrix of the first page, language choice and health."""

from __future__ import annotations

from tests.access.matrix import Route

EVERYONE = ("administrator", "lead", "manager", "hr", "auditor", "employee")

ROUTES = [
    # Each is sent on to the first page of his own work; the foreign company's people as well.
    Route("home.show_home", opens=dict.fromkeys(EVERYONE, 302), foreign=302, public=302),
    Route("home.choose_language", "POST", opens=dict.fromkeys(EVERYONE, 303), foreign=303, public=303),
    Route("home.show_health", opens=dict.fromkeys(EVERYONE, 200), foreign=200, public=200),
]
