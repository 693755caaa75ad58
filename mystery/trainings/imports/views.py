"""The pages of the import of trainings: choosing a file, the dry run, recording it, and the blank files."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.tables.forms import ApplyForm, UploadForm
from mystery.tables.pages import ROWS_A_PAGE, offer_upload, say_over, send_blank, take_file
from mystery.tables.words import describe_remark
from mystery.trainings.blueprint import blueprint
from mystery.trainings.imports import actions, queries
from mystery.trainings.imports.columns import BLANK_FILES, COLUMNS, SheetKind, write_blank_file
from mystery.trainings.imports.plan import Action
from mystery.trainings.imports.words import (
    ACTIONS,
    COLUMN_NOTES,
    describe_fault,
    describe_standing,
    name_column,
)
from mystery.web.locale import current_language
from mystery.web.pagination import asked_page, cut_page

Answer = str | BaseResponse | tuple[str, int]


@blueprint.get("/import")
@requires(Permission.COMPARE_STAFF)
def import_file() -> Answer:
    """What can be imported and how, and the form that takes the file."""
    return render_upload(offer_upload(Permission.COMPARE_STAFF))


@blueprint.post("/import")
@requires(Permission.COMPARE_STAFF)
def check_file() -> Answer:
    """Check the file; nothing is recorded before its person has seen what would be."""
    form = offer_upload(Permission.COMPARE_STAFF)
    kept = take_file(form, actions.check_import, describe_fault)
    if kept is not None:
        return redirect(url_for("trainings.show_import", draft_id=kept), 303)
    return render_upload(form)


@blueprint.get("/import/<uuid:draft_id>")
@requires(Permission.COMPARE_STAFF)
def show_import(draft_id: UUID) -> Answer:
    """The dry run: every problem with its place and cure, and what would be recorded."""
    return render_check(draft_id, ApplyForm(), stale=False)


@blueprint.post("/import/<uuid:draft_id>")
@requires(Permission.COMPARE_STAFF)
def apply_import(draft_id: UUID) -> Answer:
    """Record exactly what was shown; when something has changed since, show the dry run again."""
    form = ApplyForm()
    if form.validate_on_submit():
        outcome = actions.apply_import(current_reach(), draft_id, digest=form.digest.data or "")
        if outcome is not None and outcome.applied:
            flash(_("The file has been imported."))
            return redirect(url_for("trainings.list_trainings"), 303)
    return render_check(draft_id, form, stale=True)


@blueprint.get("/import/blank/<name>")
@requires(Permission.COMPARE_STAFF)
def download_blank(name: str) -> Response:
    """A file with our headings and nothing else, in the reader's language."""
    return send_blank(name, BLANK_FILES, lambda blank: write_blank_file(blank, current_language()))


def render_upload(form: UploadForm) -> Answer:
    """The page with the form; 422 when the file cannot be taken."""
    html = render_template(
        "trainings/import.html", form=form, columns=COLUMNS[SheetKind.TRAININGS], notes=COLUMN_NOTES
    )
    return (html, 422) if form.errors else html


def render_check(draft_id: UUID, form: ApplyForm, *, stale: bool) -> Answer:
    """The dry run, or back to the upload once it is over; 409 when it is not what was to be applied."""
    check = queries.show_import(current_reach(), draft_id)
    plan = check.plan
    if plan is None:
        say_over(applied=check.applied)
        return redirect(url_for("trainings.import_file"), 303)
    # The form carries the digest of what is shown now; one that was posted is of no use any more.
    form.digest.data = plan.digest()
    every = request.args.get("show") == "all"
    rows = [each for each in plan.rows() if every or each[1].action is not Action.UNCHANGED]
    html = render_template(
        "trainings/import_check.html",
        check=check,
        plan=plan,
        form=form,
        stale=stale,
        every=every,
        problems=cut_page(plan.problems, asked_page(), size=ROWS_A_PAGE) if plan.problems else None,
        rows=cut_page(rows, asked_page(), size=ROWS_A_PAGE),
        actions=ACTIONS,
        describe_fault=describe_fault,
        describe_remark=describe_remark,
        describe_standing=describe_standing,
        name_column=name_column,
    )
    return (html, 409) if stale else html
