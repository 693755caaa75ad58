"""CP-02: regions are compared only where auditors from elsewhere link them."""

import dataclasses

import pytest

from reports.fair_comparison import fit_fairly
from reports.fair_regions import Regions, find_visits_to_schedule
from reports.fair_rows import FairVisit
from tests.reports.fair_visits import make_visits


def keep_auditors_at_home(visits: list[FairVisit], links: int) -> list[FairVisit]:
    """Auditors of the own region everywhere, but in the first `links` visits."""
    return [
        visit if number < links else dataclasses.replace(visit, auditor=f"{visit.auditor} of {visit.region}")
        for number, visit in enumerate(visits)
    ]


def make_regional(links: int) -> list[FairVisit]:
    """A hundred visits in two regions, of which some are by two auditors who go to both."""
    return keep_auditors_at_home(make_visits(20, 5, shops=4, regions=2, moving=0.0, auditors=2), links)


def test_it_says_how_many_visits_link_the_regions() -> None:
    """CP-02: a link visit is one away from where its auditor is most of the time."""
    regions = Regions(tuple(make_regional(0)))
    assert regions.link_share == 0
    reason = regions.find_obstacle()
    assert reason is not None
    assert (reason.code, reason.available, reason.needed) == ("too_few_links", 0, 10)
    assert reason.whole == 100
    assert Regions(tuple(make_visits(10, 3))).link_share is None


def test_it_compares_customers_across_regions_only_with_links() -> None:
    """CP-02: across regions never the person alone, and what the customer got only where it is linked."""
    for links, code in ((0, "too_few_links"), (60, None)):
        model = fit_fairly(make_regional(links))
        customer = model.compare_pair("person 00000", "person 00001", "customer")
        assert (customer.why_not.code if customer.why_not else None) == code
        colleagues = model.compare_pair("person 00000", "person 00001", "colleagues")
        assert colleagues.why_not is not None
        assert colleagues.why_not.code == (code or "other_regions")
        within = model.compare_pair("person 00000", "person 00002", "customer")
        assert within.why_not is None
        assert within.chance is not None


def test_it_sends_to_the_other_figure_only_where_that_can_be_told() -> None:
    """CP-02: whoever is told "see what the customer got" finds an answer there, and no second refusal."""
    alone = [dataclasses.replace(visit, shop=visit.employee) for visit in make_regional(0)]
    pair = fit_fairly(alone).compare_pair("person 00000", "person 00001", "colleagues")
    assert pair.why_not is not None
    assert pair.why_not.code == "too_few_links", "one person a shop, and regions apart as well"
    within = fit_fairly(alone).compare_pair("person 00000", "person 00002", "colleagues")
    assert within.why_not is not None
    assert within.why_not.code == "one_person_a_shop"


def test_it_does_not_compare_with_a_region_that_no_auditor_joins() -> None:
    """CP-02: enough links elsewhere do not help a region that stands alone."""
    visits = [
        dataclasses.replace(v, region="alone", shop="alone", auditor=f"alone {n % 2}") if n < 10 else v
        for n, v in enumerate(make_visits(20, 5, shops=4, regions=2, moving=0.0, auditors=3))
    ]
    model = fit_fairly(visits)
    assert model.regions.find_obstacle() is None
    pair = model.compare_pair("person 00000", "person 00005", "customer")
    assert pair.why_not is not None
    assert pair.why_not.code == "regions_not_linked"


def test_it_says_whose_visits_would_link_a_region() -> None:
    """CP-02: auditors who are at home elsewhere; nobody counts in the own region."""
    regions = Regions(tuple(make_regional(4)))
    for links in regions.count_links():
        others = {auditor for auditor, home in regions.homes.items() if home != links.region}
        assert others
        assert set(links.elsewhere) == others


@pytest.mark.parametrize(("visits", "links"), [(100, 0), (100, 10), (91, 3), (10, 0), (5, 5)])
def test_it_says_what_to_schedule(visits: int, links: int) -> None:
    """CP-02: the least number of further link visits after which they are a tenth of all."""
    further = find_visits_to_schedule(visits, links)
    assert 10 * (links + further) >= visits + further
    assert further == 0 or 10 * (links + further - 1) < visits + further - 1
