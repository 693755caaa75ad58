"""Planning: the lead assigns visits to auditors."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import get_timezone, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.clock import now
from mystery.planning import actions
from mystery.planning.desks import PersonChoice, VisitDesk, open_planning_desk, open_visit_desk
from mystery.planning.filters import list_filter_choices
from mystery.planning.forms import (
    STATES,
    AssignmentFilterForm,
    PlanningForm,
    build_visit_form,
)
from mystery.planning.queries import (
    AssignmentDetails,
    count_assignments,
    find_concerns,
    load_assignment,
)
from mystery.planning.queries import list_assignments as query_assignments
from mystery.planning.refusals import describe_fault
from mystery.web.forms import ConfirmForm
from mystery.web.locale import current_language
from mystery.web.navigation import count_to_review
from mystery.web.pagination import asked_page

blueprint = Blueprint("planning", __name__, url_prefix="/assignments")
Answer = str | tuple[str, int] | Response


@blueprint.get("/")
@requires(Permission.PLAN_VISITS)
def list_assignments() -> str:
    """The lead's assignments: what needs him today, then the programme."""
    reach, language = current_reach(), current_language()
    form = AssignmentFilterForm(request.args)
    form.offer(list_filter_choices(reach, language))
    return render_template(
        "planning/list.html",
        form=form,
        page=query_assignments(reach, form.read_filter(), number=asked_page(), language=language),
        counts=count_assignments(reach),
        to_review=count_to_review(reach),
        arguments={name: value for name, value in request.args.items() if name != "page" and value},
        states=STATES,
    )


@blueprint.get("/new")
@requires(Permission.PLAN_VISITS)
def plan_visits() -> Answer:
    """Choose checklist and units; with both chosen, who goes when."""
    visits = read_visit_desk()
    if visits is None or "change" in request.args:
        return show_first_step(200)
    today = now().astimezone(get_timezone()).date()
    return show_second_step(
        build_visit_form(visits, data={"key": str(uuid4()), "window_start": today}), visits
    )


@blueprint.post("/new")
@requires(Permission.PLAN_VISITS)
def assign_visits() -> Answer:
    """Make the assignments, all of them or none."""
    visits = read_visit_desk()
    if visits is None:
        return show_first_step(422)
    form = build_visit_form(visits)
    if form.validate():
        planned = actions.assign_visits(current_reach(), form.read_orders(visits))
        if planned.ids:
            return announce_visits(planned.ids)
        form.show_problems(planned.problems)
    return show_second_step(form, visits), 422


@blueprint.get("/<uuid:assignment_id>")
@requires(Permission.PLAN_VISITS)
def show_assignment(assignment_id: UUID) -> str:
    """One assignment, with what can still be done about it."""
    reach = current_reach()
    details = load_assignment(reach, assignment_id, current_language())
    concerns = find_concerns(reach, assignment_id) if details.cancellable else []
    return render_template(
        "planning/assignment.html",
        details=details,
        concerns=[describe_fault(concern.fault, concern.day) for concern in concerns],
        form=ConfirmForm(),
        states=STATES,
    )


@blueprint.get("/<uuid:assignment_id>/change")
@requires(Permission.PLAN_VISITS)
def edit_assignment(assignment_id: UUID) -> Answer:
    """The form to change auditor, employee, legend, window and briefing."""
    details = load_assignment(current_reach(), assignment_id, current_language())
    if not details.changeable:
        flash(_("The visit has begun or is settled, so the assignment no longer changes."), "error")
        return redirect(url_for("planning.show_assignment", assignment_id=assignment_id), 303)
    desk = open_own_desk(details)
    form = build_visit_form(desk, data=read_values(details))
    return render_template("planning/change.html", form=form, details=details)


@blueprint.post("/<uuid:assignment_id>/change")
@requires(Permission.PLAN_VISITS)
def change_assignment(assignment_id: UUID) -> Answer:
    """Change an assignment that nobody has begun."""
    details = load_assignment(current_reach(), assignment_id, current_language())
    desk = open_own_desk(details)
    form = build_visit_form(desk)
    if form.validate():
        order = form.read_orders(desk)[0]
        outcome = actions.change_assignment(current_reach(), assignment_id, order)
        if isinstance(outcome, actions.Outcome):
            return tell_outcome(assignment_id, outcome, done=_("The assignment is changed."))
        form.show_problems(outcome.problems)
    return render_template("planning/change.html", form=form, details=details), 422


@blueprint.get("/<uuid:assignment_id>/cancel")
@requires(Permission.PLAN_VISITS)
def confirm_cancelling(assignment_id: UUID) -> str:
    """Ask once, in the words of the thing."""
    details = load_assignment(current_reach(), assignment_id, current_language())
    return render_template("planning/cancel.html", details=details, form=ConfirmForm())


@blueprint.post("/<uuid:assignment_id>/cancel")
@requires(Permission.PLAN_VISITS)
def cancel_assignment(assignment_id: UUID) -> Answer:
    """Take an assignment back."""
    if not ConfirmForm().validate():
        return confirm_cancelling(assignment_id), 422
    outcome = actions.cancel_assignment(current_reach(), assignment_id)
    return tell_outcome(assignment_id, outcome, done=_("The assignment is cancelled."))


@blueprint.post("/<uuid:assignment_id>/restore")
@requires(Permission.PLAN_VISITS)
def restore_assignment(assignment_id: UUID) -> Answer:
    """Undo a cancellation."""
    if not ConfirmForm().validate():
        abort(400)
    outcome = actions.restore_assignment(current_reach(), assignment_id)
    return tell_outcome(assignment_id, outcome, done=_("The assignment stands again."))


def read_visit_desk() -> VisitDesk | None:
    """What can be chosen for the version and units in the address; None while the choice is not complete."""
    reach, language = current_reach(), current_language()
    form = PlanningForm(request.args)
    desk = open_planning_desk(reach, language)
    form.offer(desk)
    version_id, unit_ids = form.read_choice()
    if form.find_problems(desk) or version_id is None:
        return None
    return open_visit_desk(reach, version_id, unit_ids, language=language)


def show_first_step(status: int) -> Answer:
    """The page on which checklist and units are chosen."""
    desk = open_planning_desk(current_reach(), current_language())
    form = PlanningForm(request.args)
    form.offer(desk)
    if status == 422 or (request.args and "change" not in request.args):
        form.find_problems(desk)
    own = current_reach().whole_companies(Permission.PUBLISH_CHECKLISTS)
    return render_template("planning/new.html", form=form, desk=desk, may_tell=own), status


def show_second_step(form: Any, visits: VisitDesk) -> str:
    """The page on which it is said who goes when; version and units stay in its address."""
    chosen: dict[str, Any] = {
        "version": visits.version.id,
        "unit": [place.unit.id for place in visits.places],
    }
    return render_template(
        "planning/visits.html",
        form=form,
        desk=visits,
        address=url_for("planning.assign_visits", **chosen),
        change_address=url_for("planning.plan_visits", **chosen, change="yes"),
    )


def announce_visits(ids: tuple[UUID, ...]) -> Response:
    """Say how many visits were assigned, and show them."""
    count = len(ids)
    flash(ngettext("%(num)s visit is assigned.", "%(num)s visits are assigned.", count), "success")
    if count == 1:
        return redirect(url_for("planning.show_assignment", assignment_id=ids[0]), 303)
    return redirect(url_for("planning.list_assignments", state="open"), 303)


def open_own_desk(details: AssignmentDetails) -> VisitDesk:
    """The choices for an assignment that is there already."""
    desk = open_visit_desk(
        current_reach(), details.version_id, (details.unit_id,), language=current_language()
    )
    employee = PersonChoice(details.employee_id, details.row.employee or "") if details.employee_id else None
    return desk.keeping(auditor=PersonChoice(details.auditor_id, details.row.auditor), employee=employee)


def read_values(details: AssignmentDetails) -> dict[str, object]:
    """What the form of an assignment begins with."""
    return {
        "auditor_0": str(details.auditor_id),
        "employee_0": str(details.employee_id or ""),
        "scenario": str(details.scenario_id or ""),
        "window_start": details.row.window_start,
        "window_end": details.row.window_end,
        "briefing": details.briefing,
    }


def tell_outcome(assignment_id: UUID, outcome: actions.Outcome, *, done: str) -> Response:
    """Say what came of it, on the assignment's page."""
    refusals = {
        actions.Outcome.STARTED: _("The auditor has begun the visit, so nothing was changed."),
        actions.Outcome.SENT: _("The visit has been sent, so nothing was changed."),
        actions.Outcome.CANCELLED: _("The assignment is cancelled, so nothing was changed."),
    }
    if outcome is actions.Outcome.DONE:
        flash(done, "success")
    else:
        flash(refusals[outcome], "error")
    return redirect(url_for("planning.show_assignment", assignment_id=assignment_id), 303)
