"""Choosing which version of a visit counts that was sent twice."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from checklists.localtext import Language
from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.review.actions import FactsMissing, Outcome, list_needed_facts
from mystery.review.cards import list_cards
from mystery.review.cases import Case, Returned, read_case
from mystery.review.choosing import choose_version as take_version
from mystery.review.forms import ChooseForm, read_sent_facts
from mystery.review.opening import open_case
from mystery.review.versions import OtherVersion, read_other_version
from mystery.review.views.blueprint import blueprint
from mystery.review.views.decisions import Answer, go_on, tell_already
from mystery.review.words import BARS
from mystery.sheets.numbering import number_questions
from mystery.sheets.problem_words import say_fact, say_problem
from mystery.sheets.raw_sheet import read_part
from mystery.web.locale import current_language
from reports.headline import show_score


@blueprint.get("/<uuid:visit_id>/flags/<uuid:flag_id>/choose")
@requires(Permission.REVIEW_VISITS)
def confirm_choosing(visit_id: UUID, flag_id: UUID) -> Answer:
    """Show what would come of the version that does not count now, and ask whether it shall."""
    other = read_other_version(current_reach(), visit_id, flag_id)
    case = open_case(current_reach(), visit_id)
    if other is None or isinstance(case, Returned):
        return tell_already(case)
    return render_choosing(case, other, open_form(case, other, is_new=True))


@blueprint.post("/<uuid:visit_id>/flags/<uuid:flag_id>/choose")
@requires(Permission.REVIEW_VISITS)
def choose_version(visit_id: UUID, flag_id: UUID) -> Answer:
    """Let the other version count."""
    other = read_other_version(current_reach(), visit_id, flag_id)
    case = read_case(current_reach(), visit_id)
    if other is None or isinstance(case, Returned):
        return tell_already(case)
    form = open_form(case, other, is_new=False)
    if not form.validate():
        return render_choosing(case, other, form), 422
    digest, facts = form.version.data or "", form.read_facts()
    outcome = take_version(current_reach(), visit_id, flag_id, digest=digest, given=facts)
    if isinstance(outcome, FactsMissing):
        form.show_faults(outcome.faults)
        return render_choosing(case, other, form), 422
    if outcome is Outcome.BARRED:
        flash(str(BARS[other.bar] if other.bar else _("Nothing was changed.")), "error")
        return redirect(url_for("review.show_visit", visit_id=visit_id), 303)
    done = {
        Outcome.DONE: _("The version you chose counts. Both are kept."),
        Outcome.SET_ASIDE: _("The visit is taken and kept aside: another one of this assignment counts."),
    }
    return go_on(visit_id, outcome, done)


def open_form(case: Case, other: OtherVersion, *, is_new: bool) -> ChooseForm:
    """The form that asks for the facts that the other version lacks."""
    sent = read_sent_facts(read_part(other.raw, "visit"))
    form = ChooseForm(data={**sent, "version": other.digest}) if is_new else ChooseForm()
    form.offer(list_needed_facts(other.refused), case.staff)
    if is_new:
        form.show_faults(other.refused.faults)
    return form


def render_choosing(case: Case, other: OtherVersion, form: ChooseForm) -> str:
    """The page that asks which version counts."""
    language = current_language()
    cards = list_cards(case, language, number_questions(case.checklist))
    return render_template(
        "review/choose.html",
        case=case,
        other=other,
        form=form,
        score=show_score(case.checklist, other.final, language),
        score_now=show_score(case.checklist, other.final_now, language),
        bar=BARS[other.bar] if other.bar else "",
        missing=list_missing(case, other, language),
        versions=next(card.versions for card in cards if card.flag.id == other.flag_id),
    )


def list_missing(case: Case, other: OtherVersion, language: Language) -> list[tuple[str, str]]:
    """What would stay open or unreadable, each with the number of its question."""
    numbers = number_questions(case.checklist)
    faults = [("", say_fact(fault)) for fault in other.refused.faults]
    return faults + [
        (numbers.get(each.place.question or "", ""), say_problem(each, language))
        for each in other.refused.problems
    ]
