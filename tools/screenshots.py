"""Take the README's pictures from a running Linli: `screenshots.py URL USER PASSWORD`, into docs/img.

A running drill, else the newest open round, gives the board, the newest closed one the report, the latest import the ledger.
Needs Chromium, as `make browser` does.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs/img"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DESK = {"width": 1280, "height": 860}


def main(url: str, username: str, password: str) -> None:
    """Sign in, find the pages, keep the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("LINLI_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = browser.new_context(viewport=DESK, locale="zh-CN").new_page()  # type: ignore[arg-type]
        _sign_in(page, url, username, password)
        for name, path in _paths(page, url).items():
            page.goto(url + path)
            page.screenshot(path=IMAGES / f"{name}.png")
            print(IMAGES / f"{name}.png")
        browser.close()


def _sign_in(page: Page, url: str, username: str, password: str) -> None:
    page.goto(f"{url}/account/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{url}/")


def _paths(page: Page, url: str) -> dict[str, str]:
    community = _first(page, r"^/c/\d+/$")
    page.goto(f"{url}{community}rounds/")
    report = _first(page, r"^/rounds/[0-9a-f-]+/report/$")
    closed = report.removesuffix("report/")
    running = page.locator("tr", has=page.locator(".l-state--open")).locator("a[href^='/rounds/']").all()
    board = (running[-1].get_attribute("href") if running else None) or closed
    page.goto(f"{url}{community}ledger/")
    ledger = _first(page, r"^/imports/[0-9a-f-]+/$", f"{community}ledger/")
    return {"board": board, "closing": report, "ledger": ledger}


def _first(page: Page, pattern: str, otherwise: str = "") -> str:
    links = [link.get_attribute("href") or "" for link in page.locator("a[href]").all()]
    found = [link for link in links if re.search(pattern, link)]
    return found[0] if found else otherwise


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
