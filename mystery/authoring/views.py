"""Authoring: publishing checklist versions and the notice given to staff."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("authoring", __name__, url_prefix="/checklists")
