"""The page behind the code on a printed report; it shows nothing of people or places."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _

from mystery.access.guards import public
from mystery.printouts.period_prints import PeriodSeal
from mystery.verification.actions import check_code
from mystery.verification.queries import KnownReport
from mystery.web.locale import current_language
from reports.numbers import format_number, format_score
from reports.period_words import say_period

blueprint = Blueprint("verification", __name__)


@blueprint.get("/v/<letters>")
@public
def check_report(letters: str) -> Response:
    """Say whether a report with this code was printed here, with its stamp and its score."""
    known = check_code(letters, request.remote_addr or "")
    if isinstance(known, PeriodSeal):
        # The report's own word for visits: whoever compares looks for it on the paper.
        visits = say_period("visits", current_language())
        page = render_template("verification/period.html", known=known, mean=write_mean(known), visits=visits)
    else:
        score = write_score(known) if known else ""
        page = render_template("verification/report.html", known=known, score=score)
    response = make_response(page, 200 if known else 404)
    # An answer about a code belongs into nobody's cache.
    response.headers["Cache-Control"] = "no-store"
    return response


def write_mean(known: PeriodSeal) -> str:
    """The mean that page one shows in the reader's language; empty where it shows none."""
    return format_score(Decimal(known.mean), current_language()) if known.mean else ""


def write_score(known: KnownReport) -> str:
    """The score and what it is out of, in the reader's language."""
    if not known.final:
        return str(_("Not scored"))
    language = current_language()
    score = format_score(Decimal(known.final), language)
    most = format_number(Fraction(known.most), language)
    return str(_("%(score)s out of %(most)s", score=score, most=most))
