"""A certificate authority of this machine's own, and the certificate it gives to our address.

A phone takes a page for safe (and only then lets it keep things, encrypt and use the camera) when its
certificate comes from an authority that the phone trusts. The authority made here is trusted by whoever
installs it, so it is bound as tightly as certificates can be: it may vouch for addresses of private
networks only, for no other authority, and for a year. Its key never leaves the data folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mystery.clock import now

AUTHORITY_DAYS = 365
# Phones refuse certificates of a server that are good for much longer than a year.
SERVER_DAYS = 90
# A phone whose clock is slow must not meet a certificate that is not good yet.
SLOW_CLOCK = timedelta(days=1)
PRIVATE_NETWORKS = tuple(
    IPv4Network(network)
    for network in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
    )
)
LOCAL_NAME = "localhost"


@dataclass(frozen=True)
class Authority:
    """The authority: its certificate, which phones are given, and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def name(self) -> str:
        """What a phone calls it in its settings."""
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    @property
    def download(self) -> bytes:
        """The certificate as phones take it (DER)."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def covers(self, address: IPv4Address, moment: datetime) -> bool:
        """Whether it may vouch for ``address``, for as long as a server's certificate lasts."""
        limits = self.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
        networks = (name.value for name in limits.permitted_subtrees or ())
        ends = moment + timedelta(days=SERVER_DAYS)
        reaches = any(isinstance(network, IPv4Network) and address in network for network in networks)
        return reaches and ends < self.certificate.not_valid_after_utc


def open_authority(folder: Path, address: IPv4Address) -> tuple[Authority, bool]:
    """The authority kept in ``folder``, and whether it is new: made where none is there for ``address``."""
    kept = folder / "authority.pem"
    if kept.exists():
        authority = _read_authority(kept)
        if authority.covers(address, now()):
            return authority, False
    authority = make_authority(address)
    _keep(kept, _spell_key(authority.key) + authority.certificate.public_bytes(serialization.Encoding.PEM))
    return authority, True


def make_authority(address: IPv4Address) -> Authority:
    """A new authority for private networks, and for ``address`` where that lies in none of them."""
    key = ec.generate_private_key(ec.SECP256R1())
    networks = PRIVATE_NETWORKS
    if not any(address in network for network in networks):
        networks = (*networks, IPv4Network(ip_network(str(address))))
    # Naming one host name forbids all others, as naming networks forbids all other addresses.
    permitted: list[x509.GeneralName] = [x509.IPAddress(network) for network in networks]
    limits = x509.NameConstraints([*permitted, x509.DNSName(LOCAL_NAME)], None)
    subject = _name(f"Mystery, {now():%Y-%m-%d}")
    usage = _list_usage(digital_signature=False, key_cert_sign=True)
    certificate = (
        _start(subject, subject, key.public_key(), days=AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(limits, critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def issue_certificate(authority: Authority, address: IPv4Address, folder: Path) -> Path:
    """A certificate for ``address`` and this machine itself; returns the file with it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.IPAddress(each) for each in dict.fromkeys((address, IPv4Address("127.0.0.1")))]
    issuer = authority.certificate
    usage = _list_usage(digital_signature=True, key_cert_sign=False)
    certificate = (
        _start(_name(str(address)), issuer.subject, key.public_key(), days=SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([*names, x509.DNSName(LOCAL_NAME)]), critical=False)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
        )
        .sign(authority.key, hashes.SHA256())
    )
    target = folder / "server.pem"
    _keep(target, _spell_key(key) + certificate.public_bytes(serialization.Encoding.PEM))
    return target


def _start(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, days: int
) -> x509.CertificateBuilder:
    moment = now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - SLOW_CLOCK)
        .not_valid_after(moment + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _list_usage(*, digital_signature: bool, key_cert_sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=key_cert_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _spell_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _read_authority(path: Path) -> Authority:
    content = path.read_bytes()
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path} holds a key of another kind; delete it, and trust the new certificate")
    return Authority(x509.load_pem_x509_certificate(content), key)


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)
