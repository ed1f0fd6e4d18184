"""The wall from a city down to a community's board, on a phone, a desk and the screen of a command room."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, Site, barriers, overflows

COMMAND_ROOM = {"width": 1920, "height": 1080}
WALLS = {"city": "/wall/{city}/", "street": "/wall/{street}/", "chosen": "/wall/{city}/?by=late"}
each_language = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture(scope="session")
def city(site: Site) -> dict[str, str]:
    return site.script("a_city_at_work.py", COMMUNITY=str(COMMUNITY))


@pytest.mark.parametrize("path", WALLS.values(), ids=WALLS)
@pytest.mark.parametrize("viewport", [PHONE, DESK, COMMAND_ROOM], ids=["phone", "desk", "command room"])
@each_language
def test_wall_fits_its_screen_and_has_no_barrier(look: Look, city, path: str, language: str, viewport):
    page = look(path.format(**city), "finance", language, viewport)
    assert not overflows(page)
    assert barriers(page) == []
    expect(page.locator("h1")).to_have_count(1)
    if viewport is PHONE:
        heights = "links => links.map(each => each.getBoundingClientRect().height)"
        assert min(page.locator("#wall a:visible").evaluate_all(heights)) >= 44


def test_wall_is_read_from_across_the_command_room(look: Look, city):
    page = look(WALLS["city"].format(**city), "finance", viewport=COMMAND_ROOM)
    size = "each => parseFloat(getComputedStyle(each).fontSize)"
    assert page.locator(".l-figure__number").first.evaluate(size) >= 64
    assert page.locator(".l-wall__rows tbody th a").first.evaluate(size) >= 24
    box = page.locator(".l-wall__rows tbody tr").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= COMMAND_ROOM["height"]


def test_figures_lead_from_the_city_to_a_board(look: Look, city):
    page = look("/", "finance", "en", DESK)
    page.wait_for_url(f"**/wall/{city['city']}/")
    page.locator("#rows").get_by_role("link", name="江汉区").click()
    page.wait_for_url(f"**/wall/{city['district']}/")
    page.locator(f"a[href='/wall/{city['street']}/?by=outstanding']").first.click()
    expect(page.locator("#rows-title")).to_have_text("Where most people are outstanding")
    page.locator("#rows").get_by_role("link", name="前进新村社区 第三轮").click()
    page.wait_for_url("**/rounds/**")


def test_drills_are_marked_and_apart(look: Look, city):
    page = look(WALLS["street"].format(**city), "finance")
    assert page.locator(".l-wall__drills .l-drill").inner_text() == "演练，不产生实际效力 · Drill, no live effect"


def test_wall_that_has_not_changed_is_answered_without_content(look: Look, city):
    page = look(WALLS["city"].format(**city), "finance")
    with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 304, timeout=30_000):
        pass


@each_language
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_record_is_listed_opened_checked_and_exported(look: Look, language: str, viewport):
    page = look("/audit/", "coordinator", language, viewport)
    assert not overflows(page)
    assert barriers(page) == []
    with page.expect_download():
        page.locator("form[action='/audit/export/'] button").click()
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/audit/*-*/")
    assert not overflows(page)
    assert barriers(page) == []
    page.goto(page.url.split("/audit/")[0] + "/audit/")
    page.locator("form[action='/audit/check/'] button").click()
    expect(page.locator(".l-state--done").first).to_be_visible()
    assert barriers(page) == []
