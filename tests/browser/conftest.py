"""A real server with a small community in the middle of a drill, and Chromium as phones and desks that look at it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from tests.core.postgres.conftest import throw_away
from tests.core.process.conftest import Server, environment, linli

HERE = Path(__file__).parent
LEDGER = HERE.parent / "data/registry/jianghua.xlsx"
COMMUNITY = 420103003001
CITY = f"{COMMUNITY // 10**8 * 10**8}"
NAME = "江花社区"
PASSWORD = "a quiet evening walk"
ROLES = ("coordinator", "desk_clerk", "sweeper", "command")
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run", "--force-prefers-reduced-motion")  # fmt: skip
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LANGUAGES = {"zh-hans": "zh-CN", "en": "en-GB"}


@dataclass
class Site:
    """The running server: its address, its ids, and the accounts' one-time links."""

    home: Path
    url: str
    ids: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)

    def run(self, *arguments: str) -> str:
        done = linli(self.home, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def script(self, name: str, **names: str) -> dict[str, str]:
        """Run one of the scripts beside this file inside Linli; it prints name=value lines."""
        done = subprocess.run(
            [sys.executable, "-m", "linli", "shell", "--no-imports"], input=(HERE / "scripts" / name).read_text("utf-8"),
            env=environment(self.home) | names, capture_output=True, text=True, timeout=180, check=False, cwd="/",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return dict(re.findall(r"^(\w+)=(\S+)$", done.stdout, flags=re.MULTILINE))


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    home = Path(tempfile.mkdtemp(prefix="linli-browser-", dir="/tmp"))
    server = Server(home)
    try:
        made = Site(home, f"http://127.0.0.1:{server.port}")
        made.run("ledger", "import", str(LEDGER), "--community", str(COMMUNITY), "--name", NAME, "--json")
        for role in ROLES:
            said = made.run("users", "add", role, "--role", role, "--division", str(COMMUNITY))
            made.links[role] = re.findall(r"/welcome/\S+", said)[0]
        said = made.run(
            "users", "add", "finance", "--role", "department", "--department", "finance", "--division", CITY
        )
        made.links["finance"] = re.findall(r"/welcome/\S+", said)[0]
        made.ids = made.script("half_a_drill.py", COMMUNITY=str(COMMUNITY))
        server.start()
        yield made
    finally:
        server.close()
        throw_away(home)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("LINLI_CHROMIUM") or shutil.which("chromium")
    assert program, "Chromium is missing: make browser installs it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        yield browser
        browser.close()


Look = Callable[..., Page]


@pytest.fixture
def look(site: Site, chromium: Browser) -> Iterator[Look]:
    """Open a page as somebody, on a phone or desk, in a language; whatever it complains of fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        path: str, role: str = "coordinator", language: str = "zh-hans", viewport: dict[str, int] | None = None
    ) -> Page:
        state = site.states.get(role) or _sign_in(site, chromium, role)
        context = chromium.new_context(viewport=viewport or PHONE, storage_state=state, locale=LANGUAGES[language])  # type: ignore[arg-type]
        context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        response = page.goto(site.url + path)
        assert response is not None
        assert response.ok, (path, response.status)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


def _sign_in(site: Site, chromium: Browser, role: str) -> Any:
    """Use the one-time link of an account, as its owner does."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(site.url + site.links[role])
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=again]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(re.escape(site.url) + "/(wall/.*)?$"))
    site.states[role] = context.storage_state()
    context.close()
    return site.states[role]


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways, once it is there: a click may still be leading to it."""
    page.wait_for_load_state()
    try:
        return bool(page.evaluate(WIDER))
    except Error:  # it went away under the question
        page.wait_for_load_state()
        return bool(page.evaluate(WIDER))


def barriers(page: Page) -> list[str]:
    """What axe finds that is serious or critical, each with the first element."""
    found = Axe().run(page)["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found if each["impact"] in ("serious", "critical")
    ]


def good(page: Page) -> None:
    """The page fits its screen, has no barrier and says in one headline what it is about."""
    expect(page.locator("h1")).to_have_count(1)
    assert not overflows(page), page.url
    assert barriers(page) == [], page.url
