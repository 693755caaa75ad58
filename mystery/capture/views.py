"""Capture: the auditor fills in a checklist on the phone."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("capture", __name__, url_prefix="/capture")
