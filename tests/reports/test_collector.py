"""Python's collector rests where everything is in use, and leaves alone what stays for good."""

import gc

from reports.collector import collector_at_rest, set_aside_what_is_loaded


def test_it_rests_and_goes_on() -> None:
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled(), "the outer one still rests"
    assert gc.isenabled()


def test_it_looks_no_longer_at_what_was_set_aside() -> None:
    loaded = [["a list in a list"]]
    set_aside_what_is_loaded()
    try:
        assert gc.get_freeze_count() > 0
        assert not any(each is loaded for each in gc.get_objects())
    finally:
        gc.unfreeze()
    assert any(each is loaded for each in gc.get_objects())
