"""The blueprint of authoring: checklists, versions, the library, legends and the notice to staff."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("authoring", __name__, url_prefix="/checklists")
