"""The pages of units: the tree, one unit, and what can be done with it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.directory import actions, queries
from mystery.directory.forms import ClosingForm, MoveUnitForm, NewUnitForm, UnitFilterForm, UnitForm
from mystery.directory.forms.fields import chosen_day, chosen_unit, offer_units, put_fault
from mystery.directory.views.blueprint import blueprint
from mystery.directory.words import describe_fault
from mystery.tables.faults import Fault
from mystery.web.forms import ConfirmForm
from mystery.web.pagination import asked_page

Answer = str | Response | tuple[str, int]


@blueprint.get("/units")
@requires(Permission.SEE_DIRECTORY)
def list_units() -> str:
    """The tree of one's reach, with a search."""
    reach, form = current_reach(), UnitFilterForm(request.args)
    page = queries.list_units(
        reach, search=form.q.data or "", with_closed=bool(form.closed.data), page=asked_page()
    )
    return render_template(
        "directory/units.html",
        form=form,
        page=page,
        searched=bool(form.q.data),
        arguments={name: value for name, value in request.args.items() if name != "page" and value},
        may_add=reach.may(Permission.MANAGE_UNITS),
        may_import=reach.may(Permission.IMPORT_DIRECTORY),
        may_set_look=reach.may(Permission.SET_LOOK),
    )


@blueprint.get("/units/<uuid:unit_id>")
@requires(Permission.SEE_DIRECTORY)
def show_unit(unit_id: UUID) -> str:
    """One unit: where it belongs, what belongs to it, who works there."""
    return render_unit(unit_id, None)


@blueprint.get("/units/<uuid:unit_id>/add")
@requires(Permission.MANAGE_UNITS)
def add_unit(unit_id: UUID) -> Answer:
    """The form of a new unit below this one."""
    return render_unit_form(unit_id, NewUnitForm(), adding=True)


@blueprint.post("/units/<uuid:unit_id>/add")
@requires(Permission.MANAGE_UNITS)
def save_new_unit(unit_id: UUID) -> Answer:
    """Add the unit."""
    form = NewUnitForm()
    form.offer_time_zones(load_unit(unit_id).time_zone)
    if form.validate_on_submit():
        saved = actions.add_unit(current_reach(), unit_id, form.kind.data, form.draft())
        if not isinstance(saved, Fault):
            flash(_("%(name)s has been added.", name=form.name.data))
            return redirect(url_for("directory.show_unit", unit_id=saved), 303)
        put_fault(form, saved, instead="kind")
    return render_unit_form(unit_id, form, adding=True)


@blueprint.get("/units/<uuid:unit_id>/edit")
@requires(Permission.MANAGE_UNITS)
def edit_unit(unit_id: UUID) -> Answer:
    """The form of a unit's particulars."""
    return render_unit_form(unit_id, UnitForm(obj=load_unit(unit_id)))


@blueprint.post("/units/<uuid:unit_id>/edit")
@requires(Permission.MANAGE_UNITS)
def save_unit(unit_id: UUID) -> Answer:
    """Change the unit's particulars."""
    form = UnitForm()
    form.offer_time_zones(load_unit(unit_id).time_zone)
    if form.validate_on_submit():
        saved = actions.edit_unit(current_reach(), unit_id, form.draft())
        if not isinstance(saved, Fault):
            return go_to_unit(unit_id, _("The changes have been saved."))
        put_fault(form, saved, instead="name")
    return render_unit_form(unit_id, form)


@blueprint.get("/units/<uuid:unit_id>/move")
@requires(Permission.MANAGE_UNITS)
def choose_parent(unit_id: UUID) -> Answer:
    """The form that moves a unit in the tree."""
    return render_move(unit_id, offer_parents(unit_id))


@blueprint.post("/units/<uuid:unit_id>/move")
@requires(Permission.MANAGE_UNITS)
def move_unit(unit_id: UUID) -> Answer:
    """Hang the unit under another one."""
    form = offer_parents(unit_id)
    if form.validate_on_submit():
        saved = actions.move_unit(current_reach(), unit_id, chosen_unit(form.parent))
        if not isinstance(saved, Fault):
            return go_to_unit(unit_id, _("The unit has been moved, with everything that belongs to it."))
        put_fault(form, saved, instead="parent")
    return render_move(unit_id, form)


@blueprint.post("/units/<uuid:unit_id>/close")
@requires(Permission.MANAGE_UNITS)
def close_unit(unit_id: UUID) -> Answer:
    """Close the unit: nothing new is planned in it."""
    form = ClosingForm()
    if form.validate_on_submit():
        saved = actions.close_unit(current_reach(), unit_id, chosen_day(form.closed_on))
        if not isinstance(saved, Fault):
            return go_to_unit(unit_id, _("The unit is closed; nothing new will be planned in it."))
        put_fault(form, saved, instead="closed_on")
    return render_unit(unit_id, form), 422


@blueprint.post("/units/<uuid:unit_id>/reopen")
@requires(Permission.MANAGE_UNITS)
def reopen_unit(unit_id: UUID) -> Answer:
    """Open the unit again."""
    if ConfirmForm().validate_on_submit():
        saved = actions.reopen_unit(current_reach(), unit_id)
        if not isinstance(saved, Fault):
            return go_to_unit(unit_id, _("The unit is open again."))
        flash(describe_fault(saved), "error")
    return redirect(url_for("directory.show_unit", unit_id=unit_id), 303)


def load_unit(unit_id: UUID) -> queries.UnitRow:
    """A unit that the person may change."""
    return queries.show_unit(current_reach(), unit_id, Permission.MANAGE_UNITS).unit


def render_unit(unit_id: UUID, form: ClosingForm | None) -> str:
    """The page of a unit, with the form that closes it."""
    page = queries.show_unit(current_reach(), unit_id)
    form = form or ClosingForm(closed_on=page.today)
    return render_template(
        "directory/unit.html", page=page, unit=page.unit, form=form, reopening=ConfirmForm()
    )


def render_unit_form(unit_id: UUID, form: UnitForm, *, adding: bool = False) -> Answer:
    """The form of a unit; 422 when something in it has to be mended."""
    unit = load_unit(unit_id)
    form.offer_time_zones(unit.time_zone)
    html = render_template("directory/unit_form.html", form=form, unit=unit, adding=adding)
    return (html, 422) if form.errors else html


def offer_parents(unit_id: UUID) -> MoveUnitForm:
    """The form with the units under which this one may hang."""
    form = MoveUnitForm()
    offer_units(form.parent, queries.list_parent_choices(current_reach(), load_unit(unit_id)))
    return form


def render_move(unit_id: UUID, form: MoveUnitForm) -> Answer:
    """The form that moves a unit."""
    html = render_template("directory/unit_move.html", form=form, unit=load_unit(unit_id))
    return (html, 422) if form.errors else html


def go_to_unit(unit_id: UUID, message: str) -> Response:
    """The unit's page, saying what was done."""
    flash(message)
    return redirect(url_for("directory.show_unit", unit_id=unit_id), 303)
