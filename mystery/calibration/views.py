"""The lead's page of auditors, and the method page for everybody who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import list_whole_companies
from mystery.calibration import queries, words
from mystery.calibration.forms import CalibrationForm
from mystery.calibration.queries import VisitedChecklist
from mystery.calibration.report import CalibrationReport, open_report
from mystery.fair_models.scope import FairScope
from mystery.web.forms import read_uuid
from mystery.web.locale import current_language
from reports.chart_scales import choose_scale
from reports.dot_plot import Dot, DotPlot, draw_dots
from reports.fair_words import describe_reason, describe_reliability, format_signed_points, name_figure
from reports.method.page import explain_everything

blueprint = Blueprint("calibration", __name__)
LEAST_SPAN = 10.0
"""Points; a smaller difference between auditors is not blown up to fill the picture."""


@dataclass(frozen=True)
class Choice:
    """What the lead chose to look at, and the form that shows it; no checklist while there is no visit."""

    form: CalibrationForm
    scope: FairScope | None
    checklist: VisitedChecklist | None


@blueprint.get("/auditors")
@requires(Permission.CALIBRATE_AUDITORS)
def show_auditors() -> str:
    """How severe auditors are, how well they agree, what to schedule and which questions to rewrite."""
    companies = list_whole_companies(current_reach(), Permission.CALIBRATE_AUDITORS)
    if not companies:
        return render_template("calibration/nobody.html")
    choice, language = read_choice(companies), current_language()
    if choice.scope is None or choice.checklist is None:
        return render_template("calibration/empty.html", form=choice.form)
    report = open_report(choice.scope, choice.checklist)
    return render_template(
        "calibration/auditors.html",
        form=choice.form,
        report=report,
        checklist=choice.checklist,
        language=language,
        words=words,
        picture=draw_severities(report),
        figures=("colleagues", "customer"),
        name_figure=name_figure,
        describe_reason=describe_reason,
        describe_reliability=describe_reliability,
        format_signed_points=format_signed_points,
        list_planning_arguments=list_planning_arguments,
    )


@blueprint.get("/method")
@requires(Permission.USE_ACCOUNT)
def show_method() -> str:
    """How figures come about, for a person without statistics."""
    return render_template("calibration/method.html", parts=explain_everything(current_language()))


def read_choice(companies: Sequence[tuple[UUID, str]]) -> Choice:
    """The company, checklist and period in the address; the first, and all days, where it names none.

    Raises FilterFault for what it asks and the form does not offer.
    """
    form, language = CalibrationForm(request.args), current_language()
    company = form.choose("company", companies)
    checklists = queries.list_checklists(company)
    if not checklists:
        form.require_understood()
        return Choice(form, None, None)
    if belongs_elsewhere(form.checklist.data, [each for each, _name in companies if each != company]):
        form.checklist.data = ""
    wanted = form.choose(
        "checklist", [(each.id, each.newest.title.in_language(language)) for each in checklists]
    )
    form.require_understood()
    chosen = next(each for each in checklists if each.id == wanted)
    return Choice(form, FairScope(company, chosen.id, form.since.data, form.until.data), chosen)


def belongs_elsewhere(checklist: str | None, companies: Sequence[UUID]) -> bool:
    """Whether the reader has turned to another company and left the checklist of these behind."""
    asked = read_uuid(checklist)
    return asked is not None and any(
        asked == each.id for company in companies for each in queries.list_checklists(company)
    )


def draw_severities(report: CalibrationReport) -> Markup | None:
    """The auditors as a dot plot around the average one; None where nothing can be told of anybody."""
    language = current_language()
    dots = [
        Dot(
            line.name,
            words.describe_severity(line.severity, language),
            line.severity.severity,
            line.severity.low,
            line.severity.high,
            remark=words.describe_load(line),
        )
        for line in report.auditors
    ]
    limits = [value for dot in dots for value in (dot.low, dot.high) if value is not None]
    if not limits:
        return None
    key = (
        ("fair", _("severity in points: to the left is strict")),
        ("interval", _("likely between these limits")),
        ("mean", _("average auditor")),
    )
    scale = choose_scale([*limits, 0.0], within=None, least=LEAST_SPAN)
    return draw_dots(DotPlot(_("Severity of auditors"), dots, scale, key, mean=0.0), language)


def list_planning_arguments(checklist: VisitedChecklist, shops: tuple[UUID, ...]) -> dict[str, Any]:
    """The address of the first step of planning with these shops and the newest version chosen."""
    return {"version": checklist.newest_id, "unit": [str(shop) for shop in shops], "change": "yes"}
