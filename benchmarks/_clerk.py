"""A scripted person who works a desk in Chromium at human pauses, and is counted and timed while they do."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEY_SECONDS, POINT_SECONDS, THINK_SECONDS, SCANNER_SECONDS = 0.28, 1.1, 1.35, 0.01
BOUND_SECONDS, BOUND_TAPS = 8.0, 6
PHONE = {"width": 360, "height": 740}
CLERK, PASSWORD = "desk_clerk", "a quiet evening walk"


@dataclass
class Hand:
    """What taps and types, a person's pause before each."""

    page: Any
    taps: int = 0

    def tap(self, selector: str) -> None:
        self.page.wait_for_timeout(1000 * POINT_SECONDS)
        self.page.locator(selector).first.click()
        self.taps += 1

    def type(self, words: str, key_seconds: float) -> None:
        self.page.keyboard.type(words, delay=1000 * key_seconds)

    def see(self, selector: str) -> None:
        """Wait for something to appear, and take it in."""
        self.page.locator(selector).first.wait_for()
        self.page.wait_for_timeout(1000 * THINK_SECONDS)


Way = Callable[[Hand, dict[str, str], int], None]


def _by_scanner(hand: Hand, ids: dict[str, str], number: int) -> None:
    hand.type(ids[f"slip{number}"] + "\n", SCANNER_SECONDS)
    _register(hand)


def _by_door(hand: Hand, ids: dict[str, str], number: int) -> None:
    hand.type(ids[f"door{number}"].split("-")[-1], KEY_SECONDS)
    hand.tap("[data-desk-search] button[type=submit]")
    hand.see("[data-desk-choice]")
    hand.tap(f"[data-desk-choice]:has-text('{ids[f'compound{number}']} {ids[f'door{number}']}')")
    _register(hand)


def _without_one(hand: Hand, ids: dict[str, str], number: int) -> None:
    hand.type(ids[f"slip{number}"] + "\n", SCANNER_SECONDS)
    hand.see("[data-household]")
    hand.tap(".household__one >> nth=2")
    hand.tap("[data-household-done]")
    hand.page.locator("[data-desk-registered]").wait_for()


def _register(hand: Hand) -> None:
    hand.see("[data-household]")
    hand.tap("[data-household-done]")
    hand.page.locator("[data-desk-registered]").wait_for()


WAYS: dict[str, Way] = {
    "slip by a scanner that types": _by_scanner,
    "slip, one of the four is not here": _without_one,
    "room number typed, then chosen": _by_door,
}


def work_a_desk() -> None:
    """Register two households of four by each way; print seconds and taps of the slower one."""
    with _desk() as (page, ids):
        for place, (name, way) in enumerate(WAYS.items()):
            runs = [_timed(page, way, ids, 2 * place + number) for number in range(2)]
            seconds, taps = max(runs)
            kept = seconds <= BOUND_SECONDS and taps <= BOUND_TAPS
            print(f"{name:36s} {seconds:4.1f} s  {taps} taps   {'kept' if kept else 'NOT KEPT'}")


def _timed(page: Any, way: Way, ids: dict[str, str], number: int) -> tuple[float, int]:
    hand = Hand(page)
    started = time.perf_counter()
    way(hand, ids, number)
    return time.perf_counter() - started, hand.taps


@contextmanager
def _desk() -> Iterator[tuple[Any, dict[str, str]]]:
    """A real server with the community of the browser tests, and a phone at desk 1."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, COMMUNITY, LEDGER, NAME, Site
    from tests.core.postgres.conftest import throw_away
    from tests.core.process.conftest import Server

    home = Path(tempfile.mkdtemp(prefix="linli-bench-", dir="/tmp"))
    server = Server(home)
    try:
        site = Site(home, f"http://127.0.0.1:{server.port}")
        site.run("ledger", "import", str(LEDGER), "--community", str(COMMUNITY), "--name", NAME, "--json")
        said = site.run("users", "add", CLERK, "--role", CLERK, "--division", str(COMMUNITY))
        ids = site.script("desk_round.py", COMMUNITY=str(COMMUNITY))
        server.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
            page = browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True).new_page()  # type: ignore[arg-type]
            _sit_down(page, site.url, re.findall(r"/welcome/\S+", said)[0], ids["live"])
            yield page, ids
            browser.close()
    finally:
        server.close()
        throw_away(home)


def _sit_down(page: Any, url: str, link: str, round_id: str) -> None:
    page.goto(url + link)
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=again]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{url}/")
    page.goto(f"{url}/rounds/{round_id}/sites/")
    page.click("button[name=desk][value='1']")
    page.wait_for_url("**/desk/")
