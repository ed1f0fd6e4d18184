"""A key list is begun, worked through in single taps, and ended, in a real browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, Site, good

SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@SIZES
@LANGUAGES
def test_a_key_list_is_begun_worked_through_and_ended(look: Look, site: Site, language: str, viewport: dict[str, int]):
    mark = f"{language}-{viewport['width']}"
    page = look(f"/c/{COMMUNITY}/key-lists/", language=language, viewport=viewport)
    good(page)
    page.locator("a[href$='kind=over_80']").click()
    good(page)
    page.fill("[name=name]", f"80+ {mark}")
    page.fill("[name=age_from]", "70")
    shot(page, f"edit-{mark}")
    page.locator(".l-action button").click()
    page.wait_for_url("**/key-lists/*-*/")
    good(page)
    shot(page, f"due-{mark}")
    due = page.locator("button[value=done]").count()
    assert due > 1
    page.locator("button[value=done]").first.click()
    expect(page.locator("button[value=done]")).to_have_count(due - 1)
    page.select_option("[name=show]", "all")
    page.locator("form.l-filter button").click()
    good(page)
    shot(page, f"all-{mark}")
    page.locator("button[name=back]").click()
    expect(page.locator("button[name=back]")).to_have_count(0)
    page.locator("tbody th a").first.click()
    good(page)
    page.fill("[name=note]", "明天再来")
    page.locator("[name=result][value=not_reached]").check()
    page.locator(".l-action button").click()
    expect(page.locator("main")).to_contain_text("明天再来")
    shot(page, f"entry-{mark}")
    page.locator("a[href$='/take-off/']").click()
    good(page)
    page.fill("[name=reason]", "搬去女儿家")
    page.locator(".l-action button").click()
    page.wait_for_url("**/key-lists/*-*/")
    page.locator("details:has(details) > summary").click()
    page.locator("details details > summary").click()
    good(page)
    page.locator("button[name=end]").click()
    page.wait_for_url(f"**/c/{COMMUNITY}/key-lists/")
    good(page)
    shot(page, f"lists-{mark}")
