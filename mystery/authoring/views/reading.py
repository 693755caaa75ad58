"""Reading checklists: the list, one version, its file, the difference between two versions."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template, request

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.authoring import queries
from mystery.authoring.forms import ChangesForm
from mystery.authoring.printed import print_checklist
from mystery.authoring.source_text import write_source
from mystery.authoring.views.blueprint import blueprint
from mystery.web.attachments import send_attachment
from mystery.web.locale import current_language

FILE_KINDS = {"yaml": "application/yaml; charset=utf-8", "json": "application/json; charset=utf-8"}


@blueprint.get("/")
@requires(Permission.SEE_CHECKLISTS)
def list_checklists() -> str:
    """The checklists of the person's companies, each with its versions."""
    reach = current_reach()
    return render_template(
        "authoring/list.html",
        shelves=queries.list_checklists(reach, current_language()),
        may_publish=bool(reach.whole_companies(Permission.PUBLISH_CHECKLISTS)),
        may_read_legends=reach.may(Permission.PLAN_VISITS) or reach.may(Permission.PUBLISH_CHECKLISTS),
    )


@blueprint.get("/versions/<uuid:version_id>")
@requires(Permission.SEE_CHECKLISTS)
def show_version(version_id: UUID) -> str:
    """One version, written out like a service standard; it prints well."""
    page = queries.load_version(current_reach(), version_id, current_language())
    printed = print_checklist(page.checklist, current_language())
    return render_template("authoring/version.html", page=page, printed=printed)


@blueprint.get("/versions/<uuid:version_id>/checklist.<any(yaml, json):kind>")
@requires(Permission.SEE_CHECKLISTS)
def download_version(version_id: UUID, kind: str) -> Response:
    """The version as a file: YAML to edit, or the canonical JSON whose SHA-256 is the version's hash."""
    page = queries.load_version(current_reach(), version_id, current_language())
    content = page.content if kind == "json" else write_source(page.checklist)
    name = f"{page.checklist.checklist}-v{page.row.number}.{kind}"
    return send_attachment(content, FILE_KINDS[kind], plain=name)


@blueprint.get("/<uuid:checklist_id>/changes")
@requires(Permission.SEE_CHECKLISTS)
def show_changes(checklist_id: UUID) -> str:
    """What changed between two versions, and whether their scores may be compared."""
    comparison = queries.compare_versions(
        current_reach(),
        checklist_id,
        old=read_number("old"),
        new=read_number("new"),
        language=current_language(),
    )
    form = ChangesForm()
    form.offer(comparison.versions, old=comparison.old.number, new=comparison.new.number)
    return render_template("authoring/changes.html", comparison=comparison, form=form)


def read_number(name: str) -> int | None:
    """A version number in the address; anything else counts as none."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
