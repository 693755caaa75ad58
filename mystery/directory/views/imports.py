"""The pages of the import: choosing a file, the dry run, applying it, and the blank files."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.directory import actions, queries
from mystery.directory.imports.blank_files import BLANK_FILES, write_blank_file
from mystery.directory.imports.columns import COLUMNS
from mystery.directory.plan_rows import PlanView, show_plan
from mystery.directory.views.blueprint import blueprint
from mystery.directory.words import COLUMN_NOTES, describe_fault
from mystery.tables.forms import ApplyForm, UploadForm
from mystery.tables.pages import offer_upload, say_over, send_blank, take_file
from mystery.web.locale import current_language
from mystery.web.pagination import asked_page

Answer = str | BaseResponse | tuple[str, int]


@blueprint.get("/import")
@requires(Permission.IMPORT_DIRECTORY)
def import_file() -> Answer:
    """What can be imported and how, and the form that takes the file."""
    return render_upload(offer_upload(Permission.IMPORT_DIRECTORY))


@blueprint.post("/import")
@requires(Permission.IMPORT_DIRECTORY)
def check_file() -> Answer:
    """Check the file; nothing is changed before its person has seen what would be."""
    form = offer_upload(Permission.IMPORT_DIRECTORY)
    kept = take_file(form, actions.check_import, describe_fault)
    if kept is not None:
        return redirect(url_for("directory.show_import", draft_id=kept), 303)
    return render_upload(form)


@blueprint.get("/import/<uuid:draft_id>")
@requires(Permission.IMPORT_DIRECTORY)
def show_import(draft_id: UUID) -> Answer:
    """The dry run: every problem with its place and cure, and what would change."""
    check = queries.show_import(current_reach(), draft_id)
    if check.plan is None:
        return start_again(applied=check.applied)
    return render_check(check, ApplyForm(digest=check.plan.digest()))


@blueprint.post("/import/<uuid:draft_id>")
@requires(Permission.IMPORT_DIRECTORY)
def apply_import(draft_id: UUID) -> Answer:
    """Do exactly what was shown; when the directory has changed since, show the dry run again."""
    form = ApplyForm()
    if form.validate_on_submit():
        outcome = actions.apply_import(current_reach(), draft_id, digest=form.digest.data or "")
        if outcome is None:
            return start_again(applied=queries.show_import(current_reach(), draft_id).applied)
        if outcome.applied:
            flash(_("The file has been imported."))
            only_units = outcome.plan.units and not outcome.plan.employees
            target = "directory.list_units" if only_units else "directory.list_employees"
            return redirect(url_for(target), 303)
    check = queries.show_import(current_reach(), draft_id)
    if check.plan is None:
        return start_again(applied=check.applied)
    # The form carries the digest of what is shown now; the one that was posted is of no use any more.
    form.digest.data = check.plan.digest()
    return render_check(check, form, stale=True), 409


@blueprint.get("/import/blank/<name>")
@requires(Permission.IMPORT_DIRECTORY)
def download_blank(name: str) -> Response:
    """A file with our headings and nothing else, in the reader's language."""
    return send_blank(name, BLANK_FILES, lambda blank: write_blank_file(blank, current_language()))


def render_upload(form: UploadForm) -> Answer:
    """The page with the form; 422 when the file cannot be taken."""
    html = render_template("directory/import.html", form=form, columns=COLUMNS, notes=COLUMN_NOTES)
    return (html, 422) if form.errors else html


def render_check(check: queries.ImportCheck, form: ApplyForm, *, stale: bool = False) -> str:
    """The dry run; ``show`` in the address chooses what is listed."""
    assert check.plan is not None, "an import that is over has no dry run"
    view: PlanView = show_plan(check.plan, request.args.get("show", ""), asked_page())
    return render_template("directory/import_check.html", check=check, view=view, form=form, stale=stale)


def start_again(*, applied: bool) -> BaseResponse:
    """Back to the upload, saying why."""
    say_over(applied=applied)
    return redirect(url_for("directory.import_file"), 303)
