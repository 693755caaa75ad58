"""Quality pay in the demonstration: staff are told, a formula is agreed on, a half-year is signed."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Final
from uuid import UUID

from mystery.access.permissions import Role
from mystery.access.scopes import NotYours
from mystery.authoring.actions import record_notice
from mystery.authoring.notice_terms import NoticeTerms
from mystery.clock import set_to
from mystery.demonstration.rhythm import PILOT_SHOP, list_pay_days
from mystery.demonstration.staging import Stage
from mystery.quality_pay.actions import agree_formula, open_pay, sign_pay
from mystery.quality_pay.queries import list_checklists, load_company
from mystery.quality_pay.terms import WHOLE_VISIT, AgreementDraft, PayPeriod
from reports.lenses.quality_pay import PayBand, PayComponent, PayFormula

TOLD_BEFORE: Final = timedelta(days=20)
AGREED_BEFORE: Final = timedelta(days=10)
SIGNED_AGO: Final = timedelta(hours=12)
# One sheet is left for whoever looks at the demonstration to sign.
LEFT_UNSIGNED: Final = 1
NOTICE: Final = (
    "С начала следующего месяца результаты проверок учитываются и в премии: 80 % её платят в любом случае, "
    "20 % зависят от визитов за полгода. По формуле считаем не меньше чем по шести визитам, и вы видите её "
    "построчно; кого проверили реже, тому эту часть назначает руководитель. Начинаем с магазина «{shop}»: "
    "его полгода проверяем чаще других."
)
CHECKLIST: Final = "shop-visit"
BASE: Final = Fraction(80)
BANDS: Final = (
    PayBand(Fraction(90), Fraction(1)),
    PayBand(Fraction(80), Fraction(3, 4)),
    PayBand(Fraction(70), Fraction(1, 2)),
)
SHARES: Final = {WHOLE_VISIT: Fraction(15), "greeting": Fraction(5)}


def pay_for_quality(stage: Stage) -> None:
    """Tell staff, agree on a formula and sign the pilot shop's half-year."""
    since, until = list_pay_days(stage.today)
    tell_staff(stage, since)
    agree_on_formula(stage, since)
    sign_sheets(stage, PayPeriod(since, until))


def tell_staff(stage: Stage, since: date) -> None:
    """Record that results count towards pay as well, some weeks before they do."""
    told_on = since - TOLD_BEFORE
    terms = NoticeTerms(given_on=told_on, text=NOTICE.format(shop=PILOT_SHOP), purpose="bonus")
    with set_to(stage.moment(stage.today - told_on)):
        record_notice(stage.reaches[Role.LEAD], stage.company, terms)


def agree_on_formula(stage: Stage, since: date) -> None:
    """Agree on a formula of two parts, both in bands."""
    agreed_on, hr = since - AGREED_BEFORE, stage.reaches[Role.HR]
    with set_to(stage.moment(stage.today - agreed_on)):
        company = load_company(hr, stage.company)
        _since, _version, newest = stage.versions[CHECKLIST][-1]
        checklist = next(each for each in list_checklists(company.id) if each.title == newest.title)
        components = tuple(
            PayComponent(source, checklist.sources[source], share, BANDS) for source, share in SHARES.items()
        )
        draft = AgreementDraft(company.id, checklist.id, agreed_on, PayFormula(BASE, components))
        agreed = agree_formula(hr, draft)
    assert isinstance(agreed, UUID), f"the formula was refused: {agreed}"


def sign_sheets(stage: Stage, period: PayPeriod) -> None:
    """Sign what the people of the pilot shop are paid, as far as there are visits enough."""
    hr = stage.reaches[Role.HR]
    pilot = [employee_id for person, employee_id in stage.staff if person.shop == PILOT_SHOP]
    with set_to(stage.moment(SIGNED_AGO)):
        # As the company is on that day: a sheet is signed once its period is over.
        company = load_company(hr, stage.company)
        for employee_id in pilot[: len(pilot) - LEFT_UNSIGNED]:
            try:
                opened = open_pay(hr, company, period, employee_id)
            except NotYours:
                # A shortened year may have passed without a visit to this person.
                continue
            # On the first day of a month the period has only just ended, and nobody has signed yet.
            if opened.person.sheet.total is not None and opened.is_over:
                assert sign_pay(hr, company, period, employee_id, digest=opened.digest) is not None
