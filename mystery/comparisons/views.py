"""Comparisons: the staff of a unit and period, side by side."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("comparisons", __name__, url_prefix="/comparison")
