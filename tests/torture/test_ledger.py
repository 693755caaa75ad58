"""The ledger: what was acknowledged may be overtaken by something later, and by nothing else."""

from __future__ import annotations

from tests.torture.ledger import Ledger


def test_it_allows_the_value_last_acknowledged_and_every_later_one() -> None:
    ledger = Ledger()
    ledger.enter(1, {"a.words": ["first"]}, "a.words")
    ledger.enter(1, {"a.words": ["second"]}, "a.words")
    ledger.acknowledge(1)
    ledger.enter(1, {"a.words": ["third"]}, "a.words")
    assert ledger.list_losses(1, {"a.words": ["second"]}) == []
    assert ledger.list_losses(1, {"a.words": ["third"]}) == []
    (loss,) = ledger.list_losses(1, {"a.words": ["first"]})
    assert "['first']" in loss


def test_it_calls_an_acknowledged_answer_that_is_gone_a_loss() -> None:
    ledger = Ledger()
    ledger.enter(1, {"a.greeted": ["yes"]}, "a.greeted")
    assert ledger.list_losses(1, {}) == [], "nothing was promised yet"
    ledger.acknowledge(1)
    assert len(ledger.list_losses(1, {})) == 1


def test_it_takes_what_is_no_longer_shown_as_taken_back() -> None:
    ledger = Ledger()
    ledger.enter(1, {"a.offers": ["bag"]}, "a.offers")
    ledger.acknowledge(1)
    ledger.enter(1, {}, "a.offers")
    assert ledger.list_losses(1, {"a.offers": ["bag"]}) == []
    assert ledger.list_losses(1, {}) == []
    ledger.acknowledge(1)
    assert len(ledger.list_losses(1, {"a.offers": ["bag"]})) == 1


def test_it_acknowledges_one_visit_and_not_another() -> None:
    ledger = Ledger()
    ledger.enter(1, {"a.words": ["one"]}, "a.words")
    ledger.enter(2, {"a.words": ["two"]}, "a.words")
    ledger.acknowledge(1)
    assert ledger.list_losses(2, {}) == []


def test_it_knows_a_photo_by_the_bytes_that_were_chosen() -> None:
    ledger = Ledger()
    photo = ledger.choose_photo(1, "receipt", 5, b"bytes")
    assert ledger.visits[1].photos[5] is photo
    assert photo.original_sha256 == "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"
    assert not photo.is_kept


def test_it_lets_the_page_fill_in_what_no_thumb_has_touched() -> None:
    ledger = Ledger()
    ledger.enter(1, {"v.clock": [""], "v.day": ["2026-11-05"]}, "v.day")
    ledger.acknowledge(1)
    assert ledger.list_losses(1, {"v.clock": ["14:30"], "v.day": ["2026-11-05"]}) == []
    assert len(ledger.list_losses(1, {"v.clock": ["14:30"], "v.day": ["2026-11-06"]})) == 1


def test_it_lets_the_page_fill_in_what_was_entered_and_never_kept() -> None:
    ledger = Ledger()
    ledger.enter(1, {"v.clock": ["15:00"]}, "v.clock")
    assert ledger.list_losses(1, {"v.clock": ["14:30"]}) == [], "the screen said that it was not kept"
    ledger.acknowledge(1)
    assert len(ledger.list_losses(1, {"v.clock": ["14:30"]})) == 1
