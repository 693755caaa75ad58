"""The sentences of quality pay: why nobody may be paid for a period, and what is wrong with a formula."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from mystery.quality_pay.actions import AgreementFault
from mystery.quality_pay.terms import PeriodFault

PERIOD_FAULTS: dict[PeriodFault, Any] = {
    PeriodFault.NO_BONUS_NOTICE: _l(
        "Staff were not told that results count towards pay. Record such a notice first; "
        "visits before it are never paid by."
    ),
    PeriodFault.NO_FORMULA: _l("There is no formula yet. Agree on one with staff and enter it here."),
    PeriodFault.BEFORE_NOTICE: _l(
        "The period begins before staff were told that results count towards pay. Choose a later day."
    ),
    PeriodFault.BEFORE_AGREED: _l(
        "The period begins before the formula was agreed on. Choose that day or a later one."
    ),
    PeriodFault.ENDS_BEFORE_IT_BEGINS: _l("The period ends before it begins. Change one of the two days."),
}
AGREEMENT_FAULTS: dict[AgreementFault, tuple[str, Any]] = {
    AgreementFault.DAY_AHEAD: (
        "agreed_on",
        _l("This day is still ahead. Enter the formula once it was agreed on."),
    ),
    AgreementFault.DAY_TAKEN: (
        "agreed_on",
        _l(
            "A new formula changes nothing of what began under the one before or is signed. "
            "Choose %(day)s or a later day."
        ),
    ),
    AgreementFault.UNKNOWN_SOURCE: ("base", _l("The checklist has changed meanwhile. Open this page anew.")),
}
