"""A passkey as second factor and as sign-in, with Chromium's own virtual authenticator."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PASSWORD, PHONE
from tests.core.postgres.conftest import throw_away
from tests.core.process.conftest import Server, linli

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, str]]:
    """A server that knows passkeys and asks command roles for a second factor, and the link of an auditor."""
    home = Path(tempfile.mkdtemp(prefix="linli-passkeys-", dir="/tmp"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINLI_PASSKEYS", "1")
        patch.setenv("LINLI_SECOND_FACTOR", "command")
        server = Server(home)
        try:
            said = linli(home, "users", "add", "auditor", "--role", "auditor", "--division", "421303004001")
            assert said.returncode == 0, said.stderr
            server.start()
            yield f"http://localhost:{server.port}", re.findall(r"/welcome/\S+", said.stdout)[0]
        finally:
            server.close()
            throw_away(home)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()


def test_an_auditor_sets_a_passkey_up_and_signs_in_with_it(page: Page, place: tuple[str, str]) -> None:
    site, link = place
    page.goto(site + link)
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=again]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{site}/account/2fa/")
    page.goto(f"{site}/account/2fa/webauthn/add/")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{site}/account/2fa/webauthn/add/")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    page.goto(f"{site}/")
    assert page.url == f"{site}/"
    page.goto(f"{site}/account/logout/")
    page.click("main button[type=submit]")
    page.goto(f"{site}/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/me/")
    assert "通行密钥" in page.content()
