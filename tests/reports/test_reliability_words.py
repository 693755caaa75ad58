"""What a reliable score is about: the person, or the person with the shops worked in (CP-02, CP-06)."""

import dataclasses

import pytest

from checklists.localtext import Language
from reports.comparison_notes import list_programme
from reports.fair_comparison import FairModel, fit_fairly
from reports.fair_rows import Figure
from reports.fair_words import describe_reliability
from reports.method.page import explain_everything
from tests.reports.fair_visits import make_visits

FIGURES: tuple[Figure, ...] = ("colleagues", "customer")
SHOPS = {"en": "the person and the shops worked in", "ru": "самого человека и магазинов, где он работал"}


@pytest.fixture(scope="module")
def model() -> FairModel:
    """Fifty people of several shops, enough for the spreads to be known."""
    return fit_fairly(make_visits(50, 6))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_says_that_what_the_customer_got_is_also_about_the_shops(
    model: FairModel, language: Language
) -> None:
    """CP-02: that figure counts the shop as signal, so calling it "about the person" would be false."""
    colleagues, customer = (model.describe(figure) for figure in FIGURES)
    assert SHOPS[language] not in describe_reliability(colleagues, language)
    assert SHOPS[language] in describe_reliability(customer, language)
    never = dataclasses.replace(customer, visits_needed=None)
    assert {"en": "the shops worked in", "ru": "магазинов, где он работал"}[language] in describe_reliability(
        never, language
    )
    assert not any("магазин" in note.text for note in list_programme(colleagues, "ru") if "Доля" in note.text)
    shares = [note for note in list_programme(customer, language) if SHOPS[language] in note.text]
    assert len([note for note in shares if note.value is not None]) == 12


def test_it_counts_the_visits_of_each_figure_from_what_it_is_about(model: FairModel) -> None:
    """By hand: 4 noise / signal variances, and the shop is signal only in what the customer got."""
    sds = model.describe("customer").sds
    noise = sds["auditor"] ** 2 + sds["residual"] ** 2
    signal = {"colleagues": sds["employee"] ** 2, "customer": sds["employee"] ** 2 + sds["shop"] ** 2}
    for figure in FIGURES:
        variance = signal[figure]
        needed = model.describe(figure).visits_needed
        assert needed is not None
        assert needed - 1 < 4 * noise / variance <= needed


def test_it_says_nothing_of_shops_that_are_in_no_figure() -> None:
    """Where each visit has a shop of its own, shops are part of chance and what is left is the person."""
    once = [dataclasses.replace(visit, shop=visit.visit) for visit in make_visits(50, 4)]
    assert "shops" not in describe_reliability(fit_fairly(once).describe("customer"), "en")
    alone = [dataclasses.replace(visit, shop=visit.employee) for visit in make_visits(50, 4)]
    judged = fit_fairly(alone)
    assert SHOPS["en"] in describe_reliability(judged.describe("customer"), "en")
    assert not describe_reliability(judged.describe("colleagues"), "en"), "there is no such figure"


def test_it_says_on_the_method_page_what_its_table_is_about() -> None:
    chapters = {chapter.anchor: chapter for part in explain_everything("en") for chapter in part.chapters}
    shown = chapters["shrinkage"]
    assert shown.table is not None
    assert shown.table.heads[1] == "About person and shop"
    assert any(SHOPS["en"] in sentence for sentence in shown.example)
