"""The forms of quality pay: the formula, the period, and the signature."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from mystery.quality_pay.queries import PaidChecklist
from mystery.quality_pay.terms import read_bands, read_number
from mystery.web.forms import REQUIRED, OfficeForm, QueryForm, list_choices
from reports.lenses.pay_formula import PayProblem, PayReason
from reports.lenses.quality_pay import PayComponent, PayFormula

ROWS = range(1, 7)
PARTS = ("source", "share", "bands")
# What is not named here is about the bands.
FIELDS_OF_REASONS: dict[PayReason, str] = {"same_component": "source", "share_out_of_range": "share"}


class PeriodForm(QueryForm):
    """The company and the period that is paid for; the state lives in the address."""

    company = SelectField(_l("Company"), validate_choice=False)
    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("To"), validators=[Optional()])


class ChecklistChoice(QueryForm):
    """The checklist whose sections a formula pays for."""

    checklist = SelectField(_l("Checklist"), validate_choice=False)


class SignForm(OfficeForm):
    """The signature under exactly what was shown."""

    digest = HiddenField(validators=[InputRequired(), Length(max=64)])


class FormulaForm(OfficeForm):
    """A formula: the base share and up to six components; unused rows stay empty."""

    agreed_on = DateField(_l("Agreed on with staff"), validators=[InputRequired(REQUIRED)])
    base = StringField(_l("Base share, %"), validators=[InputRequired(REQUIRED), Length(max=20)])

    def offer(self, checklist: PaidChecklist, language: str) -> None:
        """Offer what this checklist lets a component be paid by."""
        names = [
            (key, title.ru if language == "ru" else title.en) for key, title in checklist.sources.items()
        ]
        for row in ROWS:
            self[f"source_{row}"].choices = list_choices(names, empty=_("not used"))

    def read_formula(self, checklist: PaidChecklist) -> PayFormula | None:
        """The formula that was typed, or None with the problems put beside their fields."""
        base = read_number(self.base.data or "")
        if base is None:
            self.add_problem("base", _("This is not a number. Write it like 55 or 12.5."))
        components = [self._read_component(row, checklist) for row in self.list_used_rows()]
        known = [each for each in components if each is not None]
        if base is None or len(known) < len(components):
            return None
        return PayFormula(base, tuple(known))

    def find_field(self, problem: PayProblem) -> str:
        """The name of the field that a problem of the formula is about."""
        if problem.component is None:
            return "source_1" if problem.reason == "no_components" else "base"
        rows = [row for row in ROWS if self[f"source_{row}"].data == problem.component]
        part = FIELDS_OF_REASONS.get(problem.reason, "bands")
        # Of a component that stands there twice it is the later one that is too many.
        return f"{part}_{rows[-1 if part == 'source' else 0]}"

    def list_used_rows(self) -> list[int]:
        """The rows of components in which anything was chosen or typed."""
        return [row for row in ROWS if any((self[f"{part}_{row}"].data or "").strip() for part in PARTS)]

    def _read_component(self, row: int, checklist: PaidChecklist) -> PayComponent | None:
        source, share = self[f"source_{row}"].data, read_number(self[f"share_{row}"].data or "")
        bands = read_bands(self[f"bands_{row}"].data or "")
        if not source:
            self.add_problem(
                f"source_{row}", _("Choose what is paid for, or empty the fields of this component.")
            )
        if share is None:
            self.add_problem(f"share_{row}", _("This is not a number. Write it like 55 or 12.5."))
        if bands is None:
            self.add_problem(f"bands_{row}", _("This is no list of bands. Write it like 90: 100; 75: 50."))
        if not source or share is None or bands is None:
            return None
        return PayComponent(source, checklist.sources[source], share, bands)

    def show(self, formula: PayFormula | None, today: date) -> None:
        """Begin with the formula in force."""
        self.agreed_on.data = today
        if formula is None:
            return
        self.base.data = write_number(formula.base)
        for row, component in zip(ROWS, formula.components, strict=False):
            self[f"source_{row}"].data = component.id
            self[f"share_{row}"].data = write_number(component.share)
            self[f"bands_{row}"].data = "; ".join(
                f"{write_number(band.at)}: {write_number(100 * band.pays)}" for band in component.bands
            )


def write_number(number: Fraction) -> str:
    """A number as it may be typed again."""
    return f"{float(number):.6g}" if number.denominator != 1 else str(number.numerator)


for _row in ROWS:
    setattr(FormulaForm, f"source_{_row}", SelectField(_l("Paid by"), default=""))
    setattr(FormulaForm, f"share_{_row}", StringField(_l("Share, %"), validators=[Length(max=20)]))
    setattr(FormulaForm, f"bands_{_row}", StringField(_l("Bands"), validators=[Length(max=400)]))
