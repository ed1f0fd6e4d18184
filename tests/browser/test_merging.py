"""Somebody was entered twice: found, compared, merged, made two again, and said to be two people, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, Site, good

SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@SIZES
@LANGUAGES
def test_two_entries_become_one_person_and_two_again(
    look: Look, site: Site, language: str, viewport: dict[str, int]
) -> None:
    name = f"重{language[:2]}{viewport['width']}"
    page = look(f"/dwellings/{site.ids['door']}/add/", language=language, viewport=viewport)
    for kind in ("resident", "tenant"):
        page.goto(f"{site.url}/dwellings/{site.ids['door']}/add/")
        page.fill("[name=name]", name)
        page.select_option("[name=residency_kind]", kind)
        page.locator(".l-action button").click()
        page.get_by_role("link", name=name).first.wait_for()
    page.goto(f"{site.url}/c/{COMMUNITY}/alike/")
    good(page)
    page.locator("tr", has_text=name).locator("a.btn").click()
    good(page)
    page.locator(".l-action button[form=merge]").click()
    expect(page.locator("h1")).to_contain_text(name)
    good(page)
    page.locator("form[action$='/undo/'] button").click()
    good(page)
    page.locator("a[href$='/same/']").click()
    good(page)
    page.locator("main a.l-choice", has_text=name).first.click()
    page.locator(".l-action form[action$='/two/'] button").click()
    good(page)
    expect(page.locator("tr", has_text=name)).to_have_count(0)
