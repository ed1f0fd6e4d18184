"""A second device in the local network: it comes to trust the office's own authority and works a desk over HTTPS."""

import http.client
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, expect

from linli.core.process.local_ca import fingerprint
from tests.browser.conftest import CHROMIUM, COMMUNITY, LEDGER, NAME, PASSWORD, PHONE, Site, barriers, overflows
from tests.core.postgres.conftest import throw_away
from tests.core.process.conftest import Server, free_port

OFFICE = "127.0.0.2"
"""Where the server listens; the device is elsewhere and trusts nothing of this machine."""


@pytest.fixture(scope="module")
def plain_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def office(plain_port: int) -> Iterator[Site]:
    """A server with an authority of its own, a live round with a desk, and a clerk's one-time link."""
    home = Path(tempfile.mkdtemp(prefix="linli-https-", dir="/tmp"))
    server = Server(home, "--local-ca", "--plain-port", str(plain_port), host=OFFICE)
    try:
        made = Site(home, f"https://{OFFICE}:{server.port}")
        made.run("ledger", "import", str(LEDGER), "--community", str(COMMUNITY), "--name", NAME, "--json")
        made.run("users", "add", "clerk", "--role", "desk_clerk", "--division", str(COMMUNITY))
        made.ids = made.script("desk_round.py", COMMUNITY=str(COMMUNITY))
        server.start()
        yield made
    finally:
        server.close()
        throw_away(home)


def link_of_the_clerk(office: Site) -> str:
    """Make a one-time link, which ends the one before: each test has its own."""
    return str(re.findall(r"/welcome/\S+", office.run("users", "link", "clerk"))[0])


@contextmanager
def device(chromium: Browser, home: Path) -> Iterator[BrowserContext]:
    """A phone-sized Chromium that trusts what stands in this home's certificate store."""
    program = os.environ.get("LINLI_CHROMIUM") or shutil.which("chromium")
    environment: dict[str, str | float | bool] = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / ".local/share"),
    }
    browser = chromium.browser_type.launch(executable_path=program, args=list(CHROMIUM), env=environment)
    yield browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    browser.close()


def trust(certificate: Path, home: Path) -> None:
    """Put an authority into the certificate store, as the phone's settings do."""
    store = home / ".pki/nssdb"
    store.mkdir(parents=True)
    subprocess.run(["certutil", "-d", f"sql:{store}", "-N", "--empty-password"], check=True)
    subprocess.run(
        ["certutil", "-d", f"sql:{store}", "-A", "-t", "C,,", "-n", "linli", "-i", str(certificate)], check=True
    )


def test_a_second_device_comes_to_trust_the_office_and_works_a_desk(
    office: Site, chromium: Browser, plain_port: int, tmp_path: Path
):
    plain = f"http://{OFFICE}:{plain_port}"
    with device(chromium, tmp_path) as phone:
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            phone.new_page().goto(office.url)
        page = phone.new_page()
        page.goto(plain)
        assert (overflows(page), barriers(page)) == (False, [])
        shown = page.locator(".l-fingerprint").inner_text()
        with page.expect_download() as download:
            page.get_by_role("link", name="下载证书").click()
        download.value.save_as(tmp_path / "linli.crt")
    assert shown == fingerprint(office.home)
    trust(tmp_path / "linli.crt", tmp_path)
    with device(chromium, tmp_path) as phone:
        page = phone.new_page()
        page.goto(plain)
        page.get_by_role("link", name=office.url).click()
        page.wait_for_url(f"{office.url}/account/login/**")
        page.goto(office.url + link_of_the_clerk(office))
        page.fill("input[name=password]", PASSWORD)
        page.fill("input[name=again]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{office.url}/")
        assert page.evaluate("isSecureContext")
        page.goto(f"{office.url}/rounds/{office.ids['live']}/sites/")
        page.locator("button[name=desk]").first.click()
        page.wait_for_url("**/desk/")
        page.locator("#desk-q").fill(office.ids["slip0"])
        page.keyboard.press("Enter")
        page.locator("[data-household-done]").click()
        expect(page.locator("[data-desk-registered] h2")).to_contain_text("4")


def test_the_office_shows_and_prints_how_phones_come_in(
    office: Site, chromium: Browser, plain_port: int, tmp_path: Path
):
    trust(office.home / "tls/authority.crt", tmp_path)
    link = link_of_the_clerk(office)
    with device(chromium, tmp_path) as phone:
        page = phone.new_page()
        page.goto(office.url + link)
        page.fill("input[name=password]", PASSWORD)
        page.fill("input[name=again]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{office.url}/")
        page.goto(f"{office.url}/me/")
        page.get_by_role("link", name="手机怎样接入").click()
        expect(page.locator(".l-code svg")).to_be_visible()
        assert f"http://{OFFICE}:{plain_port}" in page.locator("main").inner_text()
        assert page.locator(".l-fingerprint").inner_text() == fingerprint(office.home)
        assert (overflows(page), barriers(page)) == (False, [])


def test_without_https_any_other_address_leads_to_it(office: Site, plain_port: int):
    with closing(http.client.HTTPConnection(OFFICE, plain_port, timeout=5)) as connection:
        connection.request("GET", "/account/login/?next=/me/")
        answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (302, f"{office.url}/account/login/?next=/me/")
    assert "sessionid" not in str(answer.headers)
