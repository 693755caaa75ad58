"""What all pages of an import share: taking the file, saying that a check is over, and the blank file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Response, abort, flash
from flask_babel import gettext as _

from mystery.access.guards import current_reach
from mystery.access.permissions import Permission
from mystery.tables.drafts import list_companies
from mystery.tables.faults import Fault, TableReason, fault
from mystery.tables.forms import UploadForm
from mystery.tables.limits import MOST_FILE_BYTES
from mystery.web.attachments import send_attachment
from mystery.web.forms import read_uuid

ROWS_A_PAGE = 200
Check = Callable[..., UUID | Fault]


def offer_upload(permission: Permission) -> UploadForm:
    """The upload form with the companies one may import into."""
    form = UploadForm()
    companies = list_companies(current_reach(), permission)
    form.company.choices = [(str(company), name) for company, name in companies]
    if form.company.data is None and companies:
        form.company.data = str(companies[0][0])
    return form


def take_file(form: UploadForm, check: Check, describe: Callable[[Fault], str]) -> UUID | None:
    """What ``check`` kept of the file; None when it cannot be taken, with the problem in the form."""
    file = form.file.data
    if not file:
        form.add_problem("file", describe(fault(TableReason.FILE_MISSING)))
    elif form.validate_on_submit():
        content, name = file.stream.read(MOST_FILE_BYTES + 1), file.filename or ""
        company = read_uuid(form.company.data)
        assert company is not None, "the choices of companies are their ids"
        kept = check(current_reach(), company, file_name=name, content=content)
        if not isinstance(kept, Fault):
            return kept
        form.add_problem("file", describe(kept))
    return None


def say_over(*, applied: bool) -> None:
    """Say why a check is over: it was applied, or its time has run out."""
    flash(
        _("This file has been imported already.")
        if applied
        else _("The check is more than an hour old. Choose the file again."),
        "message" if applied else "error",
    )


def send_blank(name: str, types: Mapping[str, str], write: Callable[[str], bytes]) -> Response:
    """A file with our headings and nothing else; 404 for a name that there is no such file of."""
    if name not in types:
        abort(404)
    return send_attachment(write(name), types[name], plain=name)
