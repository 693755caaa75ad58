"""Made-up visits for tests of the fair comparison, by the people of `programmes`."""

from typing import Any

from reports.crossed_design import Observations
from reports.fair_rows import FairVisit
from tests.reports.programmes import make_programme


def make_visits(people: int = 12, visits: int = 4, *, regions: int = 1, **options: Any) -> list[FairVisit]:
    """Visits of a made-up programme; shops belong to the regions in turn, auditors go anywhere."""
    return list_visits(make_programme(people, visits, **options), regions)


def list_visits(rows: Observations, regions: int = 1) -> list[FairVisit]:
    """The rows of the model as visits, with bases kept between 0 and 99."""
    employee, auditor, shop = (rows.random[name] for name in ("employee", "auditor", "shop"))
    scenario = rows.fixed.get("scenario", [""] * len(rows.scores))
    return [
        FairVisit(
            visit=f"visit {number:05}",
            employee=employee[number],
            employee_name=employee[number].title(),
            auditor=auditor[number],
            shop=shop[number],
            base=min(99.0, max(0.0, score)),
            region=f"region {int(shop[number].split()[-1]) % regions}",
            scenario=scenario[number],
        )
        for number, score in enumerate(rows.scores)
    ]
