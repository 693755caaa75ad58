"""People and roles: who may do what where, and whose account is open."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission, Role
from mystery.accounts import actions
from mystery.accounts.blueprint import Answer, answer_done, answer_refused, blueprint, refuse_stale_form
from mystery.accounts.forms import GrantForm, PeopleFilterForm
from mystery.accounts.problem_words import ACCOUNT_PROBLEMS
from mystery.accounts.queries import holds_role, list_people, list_units, read_person
from mystery.web.forms import list_choices, read_uuid
from mystery.web.pagination import asked_page


@blueprint.get("/people")
@requires(Permission.MANAGE_USERS)
def list_users() -> Answer:
    """The people with a role in reach."""
    form = PeopleFilterForm(request.args)
    form.offer_choices()
    page = list_people(current_reach(), form.read_filter(), asked_page())
    arguments = {name: value for name, value in request.args.items() if name != "page" and value}
    return render_template("accounts/people.html", form=form, page=page, arguments=arguments)


@blueprint.get("/people/<uuid:user_id>")
@requires(Permission.MANAGE_USERS)
def show_user(user_id: UUID) -> Answer:
    """One person: the roles in reach, and whether the account is open."""
    return render_person(user_id, GrantForm())


@blueprint.post("/people/<uuid:user_id>/roles")
@requires(Permission.MANAGE_USERS)
def grant_role(user_id: UUID) -> Answer:
    """Give a person one more role."""
    form = GrantForm()
    read_person(current_reach(), user_id)
    if not form.validate_on_submit():
        return render_person(user_id, form), 422
    role, unit_id = Role(form.role.data), read_uuid(form.unit.data)
    problem = actions.grant_role(current_reach(), user_id, role=role, unit_id=unit_id)
    if problem is not None:
        form.add_problem(*ACCOUNT_PROBLEMS[problem])
        return render_person(user_id, form), 422
    return answer_done(_("The role is granted."), "accounts.show_user", user_id=user_id)


@blueprint.post("/people/<uuid:user_id>/roles/<uuid:grant_id>/withdraw")
@requires(Permission.MANAGE_USERS)
def withdraw_role(user_id: UUID, grant_id: UUID) -> Answer:
    """Take a role away from a person."""
    refuse_stale_form()
    problem = actions.withdraw_grant(current_reach(), user_id, grant_id)
    return answer_person(user_id, problem, _("The role is withdrawn."))


@blueprint.post("/people/<uuid:user_id>/switch-off")
@requires(Permission.MANAGE_USERS)
def switch_off(user_id: UUID) -> Answer:
    """Close an account to its owner."""
    refuse_stale_form()
    problem = actions.switch_off(current_reach(), user_id)
    return answer_person(user_id, problem, _("The account is switched off, and its devices are signed out."))


@blueprint.post("/people/<uuid:user_id>/switch-on")
@requires(Permission.MANAGE_USERS)
def switch_on(user_id: UUID) -> Answer:
    """Open an account again."""
    refuse_stale_form()
    problem = actions.switch_on(current_reach(), user_id)
    return answer_person(user_id, problem, _("The account is open again."))


def render_person(user_id: UUID, form: GrantForm) -> str:
    """The page of one person."""
    reach = current_reach()
    form.unit.choices = list_choices(
        [(str(unit_id), name) for unit_id, name in list_units(reach)], empty=_("Choose a unit")
    )
    return render_template(
        "accounts/person.html",
        person=read_person(reach, user_id),
        form=form,
        is_oneself=user_id == reach.user_id,
    )


def answer_person(user_id: UUID, problem: actions.AccountProblem | None, done: str) -> Answer:
    """Back to the person's page, or to the list when the last role in reach is gone."""
    if problem is not None:
        return answer_refused(ACCOUNT_PROBLEMS[problem][1], "accounts.show_user", user_id=user_id)
    if not holds_role(current_reach(), user_id):
        return answer_done(done, "accounts.list_users")
    return answer_done(done, "accounts.show_user", user_id=user_id)
