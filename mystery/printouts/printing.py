"""The PDF of a visit: rendered once per content, language and template, then served from the store."""

from __future__ import annotations

from threading import Lock

from checklists.localtext import Language
from mystery.storage import media_store
from reports.pdf import render_visit_pdf
from reports.rows import VisitReport
from reports.visit_report import report_cache_key

# One report at a time in a process: rendering in threads is slower, and the fonts are shared.
_printing = Lock()


class PhotoGone(LookupError):
    """A photo is no longer in the store."""


def print_visit(report: VisitReport, language: Language) -> bytes:
    """The PDF of ``report``; the cache key names everything it depends on, so it never goes stale."""
    store = media_store()
    key = f"reports/{report_cache_key(report, language)}.pdf"
    kept = store.get(key)
    if kept is not None:
        return kept
    with _printing:
        printed = render_visit_pdf(report, language, load_photo=load_photo)
    store.put(key, printed)
    return printed


def load_photo(key: str) -> bytes:
    """The prepared picture under ``key``; raises PhotoGone (a LookupError) when it was deleted."""
    content = media_store().get(key)
    if content is None:
        raise PhotoGone(key)
    return content
