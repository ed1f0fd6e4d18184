import ipaddress
import ssl
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from linli.core.problem import Problem
from linli.core.process.banner import qr_code
from linli.core.process.given_certificate import usable_pair
from linli.core.process.local_ca import authority_certificate, server_certificate

NOW = datetime(2022, 3, 1, tzinfo=UTC)
LAN = ("192.168.1.20",)


@pytest.fixture
def pair(tmp_path):
    return server_certificate(tmp_path, LAN, NOW)


def test_no_authority_before_somebody_asked_for_it(tmp_path):
    assert authority_certificate(tmp_path) is None


def test_the_authority_vouches_for_the_server_under_its_lan_address(tmp_path, pair):
    authority = str(authority_certificate(tmp_path))
    verify = ["openssl", "verify", "-attime", str(int(NOW.timestamp())), "-x509_strict"]
    answer = subprocess.run(
        [*verify, "-verify_ip", LAN[0], "-CAfile", authority, pair.certificate],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_the_authority_is_limited_to_private_addresses_and_local_names(tmp_path, pair):
    certificate = x509.load_pem_x509_certificate((tmp_path / "tls" / "authority.crt").read_bytes())
    limits = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    named = [name.value for name in limits.value.permitted_subtrees or [] if isinstance(name, x509.IPAddress)]
    networks = [each for each in named if isinstance(each, ipaddress.IPv4Network)]
    assert limits.critical
    assert networks
    assert not any(ipaddress.ip_address("8.8.8.8") in each for each in networks)


def test_keys_are_for_their_owner_only_and_the_web_server_can_load_them(pair):
    assert pair.key.stat().st_mode & 0o777 == 0o600
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(pair.certificate, pair.key)
    assert pair.key.read_text().startswith("-----BEGIN PRIVATE KEY-----")


def test_is_kept_while_it_fits_and_made_anew_when_the_address_changes_or_time_runs_out(tmp_path, pair):
    first = pair.certificate.read_bytes()
    server_certificate(tmp_path, LAN, NOW + timedelta(days=300))
    assert pair.certificate.read_bytes() == first
    server_certificate(tmp_path, ("10.0.0.5",), NOW)
    second = pair.certificate.read_bytes()
    assert second != first
    server_certificate(tmp_path, ("10.0.0.5",), NOW + timedelta(days=380))
    assert pair.certificate.read_bytes() != second


def test_does_not_vouch_for_a_public_address(tmp_path):
    with pytest.raises(Problem, match="public address"):
        server_certificate(tmp_path, ("8.8.8.8",), NOW)


def test_takes_a_given_key_of_an_older_form(tmp_path, pair):
    _certificate, key = pair.load()
    old = tmp_path / "old.key"
    form = serialization.PrivateFormat.TraditionalOpenSSL
    old.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    assert usable_pair(tmp_path, pair.certificate, old).key.read_text().startswith("-----BEGIN PRIVATE KEY-----")


def test_refuses_a_given_key_of_another_certificate(tmp_path, pair):
    other = server_certificate(tmp_path / "other", LAN, NOW)
    with pytest.raises(Problem, match="cannot be used"):
        usable_pair(tmp_path, pair.certificate, other.key)


def test_shows_an_address_as_a_code_in_the_terminal():
    assert len(qr_code("https://192.168.1.20:8443").splitlines()) > 10
