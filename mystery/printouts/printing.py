"""The PDF of a visit: rendered once for everything that is printed in it, then served from the store."""

from __future__ import annotations

from threading import Lock
from typing import Protocol, cast
from uuid import UUID

from flask import Flask, current_app

from checklists.localtext import Language
from mystery.access.scopes import NotYours
from mystery.database import only_reading, release_database
from mystery.models import Visit, VisitState
from mystery.printouts.dossier import read_report
from mystery.printouts.failures import init_failures
from mystery.printouts.printed_facts import PrintedFacts, print_folder, read_printed_facts
from mystery.printouts.seals import keep_seal
from mystery.printouts.signing import sign_print
from mystery.storage import media_store
from reports.pdf import render_period_pdf, render_visit_pdf
from reports.period_print import PrintedPeriod
from reports.photos import admit_photo
from reports.rows import ReportLook


class Press(Protocol):
    """Whoever renders, in this process or in another."""

    def __call__(self, visit_id: UUID, language: Language) -> str:
        """Print a visit in a language, and return the key of the print in the store."""

    def print_document(self, document: PrintedPeriod) -> bytes:
        """Print a document that is kept nowhere."""


class PhotoGone(LookupError):
    """A photo is no longer in the store."""


def init_press(app: Flask, press: Press | None = None) -> None:
    """Say who prints what a download does not find: this process, one report after another, unless given.

    A server with threads gives a press of its own process, because rendering in threads is slower and makes
    every other request wait.
    """
    app.extensions["press"] = press or PressAtHand()
    init_failures(app)


class PressAtHand:
    """Prints in this process; the fonts are shared, so one report at a time."""

    def __init__(self) -> None:
        self._lock = Lock()

    def __call__(self, visit_id: UUID, language: Language) -> str:
        """Print a visit; raises NotYours when it is no submitted visit."""
        with self._lock:
            return print_now(visit_id, language)

    def print_document(self, document: PrintedPeriod) -> bytes:
        """Print a document that is kept nowhere."""
        with self._lock:
            return render_period_pdf(document)


def find_print(facts: PrintedFacts, language: Language) -> bytes | None:
    """The print of a visit as it is now; None where it is not made yet."""
    return media_store().get(facts.key(language))


def fetch_print(facts: PrintedFacts, language: Language) -> bytes:
    """The print of a visit; made first when there is none of what the visit is now.

    Ends the transaction at hand. Raises NotYours and PrintFailed.
    """
    release_database()
    kept = find_print(facts, language)
    if kept is not None:
        return kept
    key = cast(Press, current_app.extensions["press"])(facts.visit_id, language)
    printed = media_store().get(key)
    if printed is None:
        # Printed again and swept away between two lines: the visit changes at this very moment.
        raise NotYours
    return printed


def print_document(document: PrintedPeriod) -> bytes:
    """The PDF of a document that is written already, such as a report over a period; it is kept nowhere.

    Ends the transaction at hand. Raises PrintFailed.
    """
    release_database()
    return cast(Press, current_app.extensions["press"]).print_document(document)


def print_now(visit_id: UUID, language: Language) -> str:
    """Print a submitted visit in this process unless it is kept already, and return the key of the print.

    Ends the transaction at hand: nobody waits for the database while a report is rendered. Raises NotYours.
    """
    with only_reading():
        facts = read_printed_facts(visit_id, Visit.state == VisitState.SUBMITTED.value)
        key = facts.key(language)
        if media_store().has(key):
            return key
        report = read_report(visit_id)
    printed = sign_print(render_visit_pdf(report, language, load_photo=load_photo))
    # The seal first: a code on paper that nobody here knows would make a genuine report look forged.
    keep_seal(visit_id, report)
    media_store().put(key, printed)
    _forget_others(visit_id, language, key)
    return key


def load_photo(key: str) -> bytes:
    """The prepared picture under ``key``; raises PhotoGone (a LookupError) when it was deleted."""
    content = media_store().get(key)
    if content is None:
        raise PhotoGone(key)
    return content


def load_logo(look: ReportLook) -> bytes | None:
    """The company's logo; None where it has none, or no longer keeps a picture that can be printed."""
    content = media_store().get(look.logo) if look.logo else None
    return None if content is None else admit_photo(content)


def _forget_others(visit_id: UUID, language: Language, newest: str) -> None:
    # A name that was corrected or erased must not stay behind in a print that nobody fetches any more.
    store = media_store()
    for key in store.list_under(print_folder(visit_id)):
        if key.startswith(f"{print_folder(visit_id)}/{language}-") and key != newest:
            store.delete(key)
