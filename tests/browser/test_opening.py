"""The whole way of a round from its first step to its board, on a phone and on a desk, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, Site, good, overflows

NEW = f"/c/{COMMUNITY}/rounds/new/"
WORKED_OFF = 90_000


def go_on(page: Page, to: str) -> None:
    """Save the step, and be on the next one."""
    page.locator(".l-action .btn-primary").click()
    page.wait_for_url(f"**/{to}")
    good(page)


def begin(page: Page, name: str) -> None:
    good(page)
    page.fill("input[name=name]", name)
    go_on(page, "scope/")


@pytest.mark.parametrize(("language", "viewport"), [("zh-hans", PHONE), ("en", DESK)], ids=["phone", "desk"])
def test_a_round_is_prepared_step_by_step_and_opens(look: Look, site: Site, language: str, viewport: dict[str, int]):
    page = look(NEW, language=language, viewport=viewport)
    begin(page, f"第一轮 {language}")
    house = page.locator("details:has(input[name=buildings])").nth(
        0 if language == "en" else 1
    )  # no other test's scope
    house.locator("summary").click()
    house.locator("input[name=buildings]").first.check()
    go_on(page, "targets/")
    reached = page.locator("h1 .figure").inner_text()
    go_on(page, "sites/")
    if not page.locator("input[name=new_name]").is_visible():
        page.locator("main details summary").click()
    page.fill("input[name=new_name]", f"东广场 {language}")
    page.fill("input[name=new_desks]", "3")
    page.locator("button[form=step]").click()
    expect(page.locator(".l-venues")).to_contain_text(f"东广场 {language}")
    good(page)
    go_on(page, "plan/")
    expect(page.locator("table").first).to_be_visible(timeout=WORKED_OFF)
    good(page)
    go_on(page, "staff/")
    page.locator(".l-posts li", has_text="coordinator").locator("select").select_option(index=1)
    go_on(page, "notice/")
    text = page.locator("textarea[name=zh]")
    text.fill(text.input_value() + "\n下雨照常。")
    page.locator(".l-action .btn-primary").click()
    page.wait_for_url(re.compile(r"/rounds/drafts/[^/]+/$"))
    good(page)
    expect(page.locator("h1 .figure")).to_have_text(reached)
    paper = page.url + "notice/paper/"
    page.locator("button[form=open]").click()
    page.wait_for_url(re.compile(r"/rounds/[0-9a-f-]{36}/$"), timeout=WORKED_OFF)
    expect(page.locator(".l-where, h1").first).to_be_visible()
    good(page)
    page.goto(paper)
    expect(page.locator(".l-notice").first).to_contain_text("下雨照常。")
    expect(page.locator("table tbody tr")).not_to_have_count(0)
    good(page)


def test_a_draft_is_left_and_found_again_goes_back_and_is_discarded(look: Look, site: Site):
    page = look(NEW)
    begin(page, "放着的一轮")
    go_on(page, "targets/")
    page.go_back()
    page.wait_for_url("**/scope/")
    again = look(f"/c/{COMMUNITY}/", language="en")
    again.get_by_role("link", name=re.compile("放着的一轮")).click()
    expect(again.locator("h1")).to_contain_text("cannot be opened yet")
    good(again)
    again.locator("main details summary").last.click()
    again.get_by_role("button", name="Discard it").click()
    again.wait_for_url("**/rounds/")
    expect(again.get_by_role("link", name=re.compile("放着的一轮"))).to_have_count(0)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_every_step_fits_its_screen_and_has_no_barrier(look: Look, site: Site, language: str, viewport: dict[str, int]):
    page = look(NEW, language=language, viewport=viewport)
    begin(page, f"看一看 {language} {viewport['width']}")
    draft = page.url.removesuffix("scope/")
    for step in ("what/", "targets/", "sites/", "plan/", "staff/", "notice/", "", "notice/paper/", "staff/paper/"):
        page.goto(draft + step)
        good(page)
        if viewport is DESK:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert not overflows(page), step
    page.goto(draft)
    page.locator("main details summary").last.click()
    page.locator("form[action$='discard/'] button").click()
    page.wait_for_url("**/rounds/")
