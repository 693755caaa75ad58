"""The pages of employees: the list, one person, adding and correcting."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.directory import actions, queries
from mystery.directory.forms import EmployeeFilterForm, EmployeeForm, NewEmployeeForm
from mystery.directory.forms.fields import chosen_unit, offer_units, put_fault
from mystery.directory.views.blueprint import blueprint
from mystery.tables.faults import Fault
from mystery.web.forms import ConfirmForm, read_uuid
from mystery.web.pagination import asked_page

Answer = str | Response | tuple[str, int]


@blueprint.get("/employees")
@requires(Permission.SEE_DIRECTORY)
def list_employees() -> str:
    """The employees of one's reach, with search and filters."""
    reach, form = current_reach(), EmployeeFilterForm(request.args)
    form.offer(queries.list_unit_choices(reach, Permission.SEE_DIRECTORY, with_closed=True))
    return render_template(
        "directory/employees.html",
        form=form,
        page=queries.list_employees(reach, form.read_filter(), asked_page()),
        arguments={name: value for name, value in request.args.items() if name != "page" and value},
        may_add=reach.may(Permission.MANAGE_EMPLOYEES),
        may_import=reach.may(Permission.IMPORT_DIRECTORY),
    )


@blueprint.get("/employees/add")
@requires(Permission.MANAGE_EMPLOYEES)
def add_employee() -> Answer:
    """The form of a new employee; ``unit`` in the address chooses the unit beforehand."""
    return render_new(offer_new(chosen=read_uuid(request.args.get("unit"))))


@blueprint.post("/employees/add")
@requires(Permission.MANAGE_EMPLOYEES)
def save_new_employee() -> Answer:
    """Add the employee."""
    form = offer_new()
    if form.validate_on_submit():
        saved = actions.add_employee(current_reach(), chosen_unit(form.unit), form.draft())
        if not isinstance(saved, Fault):
            flash(_("%(name)s has been added.", name=form.name.data))
            return redirect(url_for("directory.show_employee", employee_id=saved), 303)
        put_fault(form, saved, instead="name")
    return render_new(form)


@blueprint.get("/employees/<uuid:employee_id>")
@requires(Permission.SEE_DIRECTORY)
def show_employee(employee_id: UUID) -> str:
    """One person, with the history of moves."""
    person = queries.show_employee(current_reach(), employee_id)
    return render_template("directory/employee.html", person=person, taking_back=ConfirmForm())


@blueprint.get("/employees/<uuid:employee_id>/edit")
@requires(Permission.MANAGE_EMPLOYEES)
def edit_employee(employee_id: UUID) -> Answer:
    """The form of a person's particulars."""
    person = queries.show_employee(current_reach(), employee_id)
    position = person.latest.position if person.latest else ""
    return render_edit(employee_id, EmployeeForm(obj=person, position=position))


@blueprint.post("/employees/<uuid:employee_id>/edit")
@requires(Permission.MANAGE_EMPLOYEES)
def save_employee(employee_id: UUID) -> Answer:
    """Correct a person's particulars."""
    form = EmployeeForm()
    if form.validate_on_submit():
        saved = actions.edit_employee(current_reach(), employee_id, form.draft())
        if not isinstance(saved, Fault):
            flash(_("The changes have been saved."))
            return redirect(url_for("directory.show_employee", employee_id=employee_id), 303)
        put_fault(form, saved, instead="name")
    return render_edit(employee_id, form)


def offer_new(*, chosen: UUID | None = None) -> NewEmployeeForm:
    """The form with the open units in which somebody may be placed."""
    form = NewEmployeeForm()
    offer_units(
        form.unit, queries.list_unit_choices(current_reach(), Permission.MANAGE_EMPLOYEES), chosen=chosen
    )
    return form


def render_new(form: NewEmployeeForm) -> Answer:
    """The form of a new employee; 422 when something in it has to be mended."""
    html = render_template("directory/employee_form.html", form=form, person=None)
    return (html, 422) if form.errors else html


def render_edit(employee_id: UUID, form: EmployeeForm) -> Answer:
    """The form of a person's particulars; 422 when something in it has to be mended."""
    person = queries.show_employee(current_reach(), employee_id, Permission.MANAGE_EMPLOYEES)
    html = render_template("directory/employee_form.html", form=form, person=person)
    return (html, 422) if form.errors else html
