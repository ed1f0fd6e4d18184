"""An agency's form through a real browser: uploaded, corrected, filled, taken; the daily report; a list edited and brought back."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, good

BLANKS = Path(__file__).parents[1] / "data" / "paperwork"
FORMS = f"/c/{COMMUNITY}/forms/"


def next_act(page: Page) -> None:
    page.locator(".l-action").get_by_role("button").first.click()


def upload(page: Page, name: str) -> None:
    page.set_input_files("input[type=file]", BLANKS / name)
    page.locator("#upload button[type=submit]").click()
    expect(page.locator("#columns")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize(
    ("language", "viewport", "name"),
    [("zh-hans", PHONE, "civil.xlsx"), ("en", DESK, "health.xlsx"), ("zh-hans", DESK, "police.xlsx")],
)
def test_a_blank_form_is_filled_and_taken(
    look: Look, tmp_path: Path, language: str, viewport: dict[str, int], name: str
):
    page = look(FORMS, language=language, viewport=viewport)
    good(page)
    upload(page, name)
    good(page)
    next_act(page)
    expect(page.locator("#fill")).to_be_visible()
    good(page)
    page.select_option("select[name=who]", "")
    next_act(page)
    taken = page.locator(".l-action a[href$='/file/']")
    expect(taken).to_be_visible(timeout=60_000)
    good(page)
    with page.expect_download() as download:
        taken.click()
    download.value.save_as(tmp_path / name)
    rows = [row for sheet in openpyxl.load_workbook(tmp_path / name) for row in sheet.iter_rows(values_only=True)]
    assert sum(isinstance(row[0], int) for row in rows) > 100


@pytest.mark.parametrize(("language", "viewport"), [("zh-hans", PHONE), ("en", DESK)])
def test_the_day_is_reported_in_one_click(look: Look, language: str, viewport: dict[str, int]):
    page = look(f"/c/{COMMUNITY}/", language=language, viewport=viewport)
    page.locator("a[href$='/daily/']").click()
    expect(page.locator("h1 .figure")).not_to_be_empty()
    good(page)
    with page.expect_download() as download:
        page.locator(".l-action a[href*='/daily/file/']").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_building_is_taken_out_to_be_edited(look: Look):
    page = look(f"/c/{COMMUNITY}/search/", viewport=DESK)
    page.goto(page.url.partition("/c/")[0] + str(page.locator("a[href^='/buildings/']").first.get_attribute("href")))
    good(page)
    with page.expect_download() as download:
        page.locator("form[action$='/ledger/list/'] button").click()
    assert re.search(r"-\d+\.xlsx$", download.value.suggested_filename)
