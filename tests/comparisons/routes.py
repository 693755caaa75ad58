"""The permission matrix of comparisons: HR and managers compare within their own subtrees."""

from __future__ import annotations

import json
from typing import Any

from mystery.database import db
from mystery.models import Job, JobState
from mystery.printouts.ordered_prints import PRINTS, order_print
from mystery.storage import media_store
from reports.period_print import PrintedPeriod
from tests.access.matrix import Route
from tests.cast import Cast
from tests.factories import make_submitted_visit

OPENS = {"manager": 200, "hr": 200}
OWNER = {"manager": 200, "hr": 404}


def a_visit_exists(cast: Cast) -> dict[str, Any]:
    """Something to compare in both companies; the addresses have no values."""
    make_submitted_visit(cast)
    make_submitted_visit(cast, foreign=True)
    return {}


def somebody(cast: Cast) -> dict[str, Any]:
    """One visited employee of ours; the foreign company has visits of its own."""
    a_visit_exists(cast)
    return {"employee_id": cast.ours.employees["Анна"]}


def two_people(cast: Cast) -> dict[str, Any]:
    """Two visited employees of ours, named in the address."""
    a_visit_exists(cast)
    make_submitted_visit(cast, unit="N2", employee="Борис")
    return {"one": str(cast.ours.employees["Анна"]), "other": str(cast.ours.employees["Борис"])}


def an_order(cast: Cast) -> dict[str, Any]:
    """A print that our manager ordered; its address is of no use to anybody else."""
    make_submitted_visit(cast)
    units = [str(cast.ours.units["N1"])]
    manager = cast.ours.users["manager"]
    document = PrintedPeriod("<html/>", {}, "#000000")
    order = order_print(document, asked_by_id=manager, units=units, people=[], back="/")
    job = db.session.get_one(Job, order)
    job.state = JobState.DONE.value
    media_store().put(f"{PRINTS}/{json.loads(job.subject)['document']}.pdf", b"%PDF")
    db.session.commit()
    return {"order_id": order}


ROUTES = [
    Route("comparisons.show_person", opens=OPENS, values=somebody),
    Route("comparisons.show_pair", opens=OPENS, values=two_people),
    Route("comparisons.compare_staff", opens=OPENS, values=a_visit_exists, foreign=200),
    Route("comparisons.show_standards", opens=OPENS, values=a_visit_exists, foreign=200),
    Route("comparisons.show_trends", opens=OPENS, values=a_visit_exists, foreign=200),
    Route("comparisons.export_pdf", opens=OPENS, values=a_visit_exists, foreign=200),
    Route(
        "comparisons.order_pdf",
        "POST",
        opens=dict.fromkeys(OPENS, 303),
        values=a_visit_exists,
        foreign=303,
    ),
    Route("comparisons.show_print", opens=OWNER, values=an_order),
    Route("comparisons.show_print_progress", opens=OWNER, values=an_order),
    Route("comparisons.download_print", opens=OWNER, values=an_order),
    Route("comparisons.export_csv", opens=OPENS, values=a_visit_exists, foreign=200),
    Route("comparisons.export_xlsx", opens=OPENS, values=a_visit_exists, foreign=200),
]
