"""The crawled sites: laid, filled and walked once, then looked at by many tests."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from mystery.clock import set_to
from mystery.database import db
from tests.cast import Cast, sign_in
from tests.security.artefacts import Artefact
from tests.security.crawl import crawl, list_addresses
from tests.security.payloads import Payloads
from tests.security.staging import TODAY, Stage, stage_company, stop_clocks
from tests.security.taint import taint_database

StagedApp = tuple[Flask, Path, Path, Cast]


@dataclass
class TaintedSite:
    """What everybody gets from a database in which every text that people can write is a payload."""

    payloads: Payloads
    bare_columns: list[str]
    artefacts: list[Artefact]

    def pages(self) -> list[Artefact]:
        """The HTML pages."""
        return [artefact for artefact in self.artefacts if artefact.is_page]

    def of_type(self, mimetype: str) -> list[Artefact]:
        """The artefacts of one type that were handed out."""
        found = [each for each in self.artefacts if each.mimetype == mimetype and each.status == 200]
        assert found, f"nobody got any {mimetype}"
        return found


@dataclass
class PlainSite:
    """Two busy companies as they are, what our people get from ours, and the database to go on with."""

    app: Flask
    cast: Cast
    staged: Stage
    artefacts: list[Artefact]
    live: Path
    pristine: Path


@contextmanager
def fresh_database(stage: StagedApp) -> Iterator[tuple[Flask, Cast]]:
    """The application over a database that holds only the cast; whatever was in it is gone."""
    app, live, pristine, cast = stage
    with app.app_context():
        lay_database(live, pristine)
        yield app, copy.deepcopy(cast)
        db.session.remove()
        db.engine.dispose()


def lay_database(live: Path, pristine: Path) -> None:
    """Put a copy of ``pristine`` in the place of the database; needs an application context."""
    db.session.remove()
    db.engine.dispose()
    for leftover in live.parent.glob(f"{live.name}*"):
        leftover.unlink()
    shutil.copy(pristine, live)


def crawl_as_everyone(app: Flask, cast: Cast) -> list[Artefact]:
    """What strangers and our company's people get from every address, each PDF in both languages."""
    # Pages show the tokens of their forms as they do outside of tests.
    app.config["WTF_CSRF_ENABLED"] = True
    addresses = list_addresses(app)
    addresses += [f"{address}?language=en" for address in addresses if address.endswith(".pdf")]
    artefacts = crawl(app.test_client(), "stranger", also=addresses)
    for role, user in cast.ours.users.items():
        browser = app.test_client()
        sign_in(browser, user)
        artefacts += crawl(browser, role, also=addresses)
    app.config["WTF_CSRF_ENABLED"] = False
    return artefacts


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one site on one worker: building and crawling a site takes longer than asking it."""
    for item in items:
        for site in ("plain_site", "tainted_site"):
            if site in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(site))


@pytest.fixture(scope="session")
def tainted_site(stage: StagedApp) -> TaintedSite:
    """A busy company full of payloads, crawled by everybody."""
    payloads = Payloads()
    with fresh_database(stage) as (app, cast), set_to(TODAY):
        stage_company(cast)
        bare = taint_database(payloads)
        return TaintedSite(payloads, bare, crawl_as_everyone(app, cast))


@pytest.fixture(scope="session")
def plain_site(stage: StagedApp, tmp_path_factory: pytest.TempPathFactory) -> PlainSite:
    """Two busy companies, ours crawled by everybody."""
    pristine = tmp_path_factory.mktemp("plain") / "pristine.db"
    with fresh_database(stage) as (app, cast), set_to(TODAY):
        stop_clocks()
        staged = stage_company(cast)
        stage_company(Cast(cast.foreign, cast.ours))
        artefacts = crawl_as_everyone(app, cast)
        db.session.remove()
        db.engine.dispose()
        shutil.copy(stage[1], pristine)
    return PlainSite(app, cast, staged, artefacts, stage[1], pristine)


@pytest.fixture
def plain_database(plain_site: PlainSite) -> Iterator[PlainSite]:
    """The two companies again, for a test that does something in them; the clock stands still."""
    with plain_site.app.app_context(), set_to(TODAY):
        lay_database(plain_site.live, plain_site.pristine)
        yield plain_site
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def staged(app: Flask, cast: Cast) -> Iterator[Stage]:
    """A busy company, for tests that do something in it; the clock stands still."""
    with set_to(TODAY):
        yield stage_company(cast)
