"""A ledger's way through a real browser: upload, columns, check, import, result, undo; on phones and desks."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Look, Site, good
from tests.registry.office import PEOPLE, written

OFFICE = "register-office"
ELSEWHERE = 420103003009
LEDGER = f"/c/{ELSEWHERE}/ledger/"
TITLE = "鼓架社区居民信息台账（2026年）"


@pytest.fixture(scope="module", autouse=True)
def office(site: Site) -> None:
    """A second community, so that the drill's stays as it is."""
    said = site.run("users", "add", OFFICE, "--role", "coordinator", "--division", str(ELSEWHERE))
    site.links[OFFICE] = re.findall(r"/welcome/\S+", said)[0]


def upload(page: Page, tmp_path: Path) -> None:
    page.set_input_files("input[type=file]", written(tmp_path, PEOPLE, TITLE))
    page.locator("#upload button[type=submit]").click()
    expect(page.locator("#columns")).to_be_visible(timeout=60_000)


def next_act(page: Page) -> None:
    page.locator(".l-action").get_by_role("button").click()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_ledger_goes_in_and_is_taken_back(look: Look, tmp_path: Path, language: str, viewport: dict[str, int]):
    page = look(LEDGER, role=OFFICE, language=language, viewport=viewport)
    good(page)
    upload(page, tmp_path)
    good(page)
    next_act(page)
    expect(page.locator("h1")).to_contain_text("5")
    good(page)
    next_act(page)
    expect(page.locator("h1")).to_contain_text(
        "已导入 5 人" if language == "zh-hans" else "5 people imported", timeout=60_000
    )
    good(page)
    page.locator("form[action$='/undo/'] button").click()
    expect(page.locator("h1")).to_contain_text("已撤销" if language == "zh-hans" else "was taken back", timeout=60_000)
    expect(page.locator("form[action$='/undo/']")).to_have_count(0)
    good(page)


def test_a_corrected_column_is_remembered_and_read_again(look: Look, tmp_path: Path):
    page = look(LEDGER, role=OFFICE, viewport=DESK)
    upload(page, tmp_path)
    page.get_by_label("“备注”当作").select_option("other")
    page.locator(".l-action").get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".l-message--success")).to_be_visible(timeout=60_000)
    page.goto(page.url)
    expect(page.locator("#columns")).to_contain_text("按您改过的", timeout=60_000)
    page.get_by_label("“备注”当作").select_option("remarks")
    next_act(page)
    expect(page.locator("#columns")).to_be_visible(timeout=60_000)


def test_problems_are_filtered_and_progress_is_found_again(look: Look, tmp_path: Path):
    page = look(LEDGER, role=OFFICE)
    upload(page, tmp_path)
    next_act(page)
    page.locator("select[name=kind]").select_option("id_missing")
    page.locator(".l-filter button").click()
    expect(page.locator(".l-problem")).to_have_count(1)
    expect(page.locator(".l-problem")).to_contain_text("陈静")
    page.locator("form[action$='/drop/'] button").click()
    expect(page.locator(".l-message--success")).to_contain_text("没有导入任何内容")


def test_the_register_is_downloaded(look: Look):
    page = look(LEDGER, role=OFFICE)
    with page.expect_download() as download:
        page.get_by_role("button", name="XLSX").click()
    assert download.value.suggested_filename.endswith(".xlsx")
