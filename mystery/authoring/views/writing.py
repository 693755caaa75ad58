"""Writing a checklist: paste or upload, check without changing anything, look at the difference, publish."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from checklists.definition import Checklist
from checklists.loading import read_checklist
from checklists.problems import Problem
from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.authoring import actions
from mystery.authoring.actions import Outcome, Publication
from mystery.authoring.forms import ChecklistForm
from mystery.authoring.library import read_library_source
from mystery.authoring.printed import print_checklist
from mystery.authoring.queries import Draft, list_publishing_companies, load_version, weigh_draft
from mystery.authoring.source_text import write_source
from mystery.authoring.views.blueprint import blueprint
from mystery.web.forms import read_uuid
from mystery.web.locale import current_language

MOST_PROBLEMS_SHOWN = 200
Answer = str | tuple[str, int] | Response


@blueprint.get("/new")
@requires(Permission.PUBLISH_CHECKLISTS)
def write_checklist() -> str:
    """The empty form, or one that begins with a published version or a library checklist."""
    form = ChecklistForm()
    form.offer(list_publishing_companies(current_reach()))
    version_id = read_uuid(request.args.get("version"))
    if version_id is not None:
        page = load_version(current_reach(), version_id, current_language())
        form.source.data = write_source(page.checklist)
        if "company" in form:
            form.company.data = str(page.company_id)
    elif "library" in request.args:
        form.source.data = read_library_source(request.args["library"])
    return show_form(form)


@blueprint.post("/new")
@requires(Permission.PUBLISH_CHECKLISTS)
def check_checklist() -> Answer:
    """Check the text; publish it when what is published is exactly what was shown before."""
    form = ChecklistForm()
    form.offer(list_publishing_companies(current_reach()))
    valid = form.validate()
    company_id = form.read_company()
    if not form.take_file() or not valid or company_id is None:
        return show_form(form), 422
    checklist, problems = read_source(form)
    if checklist is None:
        return show_form(form, problems=problems), 422
    draft = weigh_draft(current_reach(), company_id, checklist, current_language())
    if request.form.get("step") != "publish":
        return show_draft(form, draft)
    if form.seen.data != draft.fingerprint:
        return show_draft(form, draft, changed=True), 422
    after = draft.newest.number if draft.newest else 0
    publication = actions.publish_version(current_reach(), company_id, checklist, after=after)
    if publication.outcome is Outcome.OVERTAKEN:
        draft = weigh_draft(current_reach(), company_id, checklist, current_language())
        return show_draft(form, draft, changed=True), 422
    return announce_version(publication)


def read_source(form: ChecklistForm) -> tuple[Checklist | None, list[Problem]]:
    """The checklist in the text field, or everything that is wrong with the text."""
    upload = form.file.data
    name = upload.filename[:80] if upload and upload.filename else None
    checklist, problems = read_checklist(form.source.data or "", name=name or "")
    if checklist is not None:
        problems = list(actions.find_title_problems(checklist))
    # Only an uploaded file has a name worth repeating before each problem.
    return (None if problems else checklist), [problem.at(file=name) for problem in problems]


def announce_version(publication: Publication) -> Response:
    """Say what came of publishing, and lead to the version it is about."""
    assert publication.version_id is not None, "a faulty checklist was refused before"
    messages = {
        Outcome.PUBLISHED: _("Version %(number)s is published. It never changes again."),
        Outcome.UNCHANGED: _("This is exactly version %(number)s; nothing was changed."),
        Outcome.OVERTAKEN: _("Somebody published version %(number)s at the same moment, not yours."),
    }
    category = "error" if publication.outcome is Outcome.OVERTAKEN else "success"
    flash(messages[publication.outcome] % {"number": publication.number}, category)
    return redirect(url_for("authoring.show_version", version_id=publication.version_id), 303)


def show_draft(form: ChecklistForm, draft: Draft, *, changed: bool = False) -> str:
    """The checklist as it would be published; ``changed`` says that it is not what was shown before."""
    if changed:
        form.form_errors.append(
            _("The text or the published version has changed since the check. Look at the difference again.")
        )
    form.seen.data = draft.fingerprint
    return show_form(form, draft=draft)


def show_form(form: ChecklistForm, *, draft: Draft | None = None, problems: Sequence[Problem] = ()) -> str:
    """The page of the text field, with the problems or the preview above it."""
    return render_template(
        "authoring/write.html",
        form=form,
        draft=draft,
        printed=print_checklist(draft.checklist, current_language()) if draft else None,
        problems=problems[:MOST_PROBLEMS_SHOWN],
        problem_count=len(problems),
    )
