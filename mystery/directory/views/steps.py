"""The steps of a working life: moving, leaving, returning, and taking the last step back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.directory import actions, queries
from mystery.directory.forms import LeavingForm, StepForm
from mystery.directory.forms.fields import chosen_day, offer_units, put_fault
from mystery.directory.views.blueprint import blueprint
from mystery.directory.words import describe_fault
from mystery.tables.faults import Fault
from mystery.web.forms import ConfirmForm, OfficeForm

Answer = str | Response | tuple[str, int]


@blueprint.get("/employees/<uuid:employee_id>/move")
@requires(Permission.MANAGE_EMPLOYEES)
def plan_move(employee_id: UUID) -> Answer:
    """The form that moves a person to another unit or position."""
    person = load_person(employee_id)
    return render_step(person, offer_step(person), "move")


@blueprint.post("/employees/<uuid:employee_id>/move")
@requires(Permission.MANAGE_EMPLOYEES)
def move_employee(employee_id: UUID) -> Answer:
    """Move the person; the placement before ends the day before."""
    person = load_person(employee_id)
    form = offer_step(person)
    if form.validate_on_submit():
        saved = actions.move_employee(current_reach(), employee_id, form.step())
        if not isinstance(saved, Fault):
            return go_to_person(employee_id, _("The move has been recorded."))
        put_fault(form, saved, instead="since")
    return render_step(person, form, "move")


@blueprint.get("/employees/<uuid:employee_id>/leave")
@requires(Permission.MANAGE_EMPLOYEES)
def plan_leaving(employee_id: UUID) -> Answer:
    """The form that records a person's last day."""
    person = load_person(employee_id)
    return render_step(person, LeavingForm(left_on=person.left_on or person.today), "leave")


@blueprint.post("/employees/<uuid:employee_id>/leave")
@requires(Permission.MANAGE_EMPLOYEES)
def record_leaving(employee_id: UUID) -> Answer:
    """Record the last day."""
    person, form = load_person(employee_id), LeavingForm()
    if form.validate_on_submit():
        saved = actions.record_leaving(current_reach(), employee_id, chosen_day(form.left_on))
        if not isinstance(saved, Fault):
            return go_to_person(employee_id, _("The last day has been recorded."))
        put_fault(form, saved, instead="left_on")
    return render_step(person, form, "leave")


@blueprint.get("/employees/<uuid:employee_id>/return")
@requires(Permission.MANAGE_EMPLOYEES)
def plan_return(employee_id: UUID) -> Answer:
    """The form that takes a person back."""
    person = load_person(employee_id)
    return render_step(person, offer_step(person), "return")


@blueprint.post("/employees/<uuid:employee_id>/return")
@requires(Permission.MANAGE_EMPLOYEES)
def record_return(employee_id: UUID) -> Answer:
    """Take the person back."""
    person = load_person(employee_id)
    form = offer_step(person)
    if form.validate_on_submit():
        saved = actions.record_return(current_reach(), employee_id, form.step())
        if not isinstance(saved, Fault):
            return go_to_person(employee_id, _("The return has been recorded."))
        put_fault(form, saved, instead="since")
    return render_step(person, form, "return")


@blueprint.post("/employees/<uuid:employee_id>/take-back")
@requires(Permission.MANAGE_EMPLOYEES)
def take_back_step(employee_id: UUID) -> Answer:
    """Undo the last move, leaving or return."""
    if ConfirmForm().validate_on_submit():
        saved = actions.take_back_step(current_reach(), employee_id)
        if not isinstance(saved, Fault):
            return go_to_person(employee_id, _("The last step has been taken back."))
        flash(describe_fault(saved), "error")
    return redirect(url_for("directory.show_employee", employee_id=employee_id), 303)


def load_person(employee_id: UUID) -> queries.EmployeePage:
    """A person whom the reader may change."""
    return queries.show_employee(current_reach(), employee_id, Permission.MANAGE_EMPLOYEES)


def offer_step(person: queries.EmployeePage) -> StepForm:
    """The form with the open units of the person's company; today and the present place are chosen."""
    form = StepForm(since=person.today, position=person.latest.position if person.latest else "")
    units = queries.list_unit_choices(
        current_reach(), Permission.MANAGE_EMPLOYEES, company_id=person.company_id
    )
    offer_units(form.unit, units, chosen=person.latest.unit_id if person.latest else None)
    return form


def render_step(person: queries.EmployeePage, form: OfficeForm, step: str) -> Answer:
    """The form of a step; 422 when something in it has to be mended."""
    html = render_template("directory/step.html", person=person, form=form, step=step)
    return (html, 422) if form.errors else html


def go_to_person(employee_id: UUID, message: str) -> Response:
    """The person's page, saying what was done."""
    flash(message)
    return redirect(url_for("directory.show_employee", employee_id=employee_id), 303)
