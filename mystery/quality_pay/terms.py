"""What a formula may be made of, and how its numbers and bands are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from uuid import UUID

from checklists.definition import Checklist
from checklists.exact import parse_exact
from checklists.localtext import LocalText
from reports.lenses.quality_pay import PayBand, PayFormula

WHOLE_VISIT = "base"
HALF_YEAR = 6  # months
WHOLE_TITLE = LocalText(ru="Весь визит", en="The whole visit")
BAND_ENDS = re.compile(r"[;\n]")
AMOUNT = r"(\d{1,6}(?:[.,]\d{1,4})?)\s*%?"
# "90: 100", "90%: 100%", "от 90 — 100 %", "from 90 - 100"
BAND = re.compile(rf"(?:от|from)?\s*{AMOUNT}\s*[:=–—-]\s*{AMOUNT}", re.IGNORECASE)


@dataclass(frozen=True)
class AgreementDraft:
    """A formula as it was entered, for one checklist of a company, and the day it was agreed on."""

    company_id: UUID
    checklist_id: UUID
    agreed_on: date
    formula: PayFormula


@dataclass(frozen=True)
class PayPeriod:
    """The days, both included, whose visits are paid by."""

    since: date
    until: date


class PeriodFault(Enum):
    """Why nobody may be paid for a period."""

    NO_BONUS_NOTICE = "no_bonus_notice"
    NO_FORMULA = "no_formula"
    BEFORE_NOTICE = "before_notice"
    BEFORE_AGREED = "before_agreed"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"


def find_last_half_year(today: date) -> PayPeriod:
    """The six whole calendar months that were over last."""
    until = today.replace(day=1) - timedelta(days=1)
    year, month = divmod(12 * until.year + until.month - HALF_YEAR, 12)
    return PayPeriod(date(year, month + 1, 1), until)


def list_sources(checklist: Checklist) -> dict[str, LocalText]:
    """What a component may be paid by: the whole visit, or one section, each with its title."""
    return {WHOLE_VISIT: WHOLE_TITLE} | {section.id: section.title for section in checklist.sections}


def read_number(text: str) -> Fraction | None:
    """A number as people type it, with a comma or a point and perhaps a percent sign; else None."""
    try:
        return parse_exact(text.replace(",", ".").replace("%", "").strip())
    except ValueError:
        return None


def read_bands(text: str) -> tuple[PayBand, ...] | None:
    """Bands such as "90: 100; 75: 50", a figure and the percent of the share it earns; else None."""
    bands = []
    for chunk in filter(None, map(str.strip, BAND_ENDS.split(text))):
        found = BAND.fullmatch(chunk)
        if found is None:
            return None
        at, pays = (parse_exact(each.replace(",", ".")) for each in found.groups())
        bands.append(PayBand(at, pays / 100))
    return tuple(bands)
