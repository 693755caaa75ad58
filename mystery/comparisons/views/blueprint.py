"""The blueprint that all pages of the comparison hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("comparisons", __name__, url_prefix="/comparison")
