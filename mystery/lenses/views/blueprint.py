"""The blueprint that the modules of this package add their pages to."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("lenses", __name__, url_prefix="/lenses")
