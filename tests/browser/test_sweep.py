"""A sweep team at its doors in a real browser: list, door, what was found, taken back, somebody new, tested at home."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, Site, good

SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture(scope="module", autouse=True)
def swept(site: Site) -> None:
    site.ids |= site.script("swept_round.py", COMMUNITY=str(COMMUNITY))


@pytest.fixture
def path(site: Site) -> str:
    return f"/rounds/{site.ids['swept']}/"


@SIZES
@LANGUAGES
def test_a_team_goes_from_door_to_door(look: Look, site: Site, path: str, language: str, viewport: dict[str, int]):
    page = look(path + "sweep/", role="sweeper", language=language, viewport=viewport)
    good(page)
    page.locator(".l-choice").first.click()
    good(page)
    listed = page.url
    door = page.locator("#phase-next + ol .sweep__door").first
    where = str(door.get_attribute("href"))
    door.click()
    good(page)
    page.locator("button[value=not_found]").click()
    expect(page).to_have_url(listed)
    expect(page.locator("#phase-again")).to_be_visible()
    good(page)
    page.goto(site.url + where)
    good(page)
    page.locator("button[value=cannot_come]").click()
    expect(page.locator("#phase-medic")).to_be_visible()
    page.locator(".l-message--success form button").click()
    expect(page).to_have_url(re.compile(re.escape(where)))
    good(page)
    page.locator("a[href$='/help/']").click()
    good(page)
    page.locator("[name=kind][value=medicine]").check()
    page.locator(".l-action button").click()
    expect(page).to_have_url(re.compile(re.escape(where)))
    page.locator("a[href$='/newcomer/']").click()
    good(page)
    page.fill("[name=name]", f"邹新{language[:2]}{viewport['width']}")
    page.locator(".l-action button").click()
    expect(page.locator(".household__name", has_text="邹新").first).to_be_visible()
    page.locator("button[value=done]").click()
    expect(page).to_have_url(listed)
    good(page)


@SIZES
@LANGUAGES
def test_who_cannot_come_is_tested_at_home(look: Look, site: Site, path: str, language: str, viewport: dict[str, int]):
    page = look(f"{path}sweep/{site.ids['team']}/", role="sweeper", language=language, viewport=viewport)
    page.locator("#phase-next + ol .sweep__door").last.click()
    page.locator("button[value=cannot_come]").click()
    medic = look(path + "home-sampling/", role="desk_clerk", language=language, viewport=viewport)
    good(medic)
    medic.locator("input[name=person]").first.check()
    medic.locator(".l-action button[type=submit]").click()
    expect(medic.locator(".l-message").first).to_be_visible()
    good(medic)


@SIZES
@LANGUAGES
def test_doors_are_shared_out_again(look: Look, path: str, language: str, viewport: dict[str, int]):
    page = look(path + "sweep/", language=language, viewport=viewport)
    good(page)
    page.locator("a[href$='/sweep/share/']").click()
    good(page)
    page.fill("[name=teams]", "1")
    page.locator(".l-action button").click()
    expect(page.locator(".l-choice").first).to_be_visible()


@SIZES
@LANGUAGES
def test_a_door_list_is_printed_and_typed_in(
    look: Look, site: Site, path: str, language: str, viewport: dict[str, int]
):
    page = look(f"{path}sweep/{site.ids['team']}/", role="sweeper", language=language, viewport=viewport)
    page.locator("form[action$='/print/'] button").click()
    good(page)
    page.locator(".l-action a[href$='/typed/']").click()
    page.locator("[name=line-2]").fill("2")
    good(page)
    page.locator(".l-action button[type=submit]").click()
    expect(page.locator(".l-message--success").first).to_be_visible()
