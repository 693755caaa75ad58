"""Reports over a period: one employee's visits, and a unit's standards by staff."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from checklists.localtext import Language
from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import list_reached_units
from mystery.period_reports.actions import (
    open_employee_period,
    open_unit_period,
    take_employee_print,
    take_unit_print,
)
from mystery.period_reports.queries.employees import (
    Subject,
    find_own_employee,
    find_subject,
    list_employee_checklists,
    list_period_openings,
)
from mystery.printouts.reported_visits import OfferedChecklist, PeriodScope, list_unit_checklists
from mystery.web.attachments import send_attachment
from mystery.web.locale import choose_report_language, current_language
from mystery.web.periods import PeriodForm, UnitPeriodForm
from reports.charts import draw_mark
from reports.employee_report import build_employee_page
from reports.marks import Mark
from reports.period_print import draw_section_bar, group_in_order
from reports.period_words import describe_period, say_period
from reports.trend_chart import draw_trend
from reports.unit_report import build_unit_page

blueprint = Blueprint("period_reports", __name__, url_prefix="/period-reports")
PDF = "application/pdf"


@blueprint.get("/mine")
@requires(Permission.SEE_OWN_VISITS)
def show_own() -> str | BaseResponse:
    """Take an employee to the report about himself."""
    employee_id = find_own_employee(current_reach())
    if employee_id is None:
        return render_template("period_reports/none_yet.html")
    return redirect(url_for("period_reports.show_employee", employee_id=employee_id))


@blueprint.get("/employees/<uuid:employee_id>")
@requires(Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)
def show_employee(employee_id: UUID) -> str:
    """One employee over a period: the sentence, the points, the standards, the visits."""
    reach, language = current_reach(), current_language()
    subject = find_subject(reach, employee_id)
    form, scope = read_employee_choice(subject)
    period = open_employee_period(reach, subject, scope)
    own = subject.user_id == reach.user_id
    page = build_employee_page(period, language) if period else None
    trend = draw_trend(page.trend, period.newest.scoring.satisfactory, language) if period and page else None
    return render_template(
        "period_reports/employee.html",
        form=form,
        subject=subject,
        period=period,
        page=page,
        trend=trend,
        arguments=scope.list_arguments(),
        openings=list_period_openings(employee_id, reach.user_id) if own else [],
        own=own,
        draw_mark=draw_mark,
        kept=Mark.KEPT,
        days=describe_period(scope.period, language),
        group=group_in_order,
        say=partial(say_word, language),
    )


@blueprint.get("/employees/<uuid:employee_id>/report.pdf")
@requires(Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)
def download_employee(employee_id: UUID) -> Response:
    """The same on paper, with a page to sign, in the reader's language unless ?language= says otherwise."""
    subject = find_subject(current_reach(), employee_id)
    _form, scope = read_employee_choice(subject)
    language = choose_report_language()
    content = take_employee_print(current_reach(), subject, scope, language)
    if content is None:
        abort(404)
    return send_pdf(content, "employee", about=subject.name, scope=scope, language=language)


@blueprint.get("/unit")
@requires(Permission.COMPARE_STAFF)
def show_unit() -> str:
    """One unit over a period: what to train, sections beside the programme's, standards by staff."""
    choice = read_unit_choice()
    if choice is None:
        return render_template("period_reports/none_yet.html")
    form, unit_id, scope = choice
    counted = open_unit_period(current_reach(), unit_id, scope)
    language = current_language()
    return render_template(
        "period_reports/unit.html",
        form=form,
        period=counted.period if counted else None,
        page=build_unit_page(counted.period, language) if counted else None,
        arguments={**scope.list_arguments(), "unit": str(unit_id)},
        days_arguments=scope.list_arguments(),
        draw_bar=draw_section_bar,
        group=group_in_order,
        say=partial(say_word, language),
    )


@blueprint.get("/unit.pdf")
@requires(Permission.COMPARE_STAFF)
def download_unit() -> Response:
    """The same on paper, in the reader's language unless ?language= says otherwise."""
    choice = read_unit_choice()
    if choice is None:
        abort(404)
    _form, unit_id, scope = choice
    language = choose_report_language()
    taken = take_unit_print(current_reach(), unit_id, scope, language)
    if taken is None:
        abort(404)
    unit, content = taken
    return send_pdf(content, "unit", about=unit, scope=scope, language=language)


def read_employee_choice(subject: Subject) -> tuple[PeriodForm, PeriodScope]:
    """What the address asks for, within what the reader may see; the most used checklist unless it says."""
    form = PeriodForm(request.args)
    offered = list_employee_checklists(current_reach(), subject.employee_id)
    return form, settle_scope(form, offered)


def read_unit_choice() -> tuple[UnitPeriodForm, UUID, PeriodScope] | None:
    """The same for a unit, the first in reach unless the address says; None before the first visit."""
    reach = current_reach()
    offered = list_unit_checklists(reach)
    if not offered:
        return None
    form = UnitPeriodForm(request.args)
    unit_id = form.offer_units(list_reached_units(reach, Permission.COMPARE_STAFF))
    return form, unit_id, settle_scope(form, offered)


def settle_scope(form: PeriodForm, offered: list[OfferedChecklist]) -> PeriodScope:
    """Fill the form's choices and read what was chosen of them."""
    language = current_language()
    chosen = form.offer_checklists(
        [(each.checklist_id, each.title_in(language), each.last_visit) for each in offered]
    )
    return PeriodScope(chosen, form.since.data, form.until.data)


def say_word(language: Language, key: str, **details: object) -> str:
    """A word of the report's own catalogue, so that page and PDF call the same thing the same."""
    return say_period(key, language, **details)


def send_pdf(content: bytes, kind: str, *, about: str, scope: PeriodScope, language: Language) -> Response:
    """The PDF under a name that says what it is, whom it is about, from which days, and its language."""
    days = [day.isoformat() for day in (scope.since, scope.until) if day]
    plain = "-".join([kind, *days, language])
    spelled = (say_period(f"kind_{kind}", language), about, *days, language)
    return send_attachment(content, PDF, plain=f"{plain}.pdf", spelled=spelled)
