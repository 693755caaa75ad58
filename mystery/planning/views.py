"""Planning: the lead assigns visits to auditors."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("planning", __name__, url_prefix="/assignments")
