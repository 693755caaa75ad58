"""The forms of accounts: one's own, and those of people and invitations."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Field, Form, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, Optional, ValidationError

from mystery.access.permissions import Role
from mystery.accounts.addresses import read_address
from mystery.accounts.invitations import Invitee
from mystery.accounts.passwords import LONGEST_PASSWORD, judge_password
from mystery.accounts.queries import PeopleFilter
from mystery.accounts.role_names import ROLE_NAMES
from mystery.web.forms import REQUIRED, OfficeForm, QueryForm, list_choices, read_uuid, tidy_text
from mystery.web.locale import LANGUAGES, current_language
from mystery.web.time_zones import list_time_zones

LONGEST_NAME = 120
LONGEST_EMAIL = 254
# More is refused before anything is computed from it.
LONGEST_TYPED_PASSWORD = 1000
ROLE_VALUES = frozenset(role.value for role in Role)
CHOSEN = InputRequired(_l("Choose from the list."))


def list_roles() -> list[tuple[str, str]]:
    """The roles as choices, in the reader's language."""
    return [(role.value, str(name)) for role, name in ROLE_NAMES.items()]


def plain_line(_form: Form, field: Field) -> None:
    """Refuse characters that nobody can see: NUL, line ends, direction marks."""
    if not str(field.data or "").isprintable():
        raise ValidationError(_l("Remove the invisible characters."))


def email_address(_form: Form, field: Field) -> None:
    """Take an address in its one form, or say that it is none."""
    address = read_address(str(field.data or ""))
    if address is None:
        raise ValidationError(_l("Write a full address, such as anna@example.com."))
    field.data = address


def name_field(label: Any, **keywords: Any) -> StringField:
    """The name of a person."""
    return StringField(
        label,
        filters=[tidy_text],
        validators=[
            DataRequired(REQUIRED),
            Length(max=LONGEST_NAME, message=_l("Up to %(max)d characters.")),
            plain_line,
        ],
        render_kw={"maxlength": LONGEST_NAME, **keywords},
    )


def language_field() -> RadioField:
    """Russian or English."""
    return RadioField(_l("Language"), choices=lambda: list(LANGUAGES.items()), validators=[CHOSEN])


def new_password_field(label: Any) -> PasswordField:
    """A password to be; the browser offers to make one up and to keep it."""
    return PasswordField(
        label,
        validators=[
            InputRequired(REQUIRED),
            Length(max=LONGEST_PASSWORD, message=_l("Up to %(max)d characters.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


def repeated_field(name: str) -> PasswordField:
    """The same password once more."""
    return PasswordField(
        _l("The same password once more"),
        validators=[InputRequired(REQUIRED), EqualTo(name, message=_l("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class ProfileForm(OfficeForm):
    """How a person is called, and in which language and time zone he reads."""

    name = name_field(_l("Name"), autocomplete="name")
    language = language_field()
    time_zone = SelectField(_l("Time zone"), validators=[InputRequired(REQUIRED)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = list_time_zones(current_language(), chosen=self.time_zone.data)


class PasswordForm(OfficeForm):
    """A new password for somebody who knows the present one."""

    current_password = PasswordField(
        _l("Current password"),
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_TYPED_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = new_password_field(_l("New password"))
    new_password_again = repeated_field("new_password")

    def judge(self, *, email: str, name: str) -> str | None:
        """The new password as it is to be hashed, or None with the problems put beside the field."""
        return _judge(self, "new_password", email=email, name=name)


class AcceptanceForm(OfficeForm):
    """What an invited person fills in to get an account."""

    name = name_field(_l("Name"), autocomplete="name")
    language = language_field()
    password = new_password_field(_l("Password"))
    password_again = repeated_field("password")

    def judge(self, email: str) -> str | None:
        """The password as it is to be hashed, or None with the problems put beside the field."""
        return _judge(self, "password", email=email, name=str(self.name.data))


class InvitationForm(OfficeForm):
    """Whom to invite, as what and where."""

    email = EmailField(
        _l("E-mail"),
        filters=[tidy_text],
        validators=[DataRequired(REQUIRED), Length(max=LONGEST_EMAIL), email_address],
        render_kw={"autocomplete": "off", "maxlength": LONGEST_EMAIL},
    )
    name = name_field(_l("Name"), autocomplete="off")
    language = language_field()
    role = RadioField(_l("Role"), choices=list_roles, validators=[CHOSEN])
    unit = SelectField(_l("Unit"), validators=[CHOSEN], validate_choice=False)
    employee = SelectField(_l("Employee"), validators=[Optional()], validate_choice=False)

    def read_invitee(self) -> Invitee:
        """What was entered, as plain values."""
        return Invitee(
            email=str(self.email.data),
            name=str(self.name.data),
            language=str(self.language.data),
            role=Role(self.role.data),
            unit_id=read_uuid(self.unit.data),
            employee_id=read_uuid(self.employee.data),
        )


class GrantForm(OfficeForm):
    """One more role on a unit."""

    role = SelectField(_l("Role"), choices=list_roles, validators=[CHOSEN])
    unit = SelectField(_l("Unit"), validators=[CHOSEN], validate_choice=False)


class PeopleFilterForm(QueryForm):
    """Which people to list."""

    q = StringField(
        _l("Name or e-mail"), filters=[tidy_text], render_kw={"type": "search", "autocomplete": "off"}
    )
    role = SelectField(_l("Role"), validate_choice=False)
    state = SelectField(_l("Access"), validate_choice=False)

    def offer_choices(self) -> None:
        """Fill the lists, "all" first."""
        self.role.choices = list_choices(list_roles(), empty=_l("All roles"))
        self.state.choices = list_choices(
            [("on", _l("Switched on")), ("off", _l("Switched off"))], empty=_l("Switched on and off")
        )

    def read_filter(self) -> PeopleFilter:
        """What was asked for; raises FilterFault where it is not offered."""
        self.require_understood()
        role = Role(self.role.data) if self.role.data in ROLE_VALUES else None
        active = {"on": True, "off": False}.get(self.state.data or "")
        words = "".join(letter for letter in str(self.q.data or "") if letter.isprintable())
        return PeopleFilter(words=words[:LONGEST_NAME], role=role, active=active)


def _judge(form: OfficeForm, field: str, *, email: str, name: str) -> str | None:
    problems, normal = judge_password(form[field].data or "", email=email, name=name)
    for problem in problems:
        form.add_problem(field, problem)
    return None if problems else normal
