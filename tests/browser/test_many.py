"""The people whom a search found changed at once and taken back, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, good


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_many_are_looked_at_changed_and_taken_back(look: Look, language: str, viewport: dict[str, int]):
    page = look(f"/c/{COMMUNITY}/search/", language=language, viewport=viewport)
    page.locator("main input[name=q]").fill("秦")
    page.locator("main input[name=q]").press("Enter")
    page.locator("form[action$='/people/'] button").click()
    good(page)
    page.select_option("[name=kind]", "add_need")
    page.fill("[name=care_need]", f"名单{language[:2]}{viewport['width']}")
    page.locator("button[value=look]").click()
    good(page)
    page.locator("button[value=change]").click()
    good(page)
    page.locator(".l-action form button").click()
    expect(page.locator(".l-message--success")).to_be_visible()
    good(page)
