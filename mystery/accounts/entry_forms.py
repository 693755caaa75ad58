"""The forms that Flask-Security's views of sign-in and reset use in place of their own."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security.forms import ForgotPasswordForm, LoginForm, ResetPasswordForm
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, PasswordField, SubmitField
from wtforms.validators import InputRequired, Length

from mystery.accounts.addresses import read_address
from mystery.accounts.authentication import authenticate
from mystery.accounts.forms import LONGEST_EMAIL, LONGEST_TYPED_PASSWORD, new_password_field, repeated_field
from mystery.accounts.letters import send_reset_link_later
from mystery.settings import current_settings
from mystery.web.addresses import local_address
from mystery.web.forms import REQUIRED, tidy_text
from mystery.web.throttle import RESET, Throttle


class SignInForm(LoginForm):
    """An address and a password; whatever is wrong with them, the answer is the same."""

    email = EmailField(
        _l("E-mail"),
        filters=[tidy_text],
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_EMAIL)],
        render_kw={"autocomplete": "username", "inputmode": "email", "autocapitalize": "none"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_TYPED_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    # How long a session lasts is a setting of the server, not a box to tick.
    remember = None  # type: ignore[assignment]  # WTForms drops a field set to None.
    submit = SubmitField(_l("Sign in"))

    def validate_next(self, field: Field) -> None:
        """Forget a place that is not on this site; the person still signs in."""
        field.data = local_address(field.data) or ""

    def validate(self, **kwargs: Any) -> bool:
        """Check the pair; unlike Flask-Security's own check, no transaction waits for argon2."""
        valid = FlaskForm.validate(self, **kwargs)
        if valid:
            typed = self.email.data or ""
            account = read_address(typed) or typed.lower()
            self.user = authenticate(account, self.password.data or "", address=request.remote_addr or "")
        if self.user is None:
            # Flask-Security turns this into its generic message, the same for every failure.
            self.email.errors = [*self.email.errors, "refused"]
        return self.user is not None


class ForgottenForm(ForgotPasswordForm):
    """The address to which a link for a new password is to go."""

    email = EmailField(
        _l("E-mail"),
        filters=[tidy_text],
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_EMAIL)],
        render_kw={"autocomplete": "username", "inputmode": "email", "autocapitalize": "none"},
    )
    submit = SubmitField(_l("Send the link"))

    def validate(self, **kwargs: Any) -> bool:
        """Ask for the link behind the request, and return False even then.

        Flask-Security takes False without a problem for an unknown address and answers as if the link
        were sent. Taking this way for every address makes the known and the unknown alike in text and time.
        """
        valid = FlaskForm.validate(self, **kwargs)
        address = read_address(self.email.data or "")
        if not valid or address is None:
            # A slip of the finger is told: it says nothing about who has an account.
            self.form_errors.append(_("Write a full address, such as anna@example.com."))
            return False
        throttle = Throttle(current_settings().secret_key)
        throttle.count(RESET, account=address, address=request.remote_addr or "")
        send_reset_link_later(address)
        return False


class ResetForm(ResetPasswordForm):
    """The new password of whoever holds the link."""

    password = new_password_field(_l("New password"))
    password_confirm = repeated_field("password")
    submit = SubmitField(_l("Save the password"))
