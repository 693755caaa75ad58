"""Publishing freezes a checklist: the next number, the hash of its content, and no change ever after."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from checklists.definition import Checklist
from checklists.loading import checklist_from_json
from checklists.publishing import content_hash
from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.authoring import actions
from mystery.authoring.actions import Outcome, adopt_library_checklist, publish_version
from mystery.database import db
from mystery.models import ChecklistVersion, Grant, ScenarioRecord
from tests.authoring.texts import SHORT, read, with_question
from tests.cast import Cast


def count_versions() -> int:
    """How many versions there are."""
    return db.session.scalar(select(func.count()).select_from(ChecklistVersion)) or 0


def test_it_freezes_the_first_version_under_number_one(cast: Cast, lead: Reach) -> None:
    checklist = read(SHORT)
    publication = publish_version(lead, cast.ours.company, checklist)
    assert (publication.outcome, publication.number) == (Outcome.PUBLISHED, 1)
    version = db.session.get_one(ChecklistVersion, publication.version_id)
    assert version.content_hash == content_hash(checklist)
    assert version.content_hash == hashlib.sha256(version.content.encode()).hexdigest()
    assert checklist_from_json(version.content) == checklist
    assert (version.title_ru, version.title_en) == ("Короткий звонок", "Short call")
    assert version.published_by_id == lead.user_id


def test_it_numbers_versions_one_after_another(cast: Cast, lead: Reach) -> None:
    publish_version(lead, cast.ours.company, read(SHORT))
    assert publish_version(lead, cast.ours.company, read(with_question())).number == 2


def test_it_publishes_the_same_content_only_once(cast: Cast, lead: Reach) -> None:
    first = publish_version(lead, cast.ours.company, read(SHORT))
    publish_version(lead, cast.ours.company, read(with_question()))
    count = count_versions()
    again = publish_version(lead, cast.ours.company, read(SHORT + "# A comment is not content.\n"))
    assert (again.outcome, again.number, again.version_id) == (Outcome.UNCHANGED, 1, first.version_id)
    assert count_versions() == count


def test_it_never_changes_a_published_version(cast: Cast) -> None:
    version = db.session.get_one(ChecklistVersion, cast.ours.version)
    version.content = "{}"
    with pytest.raises(AssertionError, match="may not change"):
        db.session.commit()
    db.session.rollback()


def test_it_does_not_publish_over_a_version_the_author_has_not_seen(cast: Cast, lead: Reach) -> None:
    publish_version(lead, cast.ours.company, read(SHORT))
    late = publish_version(lead, cast.ours.company, read(with_question()), after=0)
    assert (late.outcome, late.number) == (Outcome.OVERTAKEN, 1)
    assert publish_version(lead, cast.ours.company, read(with_question()), after=1).number == 2


@pytest.mark.parametrize(("theirs", "outcome"), [("other", Outcome.OVERTAKEN), ("same", Outcome.UNCHANGED)])
@pytest.mark.parametrize("first", [True, False])
def test_it_lets_the_unique_constraint_decide_between_two_at_once(
    cast: Cast, lead: Reach, monkeypatch: pytest.MonkeyPatch, *, theirs: str, outcome: Outcome, first: bool
) -> None:
    mine = read(with_question())
    rival = mine if theirs == "same" else read(SHORT.replace("weight: 1}", "weight: 3}"))
    if not first:
        publish_version(lead, cast.ours.company, read(SHORT))
    look = actions._read_versions
    number = 1 if first else 2

    def look_and_be_overtaken(company_id: UUID, checklist: Checklist) -> Sequence[ChecklistVersion]:
        # Between our look and our insert the rival publishes under the number that we are about to take.
        seen = look(company_id, checklist)
        monkeypatch.setattr(actions, "_read_versions", look)
        actions._write_version(lead, company_id, rival, number=number)
        return seen

    monkeypatch.setattr(actions, "_read_versions", look_and_be_overtaken)
    publication = publish_version(lead, cast.ours.company, mine)
    assert (publication.outcome, publication.number) == (outcome, number)
    assert look(cast.ours.company, mine)[-1].content_hash == content_hash(rival)


def test_it_publishes_only_for_a_whole_company_in_which_the_person_may(cast: Cast) -> None:
    regional = load_reach(cast.ours.users["lead"])
    with pytest.raises(NotYours):
        publish_version(regional, cast.foreign.company, read(SHORT))
    grant = db.session.scalars(select(Grant).where(Grant.user_id == cast.ours.users["lead"])).one()
    grant.unit_id = cast.ours.units["Север"]
    db.session.commit()
    for reach in (load_reach(cast.ours.users["lead"]), load_reach(cast.ours.users["manager"])):
        for company in (cast.ours.company, cast.ours.units["Север"], uuid4()):
            with pytest.raises(NotYours):
                publish_version(reach, company, read(SHORT))


def test_it_refuses_a_title_that_no_list_can_show(cast: Cast, lead: Reach) -> None:
    long = read(SHORT.replace("Short call", "S" * 301))
    publication = publish_version(lead, cast.ours.company, long)
    assert publication.outcome is Outcome.REFUSED
    assert [problem.place.field for problem in publication.problems] == ["title"]


def test_it_adopts_a_library_checklist_with_its_legends(cast: Cast, lead: Reach) -> None:
    publication = adopt_library_checklist(lead, cast.ours.company, "shop-visit")
    assert publication.outcome is Outcome.PUBLISHED
    legends = db.session.scalars(select(ScenarioRecord.slug)).all()
    checklist = checklist_from_json(db.session.get_one(ChecklistVersion, publication.version_id).content)
    assert set(legends) == set(checklist.scenarios)
    assert adopt_library_checklist(lead, cast.ours.company, "shop-visit").outcome is Outcome.UNCHANGED
    assert len(db.session.scalars(select(ScenarioRecord.slug)).all()) == len(legends)


def test_it_does_not_know_a_library_checklist_that_is_not_there(cast: Cast, lead: Reach) -> None:
    with pytest.raises(NotYours):
        adopt_library_checklist(lead, cast.ours.company, "../shop-visit")
