"""One port: HTTPS is the application, plain HTTP shows a phone how to get there."""

from __future__ import annotations

import asyncio
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from flask import Flask

from mystery.commands.phone.authority import Authority, issue_certificate, open_authority
from mystery.commands.phone.command import adapt_settings, announce, choose_address, start_server
from mystery.commands.phone.front import Backends, make_context, open_listener, pass_connections
from mystery.commands.phone.guide import make_guide
from mystery.settings import read_settings
from tests.page_lint import lint_page

HERE = IPv4Address("127.0.0.1")


@dataclass(frozen=True)
class Front:
    """A front that runs, and a phone's trust in it."""

    port: int
    authority: Authority

    @property
    def trust(self) -> ssl.SSLContext:
        """What a phone trusts that has installed the certificate."""
        content = self.authority.certificate.public_bytes(serialization.Encoding.PEM).decode()
        return ssl.create_default_context(cadata=content)

    def ask(self, path: str, *, safely: bool, language: str = "en") -> tuple[http.client.HTTPResponse, bytes]:
        """Ask for a path as a phone would."""
        connection = (
            http.client.HTTPSConnection(str(HERE), self.port, context=self.trust, timeout=10)
            if safely
            else http.client.HTTPConnection(str(HERE), self.port, timeout=10)
        )
        try:
            connection.request("GET", path, headers={"Accept-Language": language})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


@contextmanager
def run_loop(listener: socket.socket, certificate: Path, backends: Backends) -> Iterator[None]:
    """Run the front in a thread of its own until the block ends."""
    loop = asyncio.SelectorEventLoop()
    task = loop.create_task(pass_connections(listener, make_context(certificate), backends))

    def run() -> None:
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_asyncgens())

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(timeout=10)
        loop.close()


@pytest.fixture
def front(app: Flask, tmp_path: Path) -> Iterator[Front]:
    """The application and its guide behind a front on this machine."""
    authority, _is_new = open_authority(tmp_path, HERE)
    guide = make_guide(app, authority, "https://127.0.0.1:1")
    backends = Backends(application=start_server(app, "https"), guide=start_server(guide, "http"))
    with open_listener(str(HERE), 0) as listener:
        certificate = issue_certificate(authority, HERE, tmp_path)
        with run_loop(listener, certificate, backends):
            yield Front(listener.getsockname()[1], authority)


def test_it_answers_https_with_the_application(front: Front) -> None:
    answer, page = front.ask("/sign-in", safely=True)
    assert answer.status == 200
    assert b"password" in page


def test_it_answers_plain_http_with_the_way_to_trust_it(front: Front) -> None:
    answer, page = front.ask("/", safely=False)
    assert answer.status == 200
    assert lint_page(page.decode()) == []
    assert "https://127.0.0.1:1" in page.decode()
    assert front.authority.name in page.decode()
    assert "script" not in page.decode()


def test_it_speaks_the_language_of_the_phone(front: Front) -> None:
    for language in ("ru", "en"):
        assert f'<html lang="{language}">'.encode() in front.ask("/", safely=False, language=language)[1]


def test_it_hands_out_the_certificate_and_never_its_key(front: Front) -> None:
    answer, content = front.ask("/mystery.crt", safely=False)
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(content) == front.authority.certificate


@pytest.mark.parametrize("path", ["/sign-in", "/capture", "/static/office.css", "/assets/../sign-in"])
def test_it_shows_nothing_of_the_application_over_plain_http(front: Front, path: str) -> None:
    """A pass phrase typed into an unencrypted page could be read by everybody in the Wi-Fi."""
    answer, page = front.ask(path, safely=False)
    assert answer.status in (302, 404)
    assert b"password" not in page


def test_it_goes_on_after_connections_that_say_nothing_or_nonsense(front: Front) -> None:
    silent = socket.create_connection((str(HERE), front.port))
    for nonsense in (b"", b"\x16\x03", b"\x16" + b"\xff" * 200, b"\x00" * 50):
        with socket.create_connection((str(HERE), front.port)) as connection:
            connection.sendall(nonsense)
    assert front.ask("/sign-in", safely=True)[0].status == 200
    silent.close()


def test_it_keeps_a_connection_for_several_requests(front: Front) -> None:
    connection = http.client.HTTPSConnection(str(HERE), front.port, context=front.trust, timeout=10)
    for _ in range(3):
        connection.request("GET", "/health")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
    connection.close()


def test_it_says_on_one_screen_what_to_do(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority, is_new = open_authority(tmp_path, IPv4Address("192.168.1.5"))
    settings = adapt_settings(app.config["MYSTERY"], IPv4Address("192.168.1.5"), 8443)
    announce(settings, authority, is_new=is_new)
    screen = capsys.readouterr().out
    assert len(screen.splitlines()) <= 40
    assert "Android" in screen
    assert "iPhone" in screen
    assert authority.name in screen
    assert "192.168.1.5:8443" in screen


def test_it_serves_as_an_application_that_is_reached_over_https(tmp_path: Path) -> None:
    behind_proxy = replace(
        read_settings({"MYSTERY_SECRET_KEY": "x" * 40, "MYSTERY_DATA_DIR": str(tmp_path)}), trusted_proxies=2
    )
    settings = adapt_settings(behind_proxy, IPv4Address("10.0.0.7"), 8443)
    assert settings.https
    assert settings.public_url == "https://10.0.0.7:8443"
    assert settings.trusted_proxies == 0, "nobody may tell us another address than his own"


def test_it_refuses_what_is_no_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert choose_address("10.0.0.7") == IPv4Address("10.0.0.7")
    with pytest.raises(SystemExit):
        choose_address("my-laptop")
    assert "192.168.1.5" in capsys.readouterr().err
