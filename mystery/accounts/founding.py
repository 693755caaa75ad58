"""Founding: the first company and the first administrator, from the command line and without any password.

Plain functions inside an application context; `mystery create-company` and `mystery create-user` print
the link that they return.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, or_, select

from mystery.access.permissions import Role
from mystery.accounts.addresses import read_address
from mystery.accounts.invitations import Invitee, draft_invitation
from mystery.accounts.links import invitation_link
from mystery.database import db
from mystery.models import Unit
from mystery.web.forms import tidy_text
from mystery.web.locale import LANGUAGES
from mystery.web.time_zones import is_time_zone


class FoundingError(ValueError):
    """What was asked for cannot be made; the message says how to mend it."""


def create_company(name: str, *, administrator: str, time_zone: str = "Europe/Moscow") -> str:
    """Found a company and return the one-time link with which its first administrator signs up."""
    name, email = _read_name(name), _read_email(administrator)
    if not is_time_zone(time_zone):
        raise FoundingError(f"{time_zone!r} is not a time zone; write one like Europe/Moscow.")
    if db.session.scalar(
        select(Unit.id).where(Unit.parent_id.is_(None), func.lower(Unit.name) == name.lower())
    ):
        raise FoundingError(f"There is a company called {name} already; choose another name.")
    company = Unit.plant(name=name, time_zone=time_zone)
    db.session.add(company)
    db.session.flush()
    return _offer(Invitee(email, email.partition("@")[0], "ru", Role.ADMINISTRATOR, company.id), company)


def create_user(email: str, *, name: str, role: str, unit: str, language: str = "ru") -> str:
    """Offer an account and return the one-time link; ``unit`` is an id, or a code or name only one has."""
    if role not in {each.value for each in Role} or role == Role.EMPLOYEE.value:
        choices = ", ".join(each.value for each in Role if each is not Role.EMPLOYEE)
        raise FoundingError(f"The role {role!r} is not one of: {choices}. Invite employees from the pages.")
    if language not in LANGUAGES:
        raise FoundingError(f"The language {language!r} is not one of: {', '.join(LANGUAGES)}.")
    place = _find_unit(unit)
    return _offer(Invitee(_read_email(email), _read_name(name), language, Role(role), place.id), place)


def _offer(invitee: Invitee, unit: Unit) -> str:
    invitation = draft_invitation(invitee, unit)
    db.session.commit()
    return invitation_link(invitation.id, invitation.expires_at)


def _read_name(name: str) -> str:
    tidy: str = tidy_text(name)
    if not tidy or len(tidy) > 120 or not tidy.isprintable():
        raise FoundingError("Write a name of 1 to 120 characters.")
    return tidy


def _read_email(email: str) -> str:
    address = read_address(email)
    if address is None:
        raise FoundingError(f"{email!r} is not an e-mail address; write one like anna@example.com.")
    return address


def _find_unit(named: str) -> Unit:
    by_id = Unit.id == UUID(hex=named) if _is_uuid(named) else Unit.code == named
    found = db.session.scalars(select(Unit).where(or_(by_id, Unit.name == named)).limit(2)).all()
    if len(found) != 1:
        what = "no unit" if not found else "more than one unit"
        raise FoundingError(f"There is {what} called {named!r}; name it by its id.")
    return found[0]


def _is_uuid(text: str) -> bool:
    try:
        UUID(hex=text)
    except ValueError:
        return False
    return True
