"""What the lead decides: take, return, settle, and undo the settling."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.review import actions
from mystery.review.actions import FactsMissing, Outcome
from mystery.review.cases import Case, Raised, Returned, read_case
from mystery.review.forms import ReturnForm, TakeForm, read_sent_facts
from mystery.review.opening import open_case
from mystery.review.sheet_page import build_sheet_page
from mystery.review.views.blueprint import blueprint
from mystery.review.words import name_decision
from mystery.sheets.raw_sheet import read_part
from mystery.web.formats import format_moment
from mystery.web.forms import ConfirmForm
from mystery.web.locale import current_language

Answer = str | tuple[str, int] | Response


@blueprint.get("/<uuid:visit_id>/take")
@requires(Permission.REVIEW_VISITS)
def confirm_taking(visit_id: UUID) -> Answer:
    """Ask once whether to take a held visit as it is, and for the facts that are missing."""
    case = open_case(current_reach(), visit_id, to_decide=True)
    if isinstance(case, Returned) or not case.is_held:
        return tell_already(case)
    return render_taking(case, open_take_form(case, is_new=True))


@blueprint.post("/<uuid:visit_id>/take")
@requires(Permission.REVIEW_VISITS)
def take_visit(visit_id: UUID) -> Answer:
    """Take a held visit as it is: it is scored and counts."""
    case = read_case(current_reach(), visit_id)
    if isinstance(case, Returned) or not case.is_held:
        return tell_already(case)
    form = open_take_form(case, is_new=False)
    if not form.validate():
        return render_taking(case, form), 422
    outcome = actions.take_visit(current_reach(), visit_id, form.read_facts())
    if isinstance(outcome, FactsMissing):
        form.show_faults(outcome.faults)
        return render_taking(case, form), 422
    done = {
        Outcome.DONE: _("The visit is taken as it is. It is scored and counts."),
        Outcome.SET_ASIDE: _("The visit is taken and kept aside: another one of this assignment counts."),
    }
    return go_on(visit_id, outcome, done)


@blueprint.get("/<uuid:visit_id>/return")
@requires(Permission.REVIEW_VISITS)
def confirm_returning(visit_id: UUID) -> Answer:
    """Ask why a held visit goes back to its auditor."""
    case = open_case(current_reach(), visit_id, to_decide=True)
    if isinstance(case, Returned) or not case.is_held:
        return tell_already(case)
    return render_returning(case, ReturnForm())


@blueprint.post("/<uuid:visit_id>/return")
@requires(Permission.REVIEW_VISITS)
def return_visit(visit_id: UUID) -> Answer:
    """Give a held visit back to its auditor."""
    case = read_case(current_reach(), visit_id)
    if isinstance(case, Returned) or not case.is_held:
        return tell_already(case)
    form = ReturnForm()
    if not form.validate():
        return render_returning(case, form), 422
    outcome = actions.return_visit(current_reach(), visit_id, str(form.reason.data))
    done = {Outcome.DONE: _("The visit is with its auditor again. It comes back here if it is held again.")}
    return go_on(visit_id, outcome, done)


@blueprint.post("/<uuid:visit_id>/flags/<uuid:flag_id>/settle")
@requires(Permission.REVIEW_VISITS)
def settle_flag(visit_id: UUID, flag_id: UUID) -> Answer:
    """Settle one thing that was raised."""
    if not ConfirmForm().validate():
        abort(400)
    outcome = actions.settle_flag(current_reach(), visit_id, flag_id)
    return go_on(visit_id, outcome, {Outcome.DONE: _("Settled. You can undo this here.")})


@blueprint.post("/<uuid:visit_id>/flags/<uuid:flag_id>/reopen")
@requires(Permission.REVIEW_VISITS)
def reopen_flag(visit_id: UUID, flag_id: UUID) -> Answer:
    """Undo the settling."""
    if not ConfirmForm().validate():
        abort(400)
    outcome = actions.reopen_flag(current_reach(), visit_id, flag_id)
    return go_on(visit_id, outcome, {Outcome.DONE: _("It waits for a decision again.")})


def open_take_form(case: Case, *, is_new: bool) -> TakeForm:
    """The form that asks for the facts this visit lacks; a new one shows what was sent."""
    sent = read_sent_facts(read_part(case.raw, "visit"))
    form = TakeForm(data=sent) if is_new else TakeForm()
    form.offer(actions.list_needed_facts(case.refused), case.staff)
    if is_new:
        form.show_faults(case.refused.faults)
    return form


def render_taking(case: Case, form: TakeForm) -> str:
    """The page that asks whether to take the visit."""
    page = build_sheet_page(case, current_language())
    return render_template("review/take.html", case=case, page=page, form=form)


def render_returning(case: Case, form: ReturnForm) -> str:
    """The page that asks why the visit is returned."""
    page = build_sheet_page(case, current_language())
    return render_template("review/return.html", case=case, page=page, form=form)


def tell_already(case: Case | Returned) -> Response:
    """Say who had decided before, on the page of the visit: this one was opened earlier than that."""
    settled = [flag for flag in case.flags if flag.settled_at is not None]
    flash(describe_settled(max(settled, key=_when)) if settled else _nothing_to_decide(), "error")
    return redirect(url_for("review.show_visit", visit_id=case.visit_id), 303)


def describe_settled(flag: Raised) -> str:
    """Who decided what and when."""
    return str(
        _(
            "Nothing was changed: this is decided already. %(decision)s, %(name)s, %(moment)s.",
            decision=name_decision(flag.decision),
            name=flag.settled_by or "–",
            moment=format_moment(flag.settled_at),
        )
    )


def go_on(visit_id: UUID, outcome: Outcome, done: dict[Outcome, str]) -> Response:
    """Say what came of a decision, on the page of the visit."""
    if outcome in done:
        flash(done[outcome], "success")
    elif outcome is Outcome.OTHER_DRAFT:
        flash(
            _("The auditor has begun this assignment anew, so nothing was returned."),
            "error",
        )
    else:
        return tell_already(read_case(current_reach(), visit_id))
    return redirect(url_for("review.show_visit", visit_id=visit_id), 303)


def _when(flag: Raised) -> float:
    return flag.settled_at.timestamp() if flag.settled_at else 0.0


def _nothing_to_decide() -> str:
    return str(_("Nothing was changed: there is nothing to decide here any more."))
