"""The configurations of reverse proxies in deploy/ fit the application they stand before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mystery.app import MOST_UPLOADED_BYTES
from mystery.commands.serving import SERVER_OPTIONS
from mystery.settings import read_settings

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
PROXIES = {name: (DEPLOY / name).read_text(encoding="utf-8") for name in ("Caddyfile", "nginx.conf")}
MEGABYTE = 1_000_000


def read_seconds(text: str, setting: str) -> int:
    """The whole seconds of a setting such as `keepalive 30s`."""
    found = re.search(rf"^\s*{setting}\s+(\d+)s", text, re.MULTILINE)
    assert found, setting
    return int(found[1])


@pytest.mark.parametrize("name", PROXIES)
def test_it_lets_through_whatever_the_application_takes(name: str) -> None:
    """The application refuses what is too long in words; a proxy would cut the connection."""
    limit = re.search(r"(?:max_size|client_max_body_size)\s+(\d+)M", PROXIES[name], re.IGNORECASE)
    assert limit
    assert int(limit[1]) * MEGABYTE > 2 * MOST_UPLOADED_BYTES


@pytest.mark.parametrize("name", PROXIES)
def test_it_leaves_packing_to_the_application(name: str) -> None:
    """BREACH: only the application knows whose request it is (mystery/web/packing.py)."""
    settings = re.sub(r"#.*", "", PROXIES[name])
    assert "encode" not in settings
    assert "gzip on" not in settings
    assert ("gzip off" in settings) is (name == "nginx.conf")


@pytest.mark.parametrize("name", PROXIES)
def test_it_writes_no_links_with_tokens_into_a_log(name: str) -> None:
    settings = re.sub(r"#.*", "", PROXIES[name])
    assert not re.search(r"^\s*log\b", settings, re.MULTILINE)
    assert ("access_log off" in settings) is (name == "nginx.conf")


@pytest.mark.parametrize(
    ("name", "setting"), [("Caddyfile", "response_header_timeout"), ("nginx.conf", "proxy_read_timeout")]
)
def test_it_waits_longer_than_the_slowest_answer(name: str, setting: str) -> None:
    assert read_seconds(PROXIES[name], setting) > SERVER_OPTIONS["channel_timeout"]


def test_it_keeps_no_connection_that_the_application_has_closed() -> None:
    assert read_seconds(PROXIES["Caddyfile"], "keepalive") < SERVER_OPTIONS["channel_timeout"]


@pytest.mark.parametrize("name", PROXIES)
def test_it_tells_settings_that_the_application_understands(name: str, tmp_path: Path) -> None:
    told = dict(re.findall(r"(MYSTERY_(?:PUBLIC_URL|TRUSTED_PROXIES))=(\S+)", PROXIES[name]))
    settings = read_settings({**told, "MYSTERY_SECRET_KEY": "x" * 40, "MYSTERY_DATA_DIR": str(tmp_path)})
    assert settings.https
    assert settings.trusted_proxies == 1
