"""The pages of quality pay: everybody's, one person's line by line, the formula, and what was signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours
from mystery.quality_pay import actions, agreements, queries, signatures
from mystery.quality_pay.actions import AgreementFault
from mystery.quality_pay.forms import ROWS, ChecklistChoice, FormulaForm, PeriodForm, SignForm
from mystery.quality_pay.queries import PaidChecklist, PayCompany
from mystery.quality_pay.terms import AgreementDraft, PayPeriod, PeriodFault
from mystery.quality_pay.words import AGREEMENT_FAULTS, PERIOD_FAULTS
from mystery.web.formats import format_day
from mystery.web.forms import read_uuid
from mystery.web.locale import current_language
from reports.fair_words import describe_reason
from reports.lenses import quality_pay_words as pay_words
from reports.lenses.pay_formula import PayProblem, find_cautions
from reports.lenses.quality_pay import PayFormula, list_amounts

blueprint = Blueprint("quality_pay", __name__, url_prefix="/quality-pay")
Answer = str | Response | tuple[str, int]
FEWEST_ROWS = 2
log = structlog.get_logger(__name__)


@blueprint.context_processor
def offer_words() -> dict[str, object]:
    """The sentences of quality pay, and the amounts of a sheet that add up as printed."""
    return {
        "words": pay_words,
        "language": current_language(),
        "list_amounts": list_amounts,
        "read_days": read_days,
    }


@blueprint.get("/")
@requires(Permission.PAY_QUALITY)
def list_pay() -> str:
    """What everybody is paid for a period, alphabetically, or why nobody may be paid for it."""
    reach, form = current_reach(), PeriodForm(request.args)
    if not queries.list_companies(reach):
        return render_template("quality_pay/nobody.html")
    company, period = read_choice(form)
    agreement = agreements.find_agreement_for(company.id, period)
    roll = actions.open_roll(reach, company, period)
    fault = PERIOD_FAULTS[roll] if isinstance(roll, PeriodFault) else None
    if roll is PeriodFault.NO_BONUS_NOTICE:
        # The purpose that staff were told of does not cover pay: refused, and kept in the log.
        log.warning("quality_pay_refused", company=str(company.id), reason=roll.value)
    people = () if isinstance(roll, PeriodFault) else roll.people
    signed = signatures.find_signed(company.id, period)
    paid = [each for each in people if each.sheet.total is not None or each.employee_id in signed]
    return render_template(
        "quality_pay/list.html",
        form=form,
        company=company,
        agreement=agreement,
        period=period,
        fault=fault,
        needs_notice=roll is PeriodFault.NO_BONUS_NOTICE,
        paid=paid,
        left=[each for each in people if each.sheet.total is None and each.employee_id not in signed],
        signed=signed,
        signed_periods=signatures.list_signed_periods(company.id),
        cautions=warn_of_chance(agreement.formula) if agreement else [],
        reasons=[] if isinstance(roll, PeriodFault) else list_reasons(roll.why_not.values()),
        arguments=choose_again(company, period),
    )


@blueprint.get("/formula")
@requires(Permission.PAY_QUALITY)
def edit_formula() -> Answer:
    """The editor, beginning with the formula in force."""
    company = queries.load_company(current_reach(), read_uuid(request.args.get("company")))
    agreement = agreements.find_agreement(company.id)
    checklist = choose_checklist(company, agreement.checklist_id if agreement else None)
    form = FormulaForm()
    if checklist is not None:
        form.offer(checklist, current_language())
        same = agreement is not None and agreement.checklist_id == checklist.id
        form.show(agreement.formula if agreement and same else None, company.today)
    return render_formula(form, company, checklist)


@blueprint.post("/formula")
@requires(Permission.PAY_QUALITY)
def save_formula() -> Answer:
    """Record the formula as agreed on, or say everything that is wrong with it."""
    company = queries.load_company(current_reach(), read_uuid(request.args.get("company")))
    checklist, form = choose_checklist(company, None), FormulaForm()
    if checklist is None:
        return redirect(url_for("quality_pay.edit_formula", company=company.id), 303)
    form.offer(checklist, current_language())
    if form.validate_on_submit() and (formula := form.read_formula(checklist)) is not None:
        assert form.agreed_on.data is not None
        draft = AgreementDraft(company.id, checklist.id, form.agreed_on.data, formula)
        saved = actions.agree_formula(current_reach(), draft)
        if isinstance(saved, UUID):
            flash(_("The formula has been recorded."))
            return redirect(url_for("quality_pay.list_pay", company=company.id), 303)
        if isinstance(saved, AgreementFault):
            field, message = AGREEMENT_FAULTS[saved]
            first_day = format_day(agreements.find_first_free_day(company.id))
            form.add_problem(field, str(message) % {"day": first_day})
        else:
            for problem in saved:
                form.add_problem(form.find_field(problem), name_problem(problem, checklist))
    return render_formula(form, company, checklist)


@blueprint.get("/people/<uuid:employee_id>")
@requires(Permission.PAY_QUALITY)
def show_pay(employee_id: UUID) -> Answer:
    """What one employee is paid, line by line, with its noise, and the form to sign it."""
    return render_pay(employee_id, stale=False)


@blueprint.post("/people/<uuid:employee_id>")
@requires(Permission.PAY_QUALITY)
def sign_pay(employee_id: UUID) -> Answer:
    """Sign exactly what was shown; when it has changed meanwhile, show it again."""
    form = SignForm()
    company, period = read_choice(PeriodForm(request.args))
    if form.validate_on_submit():
        digest = form.digest.data or ""
        signed = actions.sign_pay(current_reach(), company, period, employee_id, digest=digest)
        if signed is not None:
            flash(_("Signed. Nobody can change this sheet any more."))
            return redirect(url_for("quality_pay.show_signed", signed_id=signed), 303)
    return render_pay(employee_id, stale=True)


@blueprint.get("/signed/<uuid:signed_id>")
@requires(Permission.PAY_QUALITY, Permission.SEE_OWN_VISITS)
def show_signed(signed_id: UUID) -> str:
    """A signed sheet, computed again from what was kept; the employee sees the same as who signed it."""
    signed = actions.open_signed(current_reach(), signed_id)
    back = url_for("quality_pay.list_own")
    if current_reach().may(Permission.PAY_QUALITY):
        days: dict[str, Any] = {"since": signed.period.since, "until": signed.period.until}
        back = url_for("quality_pay.list_pay", company=signed.company_id, **days)
    return render_template("quality_pay/signed.html", signed=signed, back=back)


@blueprint.get("/own")
@requires(Permission.SEE_OWN_VISITS)
def list_own() -> str:
    """What was signed about the reader."""
    return render_template("quality_pay/own.html", sheets=signatures.list_own(current_reach()))


def read_days(visits: Iterable[str]) -> dict[str, date]:
    """The days of the visits behind a figure, the earliest first; a figure kept long ago may name none."""
    return queries.read_days([each for each in map(read_uuid, visits) if each is not None])


def render_pay(employee_id: UUID, *, stale: bool) -> Answer:
    """The sheet of one employee; 409 when it is no longer what somebody wanted to sign."""
    company, period = read_choice(PeriodForm(request.args))
    opened = actions.open_pay(current_reach(), company, period, employee_id)
    form = SignForm()
    form.digest.data = opened.digest
    signed = signatures.find_signed(company.id, period).get(employee_id)
    html = render_template(
        "quality_pay/person.html",
        opened=opened,
        form=form,
        stale=stale,
        signed=signed,
        arguments=choose_again(company, period),
    )
    return (html, 409) if stale else html


def render_formula(form: FormulaForm, company: PayCompany, checklist: PaidChecklist | None) -> Answer:
    """The editor; 422 when something in it has to be mended."""
    chooser = offer_checklists(queries.list_checklists(company.id))
    chooser.checklist.data = str(checklist.id) if checklist else None
    html = render_template(
        "quality_pay/formula.html",
        form=form,
        rows=ROWS,
        shown_rows=count_shown_rows(form),
        company=company,
        checklist=checklist,
        chooser=chooser,
        formulas=agreements.list_agreements(company.id),
        first_day=agreements.find_first_free_day(company.id),
    )
    return (html, 422) if form.errors else html


def count_shown_rows(form: FormulaForm) -> int:
    """How many rows of components are open: all up to the last that says anything, and one more."""
    return min(len(ROWS), max([FEWEST_ROWS, *form.list_used_rows()]) + 1)


def read_choice(form: PeriodForm) -> tuple[PayCompany, PayPeriod]:
    """The company and the period in the address, else the usual one.

    Raises FilterFault for what it asks and the form does not offer.
    """
    companies = queries.list_companies(current_reach())
    if not companies:
        raise NotYours
    chosen = form.choose("company", [(each.id, each.name) for each in companies])
    form.require_understood()
    company = queries.load_company(current_reach(), chosen)
    usual = queries.find_usual_period(company)
    since = form.since.data or usual.since
    until = form.until.data or (company.today if form.since.data else usual.until)
    form.since.data, form.until.data = since, until
    return company, PayPeriod(since, until)


def offer_checklists(checklists: Iterable[PaidChecklist]) -> ChecklistChoice:
    """The form that chooses the checklist of a formula, as the address fills it."""
    chooser, language = ChecklistChoice(request.args), current_language()
    chooser.checklist.choices = [(str(each.id), each.title.in_language(language)) for each in checklists]
    return chooser


def choose_checklist(company: PayCompany, usual: UUID | None) -> PaidChecklist | None:
    """The checklist in the address, else the usual one, else the first; None while there is none.

    Raises FilterFault for one that the form does not offer.
    """
    checklists = {each.id: each for each in queries.list_checklists(company.id)}
    chooser = offer_checklists(checklists.values())
    chooser.require_understood()
    asked = read_uuid(chooser.checklist.data)
    for wanted in (asked, usual):
        if wanted in checklists:
            return checklists[wanted]
    return next(iter(checklists.values()), None)


def choose_again(company: PayCompany, period: PayPeriod) -> dict[str, Any]:
    """The address's part that leads to the same company and period."""
    return {"company": company.id, "since": period.since, "until": period.until}


def name_problem(problem: PayProblem, checklist: PaidChecklist) -> str:
    """What is wrong with a formula, beginning with the component that it is about."""
    said = pay_words.describe_problem(problem, current_language())
    title = checklist.sources.get(problem.component or "")
    return f"{title.in_language(current_language())}. {said}" if title else said


def warn_of_chance(formula: PayFormula) -> list[str]:
    """What of a formula lets chance decide, a sentence each."""
    components, language = {each.id: each for each in formula.components}, current_language()
    return [
        pay_words.describe_caution(each, components[each.component], language)
        for each in find_cautions(formula)
    ]


def list_reasons(found: Any) -> list[str]:
    """Why no model could be fitted, each reason once."""
    return list(dict.fromkeys(describe_reason(reason, current_language()) for reason in found))
