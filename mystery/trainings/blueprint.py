"""The blueprint of trainings."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("trainings", __name__, url_prefix="/trainings")
