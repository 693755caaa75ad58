"""Voice memos and the place of a visit are off until the lead of the whole company switches them on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.authoring.recording import Recordable, list_recording_companies, switch_recording
from mystery.database import db
from mystery.models import CaptureSettings
from tests.cast import Cast

ON, OFF = ({"what": "voice_memos", "turn": turn} for turn in ("on", "off"))


def read_settings(cast: Cast) -> CaptureSettings | None:
    """What is stored for our company."""
    db.session.expire_all()
    return db.session.get(CaptureSettings, cast.ours.company)


def test_it_is_all_off_until_somebody_switches_it_on(cast: Cast, lead: Reach) -> None:
    (company,) = list_recording_companies(lead)
    assert dict(company.allowed) == dict.fromkeys(Recordable, False)
    assert company.changed_at is None
    assert read_settings(cast) is None


def test_it_switches_one_thing_and_leaves_the_other_alone(author: FlaskClient, cast: Cast) -> None:
    address = f"/checklists/recording/{cast.ours.company}"
    assert author.post(address, data=ON).status_code == 303
    author.post(address, data={"what": "position_fix", "turn": "on"})
    author.post(address, data=OFF)
    settings = read_settings(cast)
    assert settings is not None
    assert (settings.voice_memos, settings.position_fix) == (False, True)
    assert settings.changed_by_id == cast.ours.users["lead"]
    page = author.get("/checklists/recording").get_data(as_text=True)
    assert page.count("○ is off") == 1
    assert page.count("● is on") == 1


def test_it_says_what_each_means_for_people_before_it_is_switched_on(author: FlaskClient) -> None:
    page = author.get("/checklists/recording").get_data(as_text=True)
    for words in ("The microphone hears whoever stands near", "nothing is noted without a tap"):
        assert words in page
    assert page.count('value="on"') == 2


def test_it_shows_readers_what_is_recorded_but_no_button_and_no_name(
    client_of: Callable[..., FlaskClient], cast: Cast, lead: Reach
) -> None:
    switch_recording(lead, cast.ours.company, Recordable.VOICE_MEMOS, allowed=True)
    page = client_of("hr").get("/checklists/recording").get_data(as_text=True)
    assert "●" in page
    assert 'name="turn"' not in page
    assert "lead lavka" not in page


@pytest.mark.parametrize(
    "form", [{}, {"what": "everything", "turn": "on"}, {"what": "voice_memos", "turn": "\0"}, {"turn": "on"}]
)
def test_it_takes_only_what_it_knows(author: FlaskClient, cast: Cast, form: dict[str, str]) -> None:
    assert author.post(f"/checklists/recording/{cast.ours.company}", data=form).status_code == 400
    assert read_settings(cast) is None


def test_it_lets_only_the_lead_of_the_whole_company_switch(cast: Cast) -> None:
    for role in ("manager", "hr", "administrator", "auditor", "employee"):
        reach = load_reach(cast.ours.users[role])
        with pytest.raises(NotYours):
            switch_recording(reach, cast.ours.company, Recordable.POSITION_FIX, allowed=True)
    lead = load_reach(cast.ours.users["lead"])
    with pytest.raises(NotYours):
        switch_recording(lead, cast.foreign.company, Recordable.POSITION_FIX, allowed=True)
    assert read_settings(cast) is None
