"""Correcting an answer: the question as the checklist asks it, what the correction changes, and doing it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from checklists.definition import Question
from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.review import correcting
from mystery.review.cases import Case, Returned, read_case
from mystery.review.correcting import Change, NotCorrected, Refusal
from mystery.review.correction_form import CorrectionForm, make_correction_form
from mystery.review.correction_page import build_change_page, list_correction_lines
from mystery.review.corrections import Corrections, find_question, read_corrections
from mystery.review.opening import open_case
from mystery.review.views.blueprint import blueprint
from mystery.sheets.answer_words import say_answer
from mystery.sheets.numbering import number_questions
from mystery.sheets.problem_words import say_problem
from mystery.sheets.raw_sheet import read_part
from mystery.web.locale import current_language

Answer = str | tuple[str, int] | Response


@blueprint.get("/<uuid:visit_id>/answers/<question_id>/correct")
@requires(Permission.REVIEW_VISITS)
def ask_correction(visit_id: UUID, question_id: str) -> Answer:
    """Ask for the right answer and the reason."""
    reach = current_reach()
    case = open_case(reach, visit_id)
    corrections = read_corrections(reach, visit_id)
    question = find_asked(case, question_id)
    if isinstance(case, Returned) or corrections is None or question.id not in corrections.correctable:
        return leave(visit_id, NotCorrected.NOT_ASKED if corrections else NotCorrected.NOT_COUNTING)
    answer = corrections.answers.get(question.id)
    form = make_correction_form(question, current_language(), answer=answer, seen=len(corrections.made))
    return render_form(case, corrections, question, form)


@blueprint.post("/<uuid:visit_id>/answers/<question_id>/correct")
@requires(Permission.REVIEW_VISITS)
def correct_answer(visit_id: UUID, question_id: str) -> Answer:
    """Show what a correction would change, and make it once that was confirmed."""
    reach = current_reach()
    case = read_case(reach, visit_id)
    corrections = read_corrections(reach, visit_id)
    question = find_asked(case, question_id)
    if isinstance(case, Returned) or corrections is None:
        return leave(visit_id, NotCorrected.NOT_COUNTING)
    form = make_correction_form(question, current_language())
    is_valid = form.validate()
    step = request.form.get("step", "preview")
    if step == "edit":
        return render_form(case, corrections, question, form)
    proposal = form.read_proposal(question)
    do = correcting.correct_answer if is_valid and step == "confirm" else correcting.foresee_correction
    result = do(reach, visit_id, proposal)
    if isinstance(result, Change) and is_valid:
        if step != "confirm":
            return render_change(case, question, form, result)
        flash(_("The answer is corrected, and the score is worked out anew."), "success")
        return redirect(url_for("review.show_visit", visit_id=visit_id, _anchor=f"q-{question.id}"), 303)
    if result is NotCorrected.CHANGED_MEANWHILE:
        form.seen.data = str(len(corrections.made))
        return render_form(case, corrections, question, form, is_stale=True), 409
    if isinstance(result, NotCorrected):
        return leave(visit_id, result)
    if isinstance(result, Refusal):
        show_refusal(form, result)
    return render_form(case, corrections, question, form), 422


def find_asked(case: Case | Returned, question_id: str) -> Question:
    """The question of the visit's version; 404 where it has no such question."""
    question = None if isinstance(case, Returned) else find_question(case.checklist, question_id)
    if question is None:
        abort(404)
    return question


def leave(visit_id: UUID, why: NotCorrected) -> Response:
    """Say on the page of the visit why nothing is corrected here."""
    if why is NotCorrected.ALREADY:
        flash(_("The answer is corrected, and the score is worked out anew."), "success")
    elif why is NotCorrected.NOT_ASKED:
        flash(
            _("This question is not part of the visit now, or a file answers it: nothing to correct."),
            "error",
        )
    else:
        flash(_("Only the answers of a visit that counts can be corrected."), "error")
    return redirect(url_for("review.show_visit", visit_id=visit_id), 303)


def show_refusal(form: CorrectionForm, refusal: Refusal) -> None:
    """Put what is wrong beside the fields, in the words of the page on which visits are filled in."""
    for problem in refusal.problems:
        form.add_problem("answer", say_problem(problem, current_language()))
    if refusal.is_same:
        form.add_problem("answer", _("This answer counts already. Choose another, or leave it as it is."))
    if refusal.names_auditor:
        form.add_problem(
            "reason",
            _("The employee reads the reason, and it names the auditor. Write it without the name."),
        )


def render_form(
    case: Case, corrections: Corrections, question: Question, form: CorrectionForm, *, is_stale: bool = False
) -> str:
    """The page that asks for the right answer."""
    language = current_language()
    sent, counted = read_part(case.raw, "answers").get(question.id), corrections.answers.get(question.id)
    return render_template(
        "review/correct.html",
        case=case,
        question=question,
        number=number_questions(case.checklist)[question.id],
        form=form,
        answer=form["answer"],
        sent=say_answer(question, sent, language),
        counted=say_answer(question, counted, language),
        comment=str(read_part(case.raw, "comments").get(question.id) or ""),
        lines=list_correction_lines(corrections.of(question.id), case.checklist, language),
        is_stale=is_stale,
        latest=list_correction_lines(corrections.made[-1:], case.checklist, language),
    )


def render_change(case: Case, question: Question, form: CorrectionForm, change: Change) -> str:
    """The page that shows what the correction changes and asks once."""
    language = current_language()
    answer = form["answer"]
    return render_template(
        "review/correct_preview.html",
        case=case,
        question=question,
        number=number_questions(case.checklist)[question.id],
        form=form,
        sent_values=answer.raw_data or [],
        after=say_answer(question, answer.data, language),
        change=build_change_page(change, case.checklist, language),
    )
