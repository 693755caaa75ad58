"""Certificates that tests sign with, made on the spot."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

COMPANY = "Северный дом"
PASSPHRASE = b"a phrase of a test"
MADE = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 3650


def make_certificate(name: str = COMPANY) -> tuple[bytes, bytes]:
    """A self-made certificate, one for each name: with its key as PKCS#12, and without it as PEM."""
    return _make(name)


@cache
def _make(name: str) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MADE)
        .not_valid_after(MADE + timedelta(days=DAYS))
        .add_extension(_SIGNS, critical=True)
        .sign(key, hashes.SHA256())
    )
    encryption = BestAvailableEncryption(PASSPHRASE)
    kept = pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, encryption)
    return kept, certificate.public_bytes(Encoding.PEM)


_SIGNS = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
