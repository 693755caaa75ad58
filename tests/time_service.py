"""A service that confirms the time of signatures (RFC 3161) on this machine, and others that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from asn1crypto import keys, tsp  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

CONFIRMED = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
"""What the clock of the service says."""
REPLY = "application/timestamp-reply"

Answer = Callable[[bytes], bytes]


@contextmanager
def serve_times(answer: Answer) -> Iterator[str]:
    """Let a service answer questions so, and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", REPLY)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on the terminal of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def confirm_time(question: bytes) -> bytes:
    """Answer as a service does, with the time of its own clock."""
    reply = _open_service().request_tsa_response(tsp.TimeStampReq.load(question))
    return bytes(reply.dump())


def refuse_time(_question: bytes) -> bytes:
    """Answer as a service that confirms nothing."""
    return bytes(tsp.PKIStatusInfo({"status": "rejection"}).dump())


def talk_nonsense(_question: bytes) -> bytes:
    """Answer as something that is no such service."""
    return b"<html>It works!</html>"


@cache
def _open_service() -> DummyTimeStamper:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time service")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(CONFIRMED - timedelta(days=300))
        .not_valid_after(CONFIRMED + timedelta(days=3650))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    own = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(own, keys.PrivateKeyInfo.load(plain), fixed_dt=CONFIRMED)
