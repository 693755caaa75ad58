"""Emergency files: the lead hands in what an auditor's phone could not send."""

from __future__ import annotations

from flask import render_template

from mystery.access.guards import requires
from mystery.access.permissions import Permission
from mystery.review.forms import RescueForm
from mystery.review.views.blueprint import blueprint


@blueprint.get("/rescue")
@requires(Permission.REVIEW_VISITS)
def offer_rescue() -> str:
    """The page on which an emergency file is handed in."""
    return render_template("review/rescue.html", form=RescueForm())
