"""The permission matrix of the looks: leads and administrators of the whole company, and nobody else."""

from __future__ import annotations

from typing import Any

from mystery.access.scopes import load_reach
from mystery.branding.actions import keep_logo, set_look
from mystery.branding.queries import Look, read_company
from tests.access.matrix import Route
from tests.branding.logos import draw_logo
from tests.cast import Cast

SETTERS = {"lead": 200, "administrator": 200}
DONE = {"lead": 303, "administrator": 303}


def our_company(cast: Cast) -> dict[str, Any]:
    """Our company."""
    return {"company_id": cast.ours.company}


def a_logo(cast: Cast) -> dict[str, Any]:
    """Our company and a logo that was handed in for it."""
    digest = keep_logo(load_reach(cast.ours.users["lead"]), cast.ours.company, draw_logo())
    return {"company_id": cast.ours.company, "digest": digest}


def a_change(cast: Cast) -> dict[str, Any]:
    """Our company and a look that it had."""
    reach = load_reach(cast.ours.users["lead"])
    set_look(reach, cast.ours.company, Look("", "#0f5c63"))
    return {
        "company_id": cast.ours.company,
        "change_id": read_company(reach, cast.ours.company).changes[0].id,
    }


ROUTES = [
    Route("branding.list_looks", opens=DONE, foreign=303),
    Route("branding.show_look", opens=SETTERS, values=our_company),
    Route("branding.change_look", "POST", opens=SETTERS, values=our_company),
    Route("branding.remove_logo", "POST", opens=DONE, values=our_company),
    Route("branding.restore_look", "POST", opens=DONE, values=a_change),
    Route("branding.show_logo", opens=SETTERS, values=a_logo),
    Route("branding.download_specimen", opens=SETTERS, values=our_company),
]
