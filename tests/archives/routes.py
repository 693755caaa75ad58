"""The permission matrix of archives: whoever reads visits may pack them; an archive is its owner's alone."""

from __future__ import annotations

import json
from typing import Any

from mystery.database import db
from mystery.jobs.asking import JobKind
from mystery.models import Job, JobState
from mystery.storage import media_store
from tests.access.matrix import Route
from tests.cast import Cast
from tests.factories import make_submitted_visit

# The archive is the manager's; its address is of no use to anybody else.
OWNER = {"manager": 200, "lead": 404, "hr": 404, "employee": 404}


def an_archive(cast: Cast) -> dict[str, Any]:
    """A packed archive that our manager asked for."""
    visit = make_submitted_visit(cast)
    job = Job(
        kind=JobKind.PACK_REPORTS,
        key=f"archive:{visit.hex}",
        subject=json.dumps({"visits": [visit.hex], "language": "ru"}),
        state=JobState.DONE.value,
        result=json.dumps({"packed": [visit.hex], "failed": {}, "bytes": 3}),
        total_count=1,
        done_count=1,
        asked_by_id=cast.ours.users["manager"],
    )
    db.session.add(job)
    db.session.commit()
    media_store().put(f"archives/{job.id.hex}.zip", b"zip")
    return {"archive_id": job.id}


ROUTES = [
    Route("archives.list_archives", opens=dict.fromkeys(OWNER, 200), foreign=200),
    Route("archives.show_archive", opens=OWNER, values=an_archive),
    Route("archives.show_progress", opens=OWNER, values=an_archive),
    Route("archives.download_archive", opens=OWNER, values=an_archive),
    Route("archives.cancel_archive", "POST", opens=OWNER | {"manager": 303}, values=an_archive),
    Route("archives.repeat_archive", "POST", opens=OWNER | {"manager": 303}, values=an_archive),
]
