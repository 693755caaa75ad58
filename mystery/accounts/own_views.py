"""One's own account: name, language, time zone, password and sessions."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _
from flask_security import current_user, hash_password

from mystery.access.guards import requires
from mystery.access.permissions import Permission
from mystery.accounts import actions
from mystery.accounts.authentication import confirm_password
from mystery.accounts.blueprint import Answer, answer_done, blueprint, refuse_stale_form
from mystery.accounts.forms import PasswordForm, ProfileForm
from mystery.accounts.letters import send_password_notice_later
from mystery.accounts.lifetimes import read_idle_limit, read_lifetimes
from mystery.accounts.queries import list_sessions
from mystery.accounts.sessions import current_session_id, sign_in
from mystery.settings import current_settings

HOUR = timedelta(hours=1)


@blueprint.get("/")
@requires(Permission.USE_ACCOUNT)
def show_account() -> Answer:
    """One's own account: name, language, time zone, password, sessions."""
    return render_account(ProfileForm(obj=current_user), PasswordForm())


@blueprint.post("/")
@requires(Permission.USE_ACCOUNT)
def save_profile() -> Answer:
    """Change one's name, language and time zone."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return render_account(form, PasswordForm(formdata=None)), 422
    actions.save_profile(
        current_user.id,
        name=str(form.name.data),
        language=form.language.data,
        time_zone=form.time_zone.data,
    )
    return answer_done(_("Saved."), "accounts.show_account")


@blueprint.post("/password")
@requires(Permission.USE_ACCOUNT)
def change_password() -> Answer:
    """Change one's password; every other device is signed out."""
    form, user = PasswordForm(), current_user._get_current_object()
    if not form.validate_on_submit():
        return render_account(ProfileForm(formdata=None, obj=user), form), 422
    if not confirm_password(user.id, str(form.current_password.data), address=request.remote_addr or ""):
        form.add_problem("current_password", _("This is not your present password."))
    normal = form.judge(email=user.email, name=user.name)
    if normal is None or form.errors:
        return render_account(ProfileForm(formdata=None, obj=user), form), 422
    actions.change_password(user.id, hash_password(normal))
    sign_in(user.id)
    send_password_notice_later(user)
    return answer_done(
        _("Your password has been changed, and all other devices are signed out."), "accounts.show_account"
    )


@blueprint.post("/sessions/<uuid:session_id>/end")
@requires(Permission.USE_ACCOUNT)
def end_session(session_id: UUID) -> Answer:
    """End one of one's own sessions."""
    refuse_stale_form()
    actions.end_session(current_user.id, session_id)
    return answer_done(_("The session is ended."), "accounts.show_account")


@blueprint.post("/sessions/end-others")
@requires(Permission.USE_ACCOUNT)
def end_other_sessions() -> Answer:
    """End all of one's sessions but this one."""
    refuse_stale_form()
    actions.end_other_sessions(current_user.id, current_session_id())
    return answer_done(_("All other sessions are ended."), "accounts.show_account")


def render_account(profile: ProfileForm, password: PasswordForm) -> str:
    """The account page with its two forms, of which one may carry problems."""
    lifetimes = read_lifetimes(current_settings())
    return render_template(
        "accounts/account.html",
        profile=profile,
        password=password,
        sessions=list_sessions(current_user.id, lifetimes),
        this_session=current_session_id(),
        idle_hours=read_idle_limit(current_user.id, lifetimes) // HOUR,
        absolute_days=lifetimes.absolute.days,
    )
