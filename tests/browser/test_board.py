import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNITY, DESK, PHONE, Look, Site, barriers, overflows

PAGES = {
    "board": "/rounds/{half}/",
    "compound": "/rounds/{half}/compounds/{compound}/",
    "outstanding": "/rounds/{half}/targets/?outcome=open",
    "missing": "/rounds/{half}/missing/",
    "missing for one reason": "/rounds/{half}/missing/?kind=came_untested",
    "door": "/rounds/{half}/doors/{door}/",
    "file of the compound": "/compounds/{compound}/",
    "close": "/rounds/{half}/close/",
    "closed": "/rounds/{done}/",
    "report": "/rounds/{done}/report/",
    "rounds": f"/c/{COMMUNITY}/rounds/",
}
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
each_language = pytest.mark.parametrize("language", ["zh-hans", "en"])
PAPER = {"width": 662, "height": 998}
"""A4 within its margins, in CSS pixels."""
each_screen = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])


@each_page
@each_language
@each_screen
def test_page_fits_its_screen_and_has_no_barrier(look: Look, site: Site, path: str, language: str, viewport):
    page = look(path.format(**site.ids), language=language, viewport=viewport)
    assert not overflows(page)
    assert barriers(page) == []
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == language


@each_page
def test_page_still_fits_with_doubled_text(look: Look, site: Site, path: str):
    page = look(path.format(**site.ids), viewport=DESK)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not overflows(page)


def settled(page: Page) -> int:
    return int(page.locator(".l-figure--done .l-figure__number").inner_text())


def test_board_moves_when_facts_come_in_and_keeps_what_is_open(look: Look, site: Site):
    page = look(PAGES["board"].format(**site.ids), viewport=DESK)
    before = settled(page)
    page.locator("#board details summary").first.click()
    assert site.script("one_more_specimen.py", COMMUNITY=str(COMMUNITY), ROUND=site.ids["half"])["answer"] == "stored"
    expect(page.locator(".l-figure--done .l-figure__number")).to_have_text(str(before + 1), timeout=15_000)
    assert page.locator("#board details").first.get_attribute("open") is not None


def test_unchanged_board_is_asked_for_and_answered_without_content(look: Look, site: Site):
    page = look(PAGES["board"].format(**site.ids))
    with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 304, timeout=20_000):
        pass


def test_every_figure_of_the_board_is_a_door(look: Look, site: Site):
    page = look(PAGES["board"].format(**site.ids))
    count = page.locator("a.l-figure").count()
    assert count == 5
    for number in range(count):
        figure = page.locator("a.l-figure").nth(number)
        shown = figure.locator(".l-figure__number").inner_text()
        figure.click()
        assert shown in page.locator("h1").inner_text() or shown == "0"
        page.go_back()


def test_door_is_reached_by_keyboard_alone(look: Look, site: Site):
    page = look(PAGES["compound"].format(**site.ids), viewport=DESK)
    for _ in range(60):
        page.keyboard.press("Tab")
        if "door" in (page.evaluate("document.activeElement.className") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/doors/**")


def test_drill_says_so_in_both_languages(look: Look, site: Site):
    page = look(PAGES["board"].format(**site.ids))
    assert page.locator(".l-drill").inner_text() == "演练，不产生实际效力 · Drill, no live effect"


@each_language
def test_printed_report_keeps_its_columns_and_leaves_navigation_on_the_screen(look: Look, site: Site, language: str):
    page = look(PAGES["report"].format(**site.ids), language=language, viewport=PAPER)
    page.emulate_media(media="print")
    for left_out in (".l-menu", ".l-action", ".l-crumbs", ".l-foot", ".l-network"):
        assert page.locator(left_out).filter(visible=True).count() == 0
    heads = page.locator("thead")
    assert (
        heads.evaluate_all("all => all.map(each => getComputedStyle(each).display)")
        == ["table-header-group"] * heads.count()
    )
    assert page.locator("tbody th, tbody td").first.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    expect(page.locator(".l-sign")).to_be_visible()
    assert not overflows(page)
