"""The review desk: what waits for the programme lead, and what he decides."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("review", __name__, url_prefix="/review")
