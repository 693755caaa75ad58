"""The desk: what waits for a decision; and the page of one visit."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import render_template, request

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.clock import now
from mystery.review import queries
from mystery.review.cases import Returned
from mystery.review.correction_page import write_corrections
from mystery.review.corrections import read_corrections
from mystery.review.forms import DeskFilterForm
from mystery.review.opening import open_case
from mystery.review.sheet_page import build_sheet_page
from mystery.review.views.blueprint import blueprint
from mystery.review.words import BUTTONS, KINDS, SHORT_KINDS, name_decision, say_skew, say_waiting
from mystery.web.forms import ConfirmForm
from mystery.web.locale import current_language
from mystery.web.pagination import asked_page


@blueprint.get("")
@requires(Permission.REVIEW_VISITS)
def list_open() -> str:
    """What waits for a decision in the person's subtree, the longest waiting first."""
    reach = current_reach()
    form = DeskFilterForm(request.args)
    form.offer(queries.list_filter_units(reach), queries.list_filter_auditors(reach))
    asked = form.read_filter()
    return render_template(
        "review/desk.html",
        form=form,
        asked=asked,
        page=queries.list_desk(reach, asked, asked_page()),
        counts=queries.count_desk(reach),
        arguments={name: value for name, value in request.args.items() if name != "page" and value},
        kinds=KINDS,
        short_kinds=SHORT_KINDS,
        name_decision=name_decision,
        say_waiting=partial(say_waiting, moment=now()),
    )


@blueprint.get("/<uuid:visit_id>")
@requires(Permission.REVIEW_VISITS)
def show_visit(visit_id: UUID) -> str:
    """One visit as it was sent, what was raised about it, and what can be decided."""
    case = open_case(current_reach(), visit_id)
    if isinstance(case, Returned):
        return render_template("review/returned.html", case=case)
    corrections = read_corrections(current_reach(), visit_id)
    return render_template(
        "review/visit.html",
        case=case,
        corrections=corrections,
        **write_corrections(corrections, case.checklist, current_language()),
        page=build_sheet_page(case, current_language()),
        form=ConfirmForm(),
        kinds=KINDS,
        buttons=BUTTONS,
        name_decision=name_decision,
        say_skew=say_skew,
        say_waiting=partial(say_waiting, moment=now()),
    )
