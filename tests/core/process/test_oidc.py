"""Sign-in through a city's identity provider, played by a small one on this machine: a known account gets in, no other."""

import base64
import hashlib
import http.server
import json
import re
import ssl
import tempfile
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from linli.core.process.local_ca import authority_certificate, server_certificate
from tests.core.postgres.conftest import throw_away
from tests.core.process.conftest import Server, linli

CLIENT, SECRET = "linli", "s3cret"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Issuer(http.server.BaseHTTPRequestHandler):
    """The four addresses of an OpenID provider: it says at once that whoever asks is `who`."""

    who = ""
    sub = ""
    url = ""
    challenges: dict[str, str] = {}

    def do_GET(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        asked = dict(urllib.parse.parse_qsl(parts.query))
        if parts.path == "/authorize":
            self.challenges["code"] = asked["code_challenge"]
            back = urllib.parse.urlencode({"code": "code", "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
            return
        told = {"/.well-known/openid-configuration": self._configuration, "/jwks": self._keys, "/userinfo": self._who}
        self._answer(told[parts.path]())

    def do_POST(self) -> None:
        sent = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert (sent["code"], proof) == ("code", self.challenges["code"])
        now = datetime.now(UTC)
        claims = self._who() | {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + timedelta(minutes=5)}
        id_token = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
        self._answer({"access_token": "token", "token_type": "Bearer", "id_token": id_token})

    def _configuration(self) -> dict[str, Any]:
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        return {"issuer": self.url, "jwks_uri": f"{self.url}/jwks"} | {
            name: f"{self.url}/{path}" for name, path in paths.items()
        }

    def _keys(self) -> dict[str, Any]:
        return {
            "keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1", "alg": "RS256"}]
        }

    def _who(self) -> dict[str, Any]:
        return {"sub": self.sub or f"id of {self.who}", "preferred_username": self.who}

    def _answer(self, told: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="linli-oidc-", dir="/tmp"))
    yield path
    throw_away(path)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the authority that vouches for the issuer."""
    return tmp_path_factory.mktemp("authority")


@pytest.fixture(scope="module")
def issuer(authority: Path) -> Iterator[type[Issuer]]:
    pair = server_certificate(authority, ("127.0.0.1",), datetime.now(UTC))
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.certificate, pair.key)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    Issuer.url = f"https://127.0.0.1:{served.server_address[1]}"
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield Issuer
    served.shutdown()
    served.server_close()


@pytest.fixture(scope="module")
def site(home: Path, authority: Path, issuer: type[Issuer]) -> Iterator[str]:
    """A server that sends people to the provider; it knows an account named chen."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"ISSUER": issuer.url, "CLIENT_ID": CLIENT, "SECRET": SECRET, "NAME": "随州市"}.items():
            patch.setenv(f"LINLI_OIDC_{name}", value)
        patch.setenv("REQUESTS_CA_BUNDLE", str(authority_certificate(authority)))
        added = linli(home, "users", "add", "chen", "--role", "coordinator", "--division", "421303004001")
        assert added.returncode == 0, added.stderr
        server = Server(home)
        try:
            server.start()
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.close()


def come_back(site: str, authority: Path) -> tuple[int, str]:
    """Go to the provider by the button of the sign-in page and come back; returns the last answer."""
    trusted = ssl.create_default_context(cafile=str(authority_certificate(authority)))
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.HTTPSHandler(context=trusted)
    )
    login = browser.open(f"{site}/account/login/").read().decode()
    assert "随州市" in login
    page = browser.open(f"{site}/account/oidc/city/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    try:
        answer = browser.open(urllib.request.Request(f"{site}/account/oidc/city/login/", sent, {"Referer": f"{site}/"}))
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    return answer.status, answer.read().decode()


def test_somebody_with_an_account_gets_in_as_that_account(site: str, authority: Path, issuer: type[Issuer]) -> None:
    issuer.who = "chen"
    status, page = come_back(site, authority)
    assert status == 200
    assert "/me/" in page
    assert "chen" in page


def test_somebody_without_an_account_gets_none(site: str, home: Path, authority: Path, issuer: type[Issuer]) -> None:
    issuer.who = "somebody-else"
    status, page = come_back(site, authority)
    assert status == 403
    assert "没有这项权限" in page
    assert "somebody-else" not in linli(home, "users", "list").stdout


def test_another_identity_of_the_same_name_stays_out(
    site: str, authority: Path, issuer: type[Issuer], monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer.who = "chen"
    assert come_back(site, authority)[0] == 200
    monkeypatch.setattr(issuer, "sub", "id of a newcomer who got the name of chen")
    assert come_back(site, authority)[0] == 403
