"""Looking somebody up in a real browser, and what their page shows."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, good

SEARCH = f"/c/{COMMUNITY}/search/"
SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


def first_person(page: Page) -> None:
    page.locator("tbody th a").first.click()
    expect(page.locator(".l-facts").first).to_be_visible()


@SIZES
@LANGUAGES
def test_search_person_dwelling_and_building_fit(look: Look, language: str, viewport: dict[str, int]):
    page = look(SEARCH, language=language, viewport=viewport)
    good(page)
    page.locator("#search-q").fill("张")
    page.locator(".l-search button").click()
    expect(page.locator("tbody tr").first).to_be_visible()
    good(page)
    first_person(page)
    good(page)
    page.locator(".l-facts a").first.click()
    expect(page.locator(".door[aria-current]")).to_have_count(1)
    good(page)
    page.locator("a[href*='/buildings/']").first.click()
    expect(page.locator(".facade__unit").first).to_be_visible()
    good(page)
    page.locator("a.door").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_a_person_is_found_with_the_keyboard_alone(look: Look):
    page = look(SEARCH, viewport=DESK)
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search-q":
            break
    page.keyboard.type("李")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    first = page.locator("tbody th a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("李")


@SIZES
@LANGUAGES
def test_a_number_is_found_without_standing_in_the_address(look: Look, language: str, viewport: dict[str, int]):
    page = look(SEARCH, language=language, viewport=viewport)
    page.locator("#search-q").fill("13800001111")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("13800001111")
    assert page.url.endswith(SEARCH)
    good(page)
    page.goto(f"{page.url}?q=13800001111")
    assert page.url.endswith(SEARCH)
    expect(page.locator(".l-message--warning")).to_be_visible()
    good(page)


@SIZES
def test_full_numbers_are_shown_once(look: Look, viewport: dict[str, int]):
    page = look(f"{SEARCH}?q=王", viewport=viewport)
    first_person(page)
    masked = page.locator(".l-facts").first.inner_text()
    assert "*" in masked
    person = page.url
    page.locator("details.l-card > summary").click()
    page.get_by_label("原因").select_option("check")
    page.get_by_role("button", name="显示一次").click()
    expect(page.locator(".l-card--once")).to_be_visible()
    good(page)
    page.goto(person)
    expect(page.locator(".l-card--once")).to_have_count(0)


@LANGUAGES
@SIZES
def test_a_person_is_corrected(look: Look, language: str, viewport: dict[str, int]):
    page = look(f"{SEARCH}?q=陈", language=language, viewport=viewport)
    first_person(page)
    page.locator(".l-action a[href$='/edit/']").click()
    page.locator("[name=remarks]").fill("家里有狗")
    good(page)
    page.locator(".l-action button").click()
    expect(page.locator(".l-message--success")).to_be_visible()
    expect(page.locator(".l-facts").first).to_contain_text("家里有狗")


def test_a_sweeper_sees_no_full_numbers_and_corrects_nobody(look: Look):
    page = look(f"{SEARCH}?q=王", role="sweeper")
    first_person(page)
    expect(page.locator("details.l-card")).to_have_count(0)
    expect(page.locator(".l-action")).to_have_count(0)


def test_the_command_post_sees_buildings_without_names(look: Look, chromium: object):
    page = look(f"{SEARCH}?q=王")
    page.locator("tbody td a").first.click()
    building = page.locator("a[href*='/buildings/']").first.get_attribute("href")
    page = look(str(building), role="command")
    expect(page.locator("span.door").first).to_be_visible()
    expect(page.locator("a.door")).to_have_count(0)
    good(page)
