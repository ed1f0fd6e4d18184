"""Accounts in a real browser: helpers from a list to cards, a card on a phone, a shared phone by PIN, signing out from afar."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import COMMUNITY, DESK, LANGUAGES, PHONE, Look, Site, good, overflows

SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
JUDGED = [("zh-hans", PHONE), ("en", DESK)]
"""Where axe looks too: it sees the same page in both languages, and the same parts at both sizes."""
HELPERS = "钱多多,13800001111,,\n孙小小,13800002222,,"


@pytest.fixture(scope="module")
def helper(site: Site) -> str:
    """The path of the page of somebody who works here."""
    return site.script("member_page.py", MEMBER="sweeper")["page"]


@SIZES
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_accounts_fits_and_has_no_barrier(
    look: Look, site: Site, helper: str, language: str, viewport: dict[str, int]
):
    base = f"/members/{COMMUNITY}/"
    page = look(base, language=language, viewport=viewport)
    for path in (
        base, f"{base}new/", f"{base}helpers/", f"{base}phones/", helper, f"{helper}roles/{COMMUNITY}/",
        "/me/", "/me/pin/", "/connect/", "/account/password/change/", "/account/2fa/",
    ):  # fmt: skip
        page.goto(site.url + path)
        assert not overflows(page), path
        if (language, viewport) in JUDGED:
            good(page)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Somebody's phone on which nobody is signed in."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_helpers_from_a_list_sign_in_by_card_until_they_are_signed_out(look: Look, site: Site, phone: Page):
    page = look(f"/members/{COMMUNITY}/helpers/", viewport=DESK)
    page.fill("textarea[name=text]", HELPERS)
    page.select_option("select[name=role]", "sweeper")
    page.locator("input[name=ends_at]").fill("2099-01-01T20:00")
    page.click("main form button[type=submit]")
    expect(page.locator("h1 .figure")).to_have_text("2")
    good(page)
    page.get_by_role("button", name="打印登录卡").click()
    expect(page.locator(".slip")).to_have_count(2)
    good(page)
    phone.goto(site.url + site.script("card.py", MEMBER="孙小小")["card"])
    good(phone)
    phone.click("main form button[type=submit]")
    phone.wait_for_url(f"{site.url}/")
    good(phone)
    page.goto(site.url + site.script("member_page.py", MEMBER="孙小小")["page"])
    page.get_by_role("button", name=re.compile("退出")).click()
    phone.goto(f"{site.url}/")
    phone.wait_for_url("**/account/login/**")


def test_a_shared_phone_is_enrolled_and_worked_by_pin(look: Look, site: Site, phone: Page):
    sweeper = look("/me/pin/", role="sweeper")
    for field in sweeper.locator("main input[inputmode=numeric]").all():
        field.fill("274951")
    sweeper.click("main form button[type=submit]")
    page = look(f"/members/{COMMUNITY}/phones/", viewport=DESK)
    page.fill("input[name=name]", "北门三号机")
    page.click("main form:has(input[name=name]) button[type=submit]")
    phone.goto(page.locator("#link").input_value())
    good(phone)
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/shared/")
    good(phone)
    phone.select_option("#member", index=1)
    phone.fill("#pin", "274951")
    phone.click("main form button[type=submit]")
    phone.wait_for_url(f"{site.url}/")
    page.goto(f"{site.url}/members/{COMMUNITY}/phones/")
    page.locator(".l-card", has_text="北门三号机").locator("button").click()
    phone.goto(f"{site.url}/me/")
    phone.wait_for_url("**/account/login/**")
