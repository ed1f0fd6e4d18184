"""The office tells the buildings of a round in a real browser, and takes call and phone lists out."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, Site, barriers, overflows


@pytest.fixture(scope="module")
def path(site: Site) -> str:
    """Return a round whose buildings nobody has told."""
    return f"/rounds/{site.script('swept_round.py', COMMUNITY=str(COMMUNITY))['swept']}/calls/"


def good(page: Page) -> None:
    assert not overflows(page), page.url
    assert barriers(page) == [], page.url
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_buildings_are_told_and_lists_taken_out(
    look: Look, tmp_path: Path, path: str, language: str, viewport: dict[str, int]
):
    page = look(path, language=language, viewport=viewport)
    good(page)
    told = page.locator("button[name=building]")
    if told.count():
        before = told.count()
        told.first.click()
        expect(page.locator("button[name=building]")).to_have_count(before - 1)
        good(page)
    page.locator("tbody th a").first.click()
    good(page)
    with page.expect_download() as download:
        page.locator("form[action$='/phones/'] button").click()
    download.value.save_as(tmp_path / "phones.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "phones.xlsx").worksheets[0].iter_rows(values_only=True))
    assert any(re.fullmatch(r"1\d{10}(、.*)?", str(row[5])) for row in rows)
    page.goto(page.url.partition("/calls/")[0] + "/")
    expect(page.locator("a[href$='/calls/']")).to_be_visible()
    good(page)
