"""One site for the whole folder, and an assignment for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests.journeys.site import Site, serve_site
from tests.sheet_browser.sheet_page import assign, begin, sign_in


@pytest.fixture(scope="package")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A real server with a real database."""
    with serve_site(tmp_path_factory.mktemp("sheets")) as served:
        yield served


@pytest.fixture
def site(shared_site: Site) -> Site:
    """The site that ``open_page`` opens."""
    return shared_site


@pytest.fixture
def task(site: Site) -> UUID:
    """A visit on the checklist of every kind."""
    return assign(site)


@pytest.fixture(scope="package")
def cookies(chromium: Browser, shared_site: Site) -> StorageState:
    """What a browser has after signing in; one person's phones share a session."""
    context = chromium.new_context(base_url=shared_site.address)
    sign_in(context.new_page())
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_phone(open_page: Callable[..., Page], cookies: StorageState) -> Callable[..., Page]:
    """``open_phone()`` is a page of the auditor, who is signed in."""

    def open_signed_in(shape: str = "phone", **options: Any) -> Page:
        return open_page(shape, storage_state=cookies, **options)

    return open_signed_in


@pytest.fixture
def phone(open_phone: Callable[..., Page], task: UUID) -> Page:
    """A phone with the visit begun."""
    opened = open_phone()
    begin(opened, task)
    return opened
