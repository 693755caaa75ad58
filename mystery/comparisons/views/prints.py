"""The comparison as a PDF: at once for a few people, by a worker for hundreds."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.comparisons.actions import order_comparison, take_ordered
from mystery.comparisons.printing import read_frame
from mystery.comparisons.queries import Staff
from mystery.comparisons.views.blueprint import blueprint
from mystery.comparisons.views.choices import (
    Choice,
    compare_choice,
    name_checklist,
    name_file,
    name_unit,
    read_choice_or_404,
    write_down,
)
from mystery.comparisons.views.exports import bind_book
from mystery.printouts.ordered_prints import OrderedPrint, TooManyPrints, find_print
from mystery.printouts.printing import load_logo, print_document
from mystery.web.attachments import send_attachment
from mystery.web.forms import ConfirmForm
from mystery.web.locale import current_language
from reports.comparison_print import write_comparison_document
from reports.period_print import PrintedPeriod

PDF: Final = "application/pdf"
PEOPLE_AT_ONCE: Final = 100
"""Printed in a second and a half; with more, everybody else who prints would have to wait."""
MOST_PEOPLE: Final = 600
"""Some eighty sheets, which nobody reads; a worker prints them in ten seconds and may take sixty."""


@blueprint.get("/staff.pdf")
@requires(Permission.COMPARE_STAFF)
def export_pdf() -> Response | str:
    """The comparison on paper, or for many people the page that has it printed."""
    choice = read_choice_or_404()
    staff = compare_choice(choice)
    if len(staff.names) > PEOPLE_AT_ONCE:
        return render_template(
            "comparisons/order_print.html",
            people=len(staff.names),
            most=MOST_PEOPLE,
            arguments=choice.list_arguments(),
            form=ConfirmForm(),
        )
    content = print_document(write_document(choice, staff))
    # Once there is something to take along: what could not be printed nobody has had.
    write_down(choice, staff.names)
    return send_attachment(content, PDF, plain=f"{name_file(choice)}.pdf")


@blueprint.post("/staff.pdf")
@requires(Permission.COMPARE_STAFF)
def order_pdf() -> AnyResponse:
    """Have the comparison of many people printed by a worker."""
    choice = read_choice_or_404()
    staff = compare_choice(choice)
    offer = url_for("comparisons.export_pdf", **choice.list_arguments())
    if not ConfirmForm().validate_on_submit() or len(staff.names) > MOST_PEOPLE:
        return redirect(offer, 303)
    back = url_for("comparisons.compare_staff", **choice.list_arguments())
    document = write_document(choice, staff)
    try:
        order = order_comparison(
            current_reach().user_id,
            document,
            units=staff.units.keys(),
            people=[UUID(employee) for employee in staff.names],
            back=back,
        )
    except TooManyPrints:
        flash(_("Several of your comparisons are being printed already. Wait until one is ready."), "error")
        return redirect(offer, 303)
    return redirect(url_for("comparisons.show_print", order_id=order), 303)


@blueprint.get("/prints/<uuid:order_id>")
@requires(Permission.COMPARE_STAFF)
def show_print(order_id: UUID) -> str:
    """How far the printing is, or the download."""
    order = find_print(current_reach(), order_id)
    return render_template("comparisons/print.html", order=order, words=describe_print(order))


@blueprint.get("/prints/<uuid:order_id>/progress")
@requires(Permission.COMPARE_STAFF)
def show_print_progress(order_id: UUID) -> dict[str, str | int | bool]:
    """Whether the printing is over, for the script of its page."""
    order = find_print(current_reach(), order_id)
    return {"working": order.is_at_work, "done": 0, "total": 1, "words": describe_print(order)}


@blueprint.get("/prints/<uuid:order_id>/staff.pdf")
@requires(Permission.COMPARE_STAFF)
def download_print(order_id: UUID) -> Response:
    """What a worker has printed."""
    return send_attachment(take_ordered(current_reach(), order_id), PDF, plain="staff-comparison.pdf")


def write_document(choice: Choice, staff: Staff) -> PrintedPeriod:
    """The comparison as a document in the reader's language, with the look of the company."""
    book = bind_book(choice, staff)
    frame = read_frame(
        choice.scope, book.plain.visits, unit=name_unit(choice), checklist=name_checklist(choice)
    )
    return write_comparison_document(book, frame, current_language(), logo=load_logo(frame.look))


def describe_print(order: OrderedPrint) -> str:
    """How far an order is, in a sentence."""
    if order.is_waiting:
        return str(_("Waiting for its turn."))
    if order.is_at_work:
        return str(_("It is being printed."))
    if order.is_done:
        return str(_("It is printed, and is kept for a day."))
    return str(
        _("It could not be printed. The comparison is there: print a smaller unit, or download it as XLSX.")
    )
