"""Somebody is entered behind a door, moves, leaves and comes back, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from linli.registry.ledger.identity import check_digit
from tests.browser.conftest import DESK, PHONE, Look, Site, good

SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


def press(page: Page) -> None:
    page.locator(".l-action button").click()


@SIZES
@LANGUAGES
def test_somebody_is_entered_moves_leaves_and_comes_back(
    look: Look, site: Site, language: str, viewport: dict[str, int]
):
    name = f"冉{language[:2]}{viewport['width']}"
    start = f"/dwellings/{site.ids['door']}/"
    page = look(start, language=language, viewport=viewport).context.new_page()  # one that may complain of a refusal
    page.goto(site.url + start)
    page.locator("a[href$='/add/']").click()
    good(page)
    page.fill("[name=name]", name)
    page.fill("[name=id_number]", "421303201001011110")
    press(page)
    expect(page.locator("[name=id_number][aria-invalid=true]")).to_be_visible()
    good(page)
    page.fill("[name=id_number]", "")
    press(page)
    page.get_by_role("link", name=name).click()
    good(page)
    page.locator("a[href$='/move/']").click()
    good(page)
    page.fill("[name=door]", "88-8-8888")
    press(page)
    expect(page.locator("[name=door][aria-invalid=true]")).to_be_visible()
    page.locator("main a.btn").last.click()
    page.locator("a[href$='/leave/']").click()
    good(page)
    press(page)
    good(page)
    page.locator("a[href$='/return/']").click()
    good(page)
    press(page)
    expect(page.locator("h1")).to_contain_text(name)
    good(page)


@SIZES
@LANGUAGES
def test_a_number_that_is_somebody_elses_is_asked_about_and_never_bars_the_way(
    look: Look, site: Site, language: str, viewport: dict[str, int]
):
    first17 = f"42130319700{1 + (language == 'en')}01{viewport['width']:04d}"[:17]
    number = first17 + check_digit(first17)
    start = f"/dwellings/{site.ids['door']}/add/"
    page = look(start, language=language, viewport=viewport).context.new_page()  # one that may complain of a refusal
    for name in (f"甲{number[-8:]}", f"乙{number[-8:]}"):
        page.goto(site.url + start)
        expect(page.locator("[name=shared]")).to_have_count(0)
        page.fill("[name=name]", name)
        page.fill("[name=id_number]", number)
        press(page)
    expect(page.locator("#holders ~ ul a")).to_contain_text(f"甲{number[-8:]}")
    good(page)
    page.check("[name=shared]")
    press(page)
    page.get_by_role("link", name=f"乙{number[-8:]}").click()
    good(page)
