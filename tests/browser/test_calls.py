"""The office tells the buildings of a round in a real browser, and takes call and phone lists out."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, Site, good


@pytest.fixture
def path(site: Site) -> str:
    """Return a round whose buildings nobody has told."""
    return f"/rounds/{site.script('swept_round.py', COMMUNITY=str(COMMUNITY))['swept']}/calls/"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_buildings_are_told_and_lists_taken_out(
    look: Look, tmp_path: Path, path: str, language: str, viewport: dict[str, int]
):
    page = look(path, language=language, viewport=viewport)
    good(page)
    expect(page.locator("button[name=building]")).to_have_count(1)
    page.locator("button[name=building]").click()
    expect(page.locator("button[name=building]")).to_have_count(0)
    good(page)
    page.locator("button[name=back]").click()
    page.locator("button[name=building]").click()
    expect(page.locator("button[name=back]")).to_have_count(1)
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
