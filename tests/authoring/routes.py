"""The permission matrix of authoring: many read checklists, the lead publishes, few read legends."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from checklists.scenarios import load_scenarios
from mystery.access.scopes import load_reach
from mystery.authoring.actions import add_scenario
from mystery.database import db
from mystery.models import ChecklistVersion
from tests.access.matrix import Route
from tests.authoring.texts import SHORT
from tests.cast import Cast

READERS = dict.fromkeys(("lead", "manager", "hr", "administrator"), 200)
LEAD = {"lead": 200}
DONE = {"lead": 303}
LIBRARY = "shop-visit"
LEGEND = "shop-purchase"


def our_version(cast: Cast) -> dict[str, Any]:
    """The version of the cast."""
    return {"version_id": cast.ours.version}


def our_file(cast: Cast) -> dict[str, Any]:
    """The version of the cast as a file."""
    return {"version_id": cast.ours.version, "kind": "yaml"}


def our_checklist(cast: Cast) -> dict[str, Any]:
    """The checklist of the cast."""
    query = select(ChecklistVersion.checklist_id).where(ChecklistVersion.id == cast.ours.version)
    return {"checklist_id": db.session.scalars(query).one()}


def our_legend(cast: Cast) -> dict[str, Any]:
    """A legend of our company."""
    lead = load_reach(cast.ours.users["lead"])
    return {"scenario_id": add_scenario(lead, cast.ours.company, load_scenarios()[LEGEND]).id}


def library_entry(_cast: Cast) -> dict[str, Any]:
    """A checklist of the library."""
    return {"library_id": LIBRARY}


def library_legend(_cast: Cast) -> dict[str, Any]:
    """A legend of the library."""
    return {"slug": LEGEND}


def good_text(_cast: Cast) -> dict[str, Any]:
    """A text to check."""
    return {"source": SHORT, "step": "check"}


def good_notice(_cast: Cast) -> dict[str, Any]:
    """A notice to record."""
    return {"given_on": "2026-03-01", "purpose": "training", "text": "Проверяем с марта."}


def our_company(cast: Cast) -> dict[str, Any]:
    """Our company."""
    return {"company_id": cast.ours.company}


def voice_on(_cast: Cast) -> dict[str, Any]:
    """Voice memos, to be switched on."""
    return {"what": "voice_memos", "turn": "on"}


ROUTES = [
    Route("authoring.list_checklists", opens=READERS, foreign=200),
    Route("authoring.show_version", opens=READERS, values=our_version),
    Route("authoring.download_version", opens=READERS, values=our_file),
    Route("authoring.show_changes", opens=READERS, values=our_checklist),
    Route("authoring.write_checklist", opens=LEAD, foreign=200),
    # What belongs to nobody in particular opens to the foreign lead too; it changes his own company.
    Route("authoring.check_checklist", "POST", opens=LEAD, form=good_text, foreign=200),
    Route("authoring.show_library", opens=LEAD, foreign=200),
    Route("authoring.show_library_checklist", opens=LEAD, values=library_entry, foreign=200),
    Route("authoring.adopt_checklist", "POST", opens=DONE, values=library_entry, foreign=303),
    Route("authoring.list_scenarios", opens=LEAD, foreign=200),
    Route("authoring.show_scenario", opens=LEAD, values=our_legend),
    Route("authoring.show_library_scenario", opens=LEAD, values=library_legend, foreign=200),
    Route("authoring.add_scenario", "POST", opens=DONE, values=library_legend, foreign=303),
    Route("authoring.list_notices", opens=READERS, foreign=200),
    Route("authoring.show_recording", opens=READERS, foreign=200),
    Route("authoring.switch_recording_of", "POST", opens=DONE, values=our_company, form=voice_on),
    Route("authoring.record_notice", "POST", opens=DONE, form=good_notice, foreign=303),
]
