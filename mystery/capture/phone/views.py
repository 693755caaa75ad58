"""What the script on the phone talks to: state, drafts, uploads in pieces, and the report."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("phone", __name__, url_prefix="/capture/phone")
