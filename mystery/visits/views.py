"""Visits: what was submitted, with its arithmetic, photos and report."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from checklists.localtext import Language
from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, list_reached_units
from mystery.printouts.archive_orders import MOST_REPORTS, TooManyArchives
from mystery.storage import media_store
from mystery.visits.actions import ask_for_reports, find_facts, open_dossier, take_print
from mystery.visits.forms import OUTCOME_CHOICES, ArchiveForm, VisitFilterForm
from mystery.visits.queries import (
    find_photo,
    list_filter_checklists,
    list_openings,
    list_outcomes,
    may_review,
    name_employee,
)
from mystery.visits.queries import list_visits as query_visits
from mystery.web.attachments import send_attachment
from mystery.web.forms import list_choices, read_uuid
from mystery.web.locale import choose_report_language, current_language
from mystery.web.pagination import asked_page
from reports.arithmetic import build_arithmetic
from reports.charts import draw_bars, draw_mark
from reports.dates import format_day_and_part
from reports.headline import build_headline
from reports.highlights import build_misses, build_strengths
from reports.photo_lines import build_visit_photos
from reports.visit_report import build_section_bars, explain_tick
from reports.visit_sections import build_visit_sections
from reports.words import say

blueprint = Blueprint("visits", __name__, url_prefix="/visits")


@blueprint.get("/")
@requires(Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)
def list_visits() -> str:
    """The visits of one's scope, with filters and search."""
    reach, language = current_reach(), current_language()
    form = VisitFilterForm(request.args)
    form.unit.choices = list_choices(
        [(str(unit_id), name) for unit_id, name in list_reached_units(reach, Permission.SEE_VISITS)],
        empty=_("All units"),
    )
    form.checklist.choices = list_choices(
        [(str(each), ru if language == "ru" else en) for each, ru, en in list_filter_checklists(reach)],
        empty=_("All checklists"),
    )
    found = list_outcomes(reach) | {form.outcome.data or ""}
    form.outcome.choices = [
        (value, str(label)) for value, label in OUTCOME_CHOICES if value in found or not value
    ]
    employee_id = read_employee()
    page = query_visits(reach, form.read_filter(employee_id), asked_page())
    return render_template(
        "visits/list.html",
        form=form,
        archive_form=ArchiveForm(formdata=None, key=str(uuid4()), language=language),
        most_reports=MOST_REPORTS,
        page=page,
        arguments={name: value for name, value in request.args.items() if name != "page" and value},
        employee_name=name_employee(reach, employee_id) if employee_id else None,
        employee_id=employee_id,
        own_only=not reach.may(Permission.SEE_VISITS),
    )


def read_employee() -> UUID | None:
    """The one employee whom a link to the list names, if any; raises NotYours for what is no id."""
    text = request.args.get("employee")
    employee_id = read_uuid(text)
    if text and employee_id is None:
        raise NotYours
    return employee_id


@blueprint.post("/archive")
@requires(Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)
def pack_reports() -> AnyResponse:
    """Pack the reports of the visits that the list shows with these filters."""
    wanted = VisitFilterForm(request.args).read_filter(read_employee())
    form = ArchiveForm()
    key = read_uuid(form.key.data)
    if not form.validate_on_submit() or key is None:
        abort(400)
    try:
        archive_id = ask_for_reports(current_reach(), wanted, form.language.data, key)
    except TooManyArchives:
        flash(
            _("You have several archives at work already. Wait until one is ready, or cancel one."), "error"
        )
        return redirect(url_for("archives.list_archives"), 303)
    return redirect(url_for("archives.show_archive", archive_id=archive_id), 303)


@blueprint.get("/<uuid:visit_id>")
@requires(Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)
def show_visit(visit_id: UUID) -> str:
    """One visit: how well, what to do, the questions, the arithmetic."""
    reach, language = current_reach(), current_language()
    dossier = open_dossier(reach, visit_id, "page")
    report = dossier.report
    own = dossier.employee_user_id == reach.user_id
    sections = build_visit_sections(report, language)
    return render_template(
        "visits/visit.html",
        dossier=dossier,
        report=report,
        headline=build_headline(report, language),
        strengths=build_strengths(report, language),
        misses=build_misses(report, language),
        sections=sections,
        visit_photos=build_visit_photos(report, language),
        arithmetic=build_arithmetic(report, language),
        openings=list_openings(visit_id, dossier.employee_user_id) if own else [],
        own=own,
        may_review=may_review(reach, visit_id),
        bars=draw_bars(build_section_bars(report, sections)),
        tick_words=explain_tick(report, language),
        draw_mark=draw_mark,
        when=format_day_and_part(report.visited_on, report.part_of_day, language),
        say=partial(say_word, language),
    )


@blueprint.get("/<uuid:visit_id>/photos/<uuid:photo_id>")
@requires(Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)
def show_photo(visit_id: UUID, photo_id: UUID) -> Response:
    """One photo of a visit, to those who may read the visit."""
    content = media_store().get(find_photo(current_reach(), visit_id, photo_id))
    if content is None:
        abort(404)
    response = make_response(content)
    response.headers["Content-Type"] = "image/jpeg"
    return response


@blueprint.get("/<uuid:visit_id>/report.pdf")
@requires(Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)
def download_report(visit_id: UUID) -> Response:
    """The printed report, in the reader's language unless ?language= says otherwise."""
    language = choose_report_language()
    facts = find_facts(current_reach(), visit_id)
    if request.if_none_match.contains(facts.key(language)):
        # Whoever asks like this has the very same bytes; nobody opens anything.
        return Response(status=304)
    day = facts.visited_on.isoformat()
    response = send_attachment(
        take_print(current_reach(), facts, language),
        "application/pdf",
        plain=f"visit-{day}-{language}.pdf",
        spelled=(say("report", language), day, facts.employee or facts.unit, language),
    )
    response.set_etag(facts.key(language))
    return response


def say_word(language: Language, key: str, **details: object) -> str:
    """A word of the report's own catalogue, so that page and PDF call the same thing the same."""
    return say(key, language, **details)
