"""Accounts: invitations, sign-in, sessions and roles."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, url_prefix="/account")
