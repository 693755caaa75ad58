"""The authority that `mystery phone` makes is bound: private networks, no further authority, one year."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from mystery.clock import now
from mystery.commands.phone.authority import Authority, issue_certificate, make_authority, open_authority
from mystery.commands.phone.front import make_context

AT_HOME = IPv4Address("192.168.1.5")
ELSEWHERE = IPv4Address("203.0.113.9")


def shake_hands(authority: Authority, certificate: Path, *, name: str) -> None:
    """Connect as a phone that trusts ``authority`` and means to talk to ``name``; raises SSLError."""
    phone, server = socket.socketpair()
    inside = make_context(certificate)

    def answer() -> None:
        # A phone that refuses us breaks the handshake off.
        with server, suppress(OSError):
            inside.wrap_socket(server, server_side=True).close()

    thread = threading.Thread(target=answer)
    thread.start()
    trusting = ssl.create_default_context(
        cadata=authority.certificate.public_bytes(serialization.Encoding.PEM).decode()
    )
    try:
        with phone:
            trusting.wrap_socket(phone, server_hostname=name).close()
    finally:
        thread.join()


@pytest.mark.parametrize("address", [AT_HOME, IPv4Address("10.20.30.40"), ELSEWHERE])
def test_it_is_believed_for_the_address_it_was_made_for(tmp_path: Path, address: IPv4Address) -> None:
    authority, is_new = open_authority(tmp_path, address)
    assert is_new
    certificate = issue_certificate(authority, address, tmp_path)
    for name in (str(address), "127.0.0.1", "localhost"):
        shake_hands(authority, certificate, name=name)


def test_it_is_not_believed_for_another_name_on_the_same_certificate(tmp_path: Path) -> None:
    authority = make_authority(AT_HOME)
    certificate = issue_certificate(authority, AT_HOME, tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(authority, certificate, name="10.0.0.1")


def test_it_is_not_believed_for_the_rest_of_the_internet(tmp_path: Path) -> None:
    """Whoever stole its key could still not stand in for a bank: the phone knows the limits."""
    authority = make_authority(AT_HOME)
    certificate = issue_certificate(authority, ELSEWHERE, tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        shake_hands(authority, certificate, name=str(ELSEWHERE))


def test_it_stays_the_same_so_that_a_phone_trusts_it_once(tmp_path: Path) -> None:
    first, _is_new = open_authority(tmp_path, AT_HOME)
    again, is_new = open_authority(tmp_path, IPv4Address("10.1.1.1"))
    assert not is_new
    assert again.download == first.download
    shake_hands(first, issue_certificate(again, AT_HOME, tmp_path), name=str(AT_HOME))


def test_it_is_made_anew_where_it_may_not_vouch_or_ends_too_soon(tmp_path: Path) -> None:
    first, _is_new = open_authority(tmp_path, AT_HOME)
    assert first.covers(AT_HOME, now())
    assert not first.covers(AT_HOME, now() + timedelta(days=300))
    second, is_new = open_authority(tmp_path, ELSEWHERE)
    assert is_new
    assert second.download != first.download


def test_it_keeps_its_keys_to_the_owner_of_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "phone"
    authority, _is_new = open_authority(folder, AT_HOME)
    for path in (folder / "authority.pem", issue_certificate(authority, AT_HOME, folder)):
        assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert b"PRIVATE" not in authority.download
