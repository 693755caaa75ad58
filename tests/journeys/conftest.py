"""What journeys start from: a site of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.site import Site, serve_site


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of the journey's own, as real as in production."""
    with serve_site(tmp_path_factory.mktemp("site")) as served:
        yield served
