"""Pages on a phone as Lighthouse sees them: performance and accessibility, against 90 of 100.

Lighthouse 12.8 (pinned in benchmarks/lighthouse, installed by npm beside it) opens each page three times as its phone, a mid-range one
on a slow mobile network (simulated: 1.6 Mbit/s, 150 ms, the processor four times slower), signed in by a cookie; the median counts.
The server is a real one with the community of the browser tests (Jianghua, tests/data/registry), a live round, a round that is
swept and half a drill. The bound is the issue's. Needs Node and what `make browser` needs.

    make bench ARGS="pages"            desk, sweep list, door and board
    make bench ARGS="pages --full"     every page that somebody works on
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BOUND = 90
RUNS = 3
TRIES, _ASKS_FOR_ANOTHER = 3, "Please run Lighthouse again"
PEOPLE = ("coordinator", "desk_clerk", "sweeper")
PASSWORD = "a quiet evening walk"
TOOL = Path(__file__).parent / "lighthouse"
CATEGORIES = ("performance", "accessibility")
SCRIPTS = ("half_a_drill.py", "desk_round.py", "swept_round.py")


@dataclass(frozen=True)
class Page:
    """A page by its name, who opens it, and its path with the names that the scripts print."""

    name: str
    role: str
    path: str


WORKED_ON = (
    Page("desk", "desk_clerk", "/rounds/{live}/desk/"),
    Page("sweep list", "sweeper", "/rounds/{swept}/sweep/{team}/"),
    Page("door of the sweep", "sweeper", "{door}"),
    Page("board", "coordinator", "/rounds/{live}/"),
)
OTHERS = (
    Page("home", "coordinator", "/"),
    Page("who is missing", "coordinator", "/rounds/{live}/missing/"),
    Page("buildings and times", "coordinator", "/rounds/{live}/calls/"),
    Page("household ledger", "coordinator", "/c/{community}/ledger/"),
    Page("search", "coordinator", "/c/{community}/search/?q=王"),
    Page("key lists", "coordinator", "/c/{community}/key-lists/"),
    Page("daily report", "coordinator", "/c/{community}/daily/"),
    Page("wall", "finance", "/wall/{city}/"),
)


def main(arguments: list[str]) -> None:
    """Print the scores of each page; with --full of more of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks pages")
    parser.add_argument("--full", action="store_true")
    pages = (*WORKED_ON, *OTHERS) if parser.parse_args(arguments).full else WORKED_ON
    chromium = os.environ.get("LINLI_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("left out: Chromium is missing, `make browser` installs it")
        return
    lighthouse = _installed()
    print(f"{'page':22s} performance  accessibility   bound {BOUND}")
    with _site(chromium) as (url, names, cookies):
        for page in pages:
            runs = [
                _scores(lighthouse, chromium, url + page.path.format(**names), cookies[page.role]) for _ in range(RUNS)
            ]
            median = {each: statistics.median(run[each] for run in runs) for each in CATEGORIES}
            kept = "kept" if min(median.values()) >= BOUND else "NOT KEPT"
            print(f"{page.name:22s} {median['performance']:11.0f}  {median['accessibility']:13.0f}   {kept}")


def _installed() -> list[str]:
    """Return the command that runs Lighthouse, after npm has installed exactly what the lock file says."""
    from tools.frontend import find_npm

    npm = find_npm()
    stamp, lock = TOOL / "node_modules" / ".installed-from", (TOOL / "package-lock.json").read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != lock:
        subprocess.run(
            [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=TOOL, check=True, stdout=sys.stderr
        )
        stamp.write_text(lock, "utf-8")
    node = npm[0] if len(npm) > 1 else shutil.which("node")
    assert node is not None
    return [node, str(TOOL / "node_modules" / "lighthouse" / "cli" / "index.js")]


def _scores(lighthouse: list[str], chromium: str, url: str, cookie: str) -> dict[str, float]:
    """Open a page once; return each category's score of 100."""
    with tempfile.TemporaryDirectory(prefix="linli-lighthouse-", dir="/tmp") as folder:
        headers, report = Path(folder) / "headers.json", Path(folder) / "report.json"
        headers.write_text(json.dumps({"Cookie": cookie}), "utf-8")
        _run_as_it_asks(
            [
                *lighthouse, url, "--quiet", "--output=json", f"--output-path={report}", f"--extra-headers={headers}",
                f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            ],
            {**os.environ, "CHROME_PATH": chromium},
        )  # fmt: skip
        told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    shown = told["finalDisplayedUrl"]
    assert "/accounts/" not in shown, f"{url} led to {shown}: nobody was signed in"
    return {each: 100 * told["categories"][each]["score"] for each in CATEGORIES}


def _run_as_it_asks(command: list[str], env: dict[str, str]) -> None:
    """Run Lighthouse, and again where it missed the beginning of a page load and asks for that; other errors end the run."""
    for _again in range(TRIES):
        done = subprocess.run(
            command, env=env, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        if done.returncode == 0:
            return
        if _ASKS_FOR_ANOTHER not in done.stderr:
            break
    sys.exit(f"Lighthouse failed: {done.stderr.strip()[-400:]}")


@contextmanager
def _site(chromium: str) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """A real server; its address, what the scripts made, and a cookie of each role that is signed in."""
    from playwright.sync_api import sync_playwright

    from tests.browser import conftest as community
    from tests.core.postgres.conftest import throw_away
    from tests.core.process.conftest import Server

    home = Path(tempfile.mkdtemp(prefix="linli-bench-", dir="/tmp"))
    server = Server(home)
    try:
        site = community.Site(home, f"http://127.0.0.1:{server.port}")
        here = str(community.COMMUNITY)
        site.run("ledger", "import", str(community.LEDGER), "--community", here, "--name", community.NAME, "--json")
        links = {role: site.run("users", "add", role, "--role", role, "--division", here) for role in PEOPLE}
        links["finance"] = site.run(
            "users", "add", "finance", "--role", "department", "--department", "finance", "--division", community.CITY
        )
        names = {"community": here, "city": community.CITY}
        for script in SCRIPTS:
            names |= site.script(script, COMMUNITY=here)
        server.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(community.CHROMIUM))
            phones = {
                role: _sign_in(browser, site.url, re.findall(r"/welcome/\S+", said)[0]) for role, said in links.items()
            }
            phones["desk_clerk"].goto(f"{site.url}/rounds/{names['live']}/sites/")
            phones["desk_clerk"].click("button[name=desk][value='1']")
            phones["sweeper"].goto(f"{site.url}/rounds/{names['swept']}/sweep/{names['team']}/")
            names["door"] = phones["sweeper"].locator("a.sweep__door").first.get_attribute("href") or ""
            cookies = {role: _cookies_of(phone) for role, phone in phones.items()}
            browser.close()
        yield site.url, names, cookies
    finally:
        server.close()
        throw_away(home)


def _sign_in(browser: Any, url: str, link: str) -> Any:
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(url + link)
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=again]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(re.escape(url) + "/(wall/.*)?$"))
    return page


def _cookies_of(page: Any) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
