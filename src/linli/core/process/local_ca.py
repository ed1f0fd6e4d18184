"""A certificate authority of this installation's own: phones in the local network get HTTPS without the internet.

The authority is constrained to private addresses and local names (RFC 5280, 4.2.1.10): whoever trusts it on a phone
does not trust it for any site of the internet.
"""

import ipaddress
import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from linli.core.home import folder
from linli.core.problem import Problem

PRIVATE_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8")
PRIVATE_NETWORKS_6 = ("fc00::/7", "fe80::/10", "::1/128")
LOCAL_NAMES = ("localhost", "local", "lan", "internal", "home.arpa")
AUTHORITY_DAYS = 3650
CERTIFICATE_DAYS = 397  # the most that Apple's devices take from an authority added by hand is 825
RENEW_DAYS = 30


@dataclass(frozen=True)
class Pair:
    """A certificate with its key, as files."""

    certificate: Path
    key: Path

    def load(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        key = serialization.load_pem_private_key(self.key.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate(self.certificate.read_bytes()), key


def authority_certificate(home: Path) -> Path | None:
    """Return the file that a phone installs to trust this server, once `--local-ca` has made it."""
    path = folder("tls", home) / "authority.crt"
    return path if path.exists() else None


def fingerprint(home: Path) -> str:
    """Return the authority's SHA-256 fingerprint as phones show it, or an empty text where there is no authority."""
    path = authority_certificate(home)
    if path is None:
        return ""
    return x509.load_pem_x509_certificate(path.read_bytes()).fingerprint(hashes.SHA256()).hex(":").upper()


def is_private(address: str) -> bool:
    """Tell whether the authority may vouch for this address."""
    given = ipaddress.ip_address(address)
    networks = [ipaddress.ip_network(each) for each in (*PRIVATE_NETWORKS, *PRIVATE_NETWORKS_6)]
    return any(given in network for network in networks if network.version == given.version)


def server_certificate(home: Path, addresses: tuple[str, ...], now: datetime) -> Pair:
    """Return the server's certificate for these addresses, made anew when they changed or it runs out.

    Raises Problem for an address that is not private: the authority must not vouch for those.
    """
    for address in addresses:
        _check_private(address)
    authority = _authority(home, now)
    pair = Pair(folder("tls", home) / "server.crt", folder("tls", home) / "server.key")
    if not (pair.certificate.exists() and _still_good(pair, authority, addresses, now)):
        _make_server(pair, authority, addresses, now)
    return pair


def _authority(home: Path, now: datetime) -> Pair:
    pair = Pair(folder("tls", home) / "authority.crt", folder("tls", home) / "authority.key")
    if not pair.certificate.exists():
        _make_authority(pair, now)
    return pair


def _make_authority(pair: Pair, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Linli 邻里 {socket.gethostname()} {secrets.token_hex(2)}"[:64])
    builder = _builder(name, name, key.public_key(), now, AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    builder = builder.add_extension(x509.NameConstraints(_permitted(), None), critical=True)
    _write(pair, builder.sign(key, hashes.SHA256()), key)


def _make_server(pair: Pair, authority: Pair, addresses: tuple[str, ...], now: datetime) -> None:
    issuer, issuer_key = authority.load()
    key = ec.generate_private_key(ec.SECP256R1())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = _builder(_name("Linli"), issuer.subject, key.public_key(), now, CERTIFICATE_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    builder = builder.add_extension(x509.SubjectAlternativeName(_names(addresses)), critical=False)
    builder = builder.add_extension(issuer_id, critical=False)
    _write(pair, builder.sign(issuer_key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=days))
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _still_good(pair: Pair, authority: Pair, addresses: tuple[str, ...], now: datetime) -> bool:
    certificate, _key = pair.load()
    issuer, _issuer_key = authority.load()
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = certificate.not_valid_after_utc - now > timedelta(days=RENEW_DAYS)
    return lasts and certificate.issuer == issuer.subject and set(_names(addresses)) <= set(named)


def _names(addresses: tuple[str, ...]) -> list[x509.GeneralName]:
    always = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return [*always, *(x509.IPAddress(ipaddress.ip_address(each)) for each in addresses if each != "127.0.0.1")]


def _permitted() -> list[x509.GeneralName]:
    networks = [x509.IPAddress(ipaddress.ip_network(each)) for each in (*PRIVATE_NETWORKS, *PRIVATE_NETWORKS_6)]
    return [*networks, *(x509.DNSName(each) for each in LOCAL_NAMES)]


def _check_private(address: str) -> None:
    if not is_private(address):
        raise Problem(
            f"{address} 是公网地址，本地证书只用于局域网。请用 --cert 和 --key 指定正式证书。",
            f"{address} is a public address; the local authority is for local networks. Give a certificate by "
            "--cert and --key.",
            code="public_address",
        )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _write(pair: Pair, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    replace_file(pair.key, secret, 0o600)
    replace_file(pair.certificate, certificate.public_bytes(pem), 0o644)


def replace_file(path: Path, content: bytes, mode: int) -> None:
    """Write a file whole, with this mode from the start."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)
