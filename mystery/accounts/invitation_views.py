"""Invitations: sent by an administrator, accepted by whoever reads the mailbox."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user, hash_password

from mystery.access.guards import current_reach, public, requires
from mystery.access.permissions import Permission
from mystery.accounts.acceptance import Newcomer, OpenedOffer, Reader, accept_as_newcomer, accept_as_user
from mystery.accounts.acceptance import open_offer as find_offer
from mystery.accounts.blueprint import Answer, answer_done, answer_refused, blueprint, refuse_stale_form
from mystery.accounts.forms import AcceptanceForm, InvitationForm
from mystery.accounts.invitation_list import InvitationState, read_invitation
from mystery.accounts.invitation_list import list_invitations as query_invitations
from mystery.accounts.invitations import InvitationProblem, Offer, invite, send_anew
from mystery.accounts.invitations import withdraw_invitation as take_back_invitation
from mystery.accounts.letters import deliver_invitation, letters_are_printed
from mystery.accounts.links import invitation_link
from mystery.accounts.problem_words import INVITATION_PROBLEMS, INVITATION_STATES
from mystery.accounts.queries import list_employees_without_account, list_units
from mystery.accounts.role_names import ROLE_HINTS
from mystery.accounts.sessions import sign_in
from mystery.accounts.tokens import read_invitation_token
from mystery.settings import current_settings
from mystery.web.forms import list_choices, read_uuid
from mystery.web.pagination import asked_page


@blueprint.get("/invitations")
@requires(Permission.MANAGE_USERS)
def list_invitations() -> Answer:
    """The invitations to units in reach."""
    page = query_invitations(current_reach(), asked_page())
    return render_template("accounts/invitations.html", page=page, states=INVITATION_STATES)


@blueprint.get("/invitations/new")
@requires(Permission.MANAGE_USERS)
def start_invitation() -> Answer:
    """The form of an invitation; the address may say already which employee, unit or role."""
    form = InvitationForm(formdata=None, data={"language": current_user.language, **request.args.to_dict()})
    return render_invitation_form(form)


@blueprint.post("/invitations")
@requires(Permission.MANAGE_USERS)
def make_invitation() -> Answer:
    """Invite somebody, and send the letter."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return render_invitation_form(form), 422
    offer = invite(current_reach(), form.read_invitee())
    if isinstance(offer, InvitationProblem):
        form.add_problem(*INVITATION_PROBLEMS[offer])
        return render_invitation_form(form), 422
    return answer_sent(offer)


@blueprint.get("/invitations/<uuid:invitation_id>")
@requires(Permission.MANAGE_USERS)
def show_invitation(invitation_id: UUID) -> Answer:
    """One invitation, with what may be done to it."""
    row = read_invitation(current_reach(), invitation_id)
    link = None
    if letters_are_printed() and row.state is InvitationState.OPEN:
        link = invitation_link(row.id, row.expires_at)
    return render_template("accounts/invitation.html", invitation=row, link=link, states=INVITATION_STATES)


@blueprint.post("/invitations/<uuid:invitation_id>/send")
@requires(Permission.MANAGE_USERS)
def send_invitation_again(invitation_id: UUID) -> Answer:
    """Send an invitation with a new link; the old link ends."""
    refuse_stale_form()
    offer = send_anew(current_reach(), invitation_id)
    if isinstance(offer, InvitationProblem):
        words = INVITATION_PROBLEMS[offer][1]
        return answer_refused(words, "accounts.show_invitation", invitation_id=invitation_id)
    return answer_sent(offer)


@blueprint.post("/invitations/<uuid:invitation_id>/withdraw")
@requires(Permission.MANAGE_USERS)
def withdraw_invitation(invitation_id: UUID) -> Answer:
    """Take an invitation back."""
    refuse_stale_form()
    problem = take_back_invitation(current_reach(), invitation_id)
    if problem is not None:
        words = INVITATION_PROBLEMS[problem][1]
        return answer_refused(words, "accounts.show_invitation", invitation_id=invitation_id)
    return answer_done(
        _("The invitation is withdrawn."), "accounts.show_invitation", invitation_id=invitation_id
    )


@blueprint.get("/invitation/<token>")
@public
def show_offer(token: str) -> Answer:
    """What the invited person sees; looking changes nothing, since mail programs look as well."""
    opened = open_offer(token)
    form = AcceptanceForm(formdata=None, obj=opened.offer) if opened else None
    return render_offer(token, opened, form)


@blueprint.post("/invitation/<token>")
@public
def accept_offer(token: str) -> Answer:
    """Accept an invitation: make the account, or add the role to the account of who is signed in."""
    opened = open_offer(token)
    if opened is None or opened.reader in (Reader.MUST_SIGN_IN, Reader.SOMEBODY_ELSE):
        return render_offer(token, opened, None)
    offer = opened.offer
    if opened.reader is Reader.INVITED_USER:
        refuse_stale_form()
        return answer_accepted(token, accept_as_user(offer.id, offer.expires_at, current_user.id))
    form = AcceptanceForm()
    normal = form.judge(offer.email) if form.validate_on_submit() else None
    if normal is None:
        page, _status = render_offer(token, opened, form)
        return page, 422
    newcomer = Newcomer(str(form.name.data), form.language.data, hash_password(normal))
    return answer_accepted(token, accept_as_newcomer(offer.id, offer.expires_at, newcomer))


def render_invitation_form(form: InvitationForm) -> str:
    """The page on which an invitation is written."""
    reach, chosen = current_reach(), read_uuid(form.employee.data)
    form.unit.choices = list_choices(
        [(str(unit_id), name) for unit_id, name in list_units(reach)], empty=_("Choose a unit")
    )
    form.employee.choices = list_choices(
        [(str(each), name) for each, name in list_employees_without_account(reach, chosen=chosen)],
        empty=_("Nobody on the staff list"),
    )
    return render_template("accounts/invite.html", form=form, role_hints=ROLE_HINTS)


def answer_sent(offer: Offer) -> Answer:
    """Send the letter of an invitation that is saved, and say how that went."""
    if deliver_invitation(offer):
        message = _("The invitation is on its way to %(email)s.", email=offer.email)
        if letters_are_printed():
            message = _("The invitation is ready.")
        return answer_done(message, "accounts.show_invitation", invitation_id=offer.id)
    message = _("The invitation is saved, but the letter could not be sent. Send it again in a few minutes.")
    return answer_refused(message, "accounts.show_invitation", invitation_id=offer.id)


def open_offer(token: str) -> OpenedOffer | None:
    """The offer behind a link, as far as it still works."""
    named = read_invitation_token(current_settings().secret_key, token)
    reader = current_user.email if current_user.is_authenticated else None
    return find_offer(*named, reader=reader) if named else None


def render_offer(token: str, opened: OpenedOffer | None, form: AcceptanceForm | None) -> tuple[str, int]:
    """The page of an invitation; a link that is used, out of time or made up looks the same."""
    if opened is None:
        return render_template("accounts/offer_over.html"), 410
    page = render_template(
        "accounts/offer.html",
        offer=opened.offer,
        reader=opened.reader.name,
        form=form,
        here=url_for("accounts.show_offer", token=token),
    )
    refused = opened.reader is Reader.SOMEBODY_ELSE or (request.method == "POST" and form is None)
    return page, 403 if refused else 200


def answer_accepted(token: str, outcome: UUID | InvitationProblem) -> Answer:
    """Let an accepted person in, or say why it did not go through."""
    if isinstance(outcome, InvitationProblem):
        return answer_refused(INVITATION_PROBLEMS[outcome][1], "accounts.show_offer", token=token)
    if not current_user.is_authenticated:
        sign_in(outcome)
    return answer_done(_("Welcome. Your pages are in the menu."), "home.show_home")
