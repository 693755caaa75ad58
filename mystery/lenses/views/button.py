"""The loyalty button: what it says and what it cannot say, and how its counts are recorded."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import list_reached_units
from mystery.lenses import actions
from mystery.lenses.count_lines import CountDraft, CountFault, read_month
from mystery.lenses.forms import CountForm, PasteForm
from mystery.lenses.queries.button_counts import (
    find_last_month,
    list_shops,
    read_button_page,
    show_count,
)
from mystery.lenses.views.blueprint import blueprint
from mystery.lenses.words import BESIDE, describe_fault, describe_problem, write_month, write_rate
from mystery.web.forms import ConfirmForm, read_uuid
from mystery.web.locale import current_language
from mystery.web.periods import UnitPeriodForm
from reports.lenses import loyalty_button_words as button_words
from reports.lenses.pictures import draw_strip

Answer = str | Response | tuple[str, int]


@blueprint.get("/button")
@requires(Permission.COMPARE_STAFF)
def show_button() -> str:
    """The buttons of a unit over some months, never without response rate, strip and warning (LN-07)."""
    reach, language = current_reach(), current_language()
    last = find_last_month(reach)
    if last is None:
        return render_template("lenses/button_empty.html")
    form = UnitPeriodForm(request.args)
    unit_id = form.offer_units(list_reached_units(reach, Permission.COMPARE_STAFF))
    first_day, last_day = choose_year(last)
    form.end_with(last_day, days=(last_day - first_day).days)
    page = read_button_page(reach, unit_id, since=form.since.data, until=form.until.data)
    return render_template(
        "lenses/button.html",
        form=form,
        page=page,
        words=button_words,
        picture=draw_strip(page.reading, language) if page else "",
        write_rate=write_rate,
        write_month=write_month,
        language=language,
        unit=str(unit_id),
    )


@blueprint.get("/button/count")
@requires(Permission.COMPARE_STAFF)
def add_count() -> Answer:
    """The form for one shop and month; ?count= fills it with an earlier record to correct."""
    form = offer_count_form()
    count_id = read_uuid(request.args.get("count"))
    if count_id is not None:
        count = show_count(current_reach(), count_id)
        form.unit.data, form.month.data = str(count.unit_id), f"{count.month:%Y-%m}"
        form.presses.data, form.dissatisfied.data = count.presses, count.dissatisfied
        form.customers.data = count.customers
    return render_template("lenses/count_form.html", form=form)


@blueprint.post("/button/count")
@requires(Permission.COMPARE_STAFF)
def save_count() -> Answer:
    """Record one shop and month, in the place of what was recorded for it before."""
    form = offer_count_form()
    if form.validate_on_submit():
        draft = read_draft(form)
        fault = actions.record_count(current_reach(), draft) if draft else CountFault.NOT_A_MONTH
        if draft and fault is None:
            flash(_("The count has been recorded."))
            return redirect(url_for("lenses.show_button", unit=draft.unit_id), 303)
        if fault is not None:
            form.add_problem(BESIDE.get(fault, "month"), describe_fault(fault, form.month.data or ""))
    return render_template("lenses/count_form.html", form=form), 422


@blueprint.get("/button/counts")
@requires(Permission.COMPARE_STAFF)
def paste_counts() -> Answer:
    """The form for many shops and months at once."""
    return render_template("lenses/paste_form.html", form=PasteForm(), problems=[])


@blueprint.post("/button/counts")
@requires(Permission.COMPARE_STAFF)
def save_pasted() -> Answer:
    """Record every pasted line, or say everything that has to be mended."""
    form, problems = PasteForm(), list[str]()
    if form.validate_on_submit():
        recorded = actions.record_pasted(current_reach(), form.counts.data or "")
        if isinstance(recorded, int):
            flash(
                ngettext("%(num)s count has been recorded.", "%(num)s counts have been recorded.", recorded)
            )
            return redirect(url_for("lenses.show_button"), 303)
        problems = [describe_problem(each) for each in recorded]
        form.add_problem("counts", _("Some lines have to be mended; nothing has been recorded yet."))
    return render_template("lenses/paste_form.html", form=form, problems=problems), 422


@blueprint.get("/button/counts/<uuid:count_id>/remove")
@requires(Permission.COMPARE_STAFF)
def confirm_removal(count_id: UUID) -> str:
    """Ask once before a count is removed."""
    count = show_count(current_reach(), count_id)
    return render_template(
        "lenses/remove_count.html", count=count, form=ConfirmForm(), write_month=write_month
    )


@blueprint.post("/button/counts/<uuid:count_id>/remove")
@requires(Permission.COMPARE_STAFF)
def remove_count(count_id: UUID) -> Answer:
    """Remove the count of one shop and month."""
    if not ConfirmForm().validate_on_submit():
        return confirm_removal(count_id)
    unit_id = actions.remove_count(current_reach(), count_id)
    flash(_("The count has been removed."))
    return redirect(url_for("lenses.show_button", unit=unit_id), 303)


def choose_year(last: date) -> tuple[date, date]:
    """The first and the last day of the twelve months that end with this one."""
    first = date(last.year - (last.month < 12), last.month % 12 + 1, 1)
    return first, last.replace(day=monthrange(last.year, last.month)[1])


def offer_count_form() -> CountForm:
    """The form with the shops that may have a button."""
    form = CountForm()
    form.unit.choices = [
        (str(shop.id), f"{shop.code} · {shop.name}" if shop.code else shop.name)
        for shop in list_shops(current_reach())
    ]
    return form


def read_draft(form: CountForm) -> CountDraft | None:
    """The count of a form whose fields are in order; None where its month cannot be read."""
    unit, month = read_uuid(form.unit.data), read_month(form.month.data or "")
    if unit is None or month is None:
        return None
    return CountDraft(unit, month, form.presses.data or 0, form.dissatisfied.data or 0, form.customers.data)
