"""A sampling desk in a real browser: found, registered, taken back, by finger, keyboard, scanner and camera."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHROMIUM, COMMUNITY, DESK, PHONE, Look, Site, good

WIDTH, HEIGHT, MODULE = 640, 480, 12
SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])
CLERK = "desk_clerk"


@pytest.fixture(scope="module", autouse=True)
def live_round(site: Site) -> None:
    """A live round with one site and slips for everybody."""
    site.ids |= site.script("desk_round.py", COMMUNITY=str(COMMUNITY))


@pytest.fixture
def round_path(site: Site) -> str:
    return f"/rounds/{site.ids['live']}/"


def sit_down(page: Page, number: int = 2) -> None:
    page.locator(f"button[name=desk][value='{number}']").click()
    page.wait_for_url("**/desk/")


def opened(page: Page, words: str) -> None:
    """Find a household as a scanner does: by typing and Enter, wherever the cursor is."""
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("[data-household]")).to_be_visible()


@SIZES
@LANGUAGES
def test_the_whole_way_from_home_to_a_registered_household(
    look: Look, site: Site, language: str, viewport: dict[str, int]
):
    number = ["zh-hans", "en"].index(language) * 2 + [PHONE, DESK].index(viewport)
    page = look("/", role=CLERK, language=language, viewport=viewport)
    page.locator("a.l-big[href$='/desk/']").click()
    page.wait_for_url(f"**/rounds/{site.ids['live']}/*/")
    page.goto(site.url + f"/rounds/{site.ids['live']}/sites/")
    good(page)
    sit_down(page)
    good(page)
    expect(page.locator("#desk-q")).to_be_focused()
    page.locator("#desk-q").fill(site.ids[f"door{number}"].split("-")[-1])
    page.locator("[data-desk-search] button[type=submit]").click()
    expect(page.locator("[data-desk-choice]").first).to_be_visible()
    good(page)
    page.locator("#desk-q").fill(site.ids[f"slip{number}"])
    page.keyboard.press("Enter")
    button = page.locator("[data-household-done]")
    expect(button).to_be_focused()
    expect(page.locator("[data-household-count]")).to_have_text("4")
    good(page)
    page.locator(".household__one").nth(1).click()
    expect(page.locator("[data-household-count]")).to_have_text("3")
    button.click()
    expect(page.locator("[data-desk-registered] h2")).to_contain_text("3")
    good(page)
    page.locator("[data-desk-registered] button").click()
    expect(page.locator("[data-household-count]")).to_have_text("4")
    good(page)


@SIZES
@LANGUAGES
@pytest.mark.parametrize("path", ["sites/", "desk/newcomer/", "venue/"])
def test_the_other_pages_fit_and_have_no_barrier(
    look: Look, round_path: str, path: str, language: str, viewport: dict[str, int]
):
    page = look(round_path + path, role=CLERK, language=language, viewport=viewport)
    good(page)
    expect(page.locator("h1")).to_have_count(1)


@SIZES
@LANGUAGES
def test_slips_are_chosen_and_shown(look: Look, site: Site, language: str, viewport: dict[str, int]):
    page = look(f"/c/{COMMUNITY}/slips/", language=language, viewport=viewport)
    good(page)
    page.locator(f"a[href='/compounds/{site.ids['slipped']}/slips/']").click()
    expect(page.locator(".slip").first).to_be_visible()
    good(page)


def test_the_next_scan_never_presses_the_button_of_the_household_before(look: Look, site: Site, round_path: str):
    page = look(round_path + "sites/", role=CLERK, viewport=DESK)
    sit_down(page)
    opened(page, site.ids["slip4"])
    expect(page.locator("[data-household-done]")).to_be_focused()
    page.keyboard.type(site.ids["slip5"])
    page.keyboard.press("Enter")
    expect(page.locator(".household h2")).to_contain_text(site.ids["door5"])
    page.goto(site.url + round_path + "desk/")
    opened(page, site.ids["slip4"])
    expect(page.locator("[data-household-count]")).to_have_text("4")


def test_a_household_that_loads_the_page_anew_is_ready_for_the_next_press(look: Look, site: Site, round_path: str):
    page = look(round_path + "sites/", role=CLERK, viewport=DESK)
    sit_down(page)
    page.locator("#desk-q").fill(site.ids["slip4"])
    with page.expect_navigation():  # as when Enter comes before the script is ready
        page.locator("[data-desk-search]").evaluate("form => form.submit()")
    expect(page.locator("[data-household-done]")).to_be_focused()


def test_a_desk_is_worked_with_the_keyboard_alone(look: Look, site: Site, round_path: str):
    page = look(round_path + "sites/", role=CLERK, viewport=DESK)
    sit_down(page)
    page.keyboard.type(site.ids["door6"].split("-")[-1])
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-choice]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("[data-household-done]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(page.locator("input[name=person]").last).not_to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-registered]")).to_be_visible()
    expect(page.locator("#desk-q")).to_be_focused()


def test_a_press_without_network_is_said_and_sent_again_once(look: Look, site: Site, round_path: str):
    page = look(round_path + "sites/", role=CLERK).context.new_page()  # one that may complain of its network
    page.goto(site.url + round_path + "sites/")
    sit_down(page)
    opened(page, site.ids["slip7"])
    page.context.route("**/desk/register/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator("[data-household-done]").click()
    expect(page.locator("[data-desk-unsent]")).to_be_visible()
    page.context.unroute("**/desk/register/")
    page.locator("[data-household-done]").click()
    expect(page.locator("[data-desk-registered]")).to_be_visible()
    expect(page.locator("[data-desk-unsent]")).to_be_hidden()


def test_unchanged_venue_screen_is_asked_for_and_answered_without_content(look: Look, round_path: str):
    page = look(round_path + "venue/", role="command", viewport=DESK)
    with page.expect_response(lambda answer: "/venue/live/" in answer.url and answer.status in (200, 304)):
        pass


def film(code: str, to: Path) -> None:
    """Write a film of a slip that lies before a camera, grey on white."""
    luma = [bytearray(b"\xf0" * WIDTH) for _ in range(HEIGHT)]
    picture = [list(row) for row in segno.make_qr(code, error="m", boost_error=False).matrix]
    left, top = (WIDTH - MODULE * len(picture)) // 2, (HEIGHT - MODULE * len(picture)) // 2
    for y, row in enumerate(picture):
        for x, is_dark in enumerate(row):
            for line in luma[top + MODULE * y : top + MODULE * (y + 1)] if is_dark else ():
                line[left + MODULE * x : left + MODULE * (x + 1)] = b"\x20" * MODULE
    frame = b"FRAME\n" + b"".join(luma) + b"\x80" * (WIDTH * HEIGHT // 2)
    to.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 4)


@pytest.fixture
def camera_page(site: Site, look: Look, chromium: Browser, round_path: str, tmp_path: Path) -> Iterator[Page]:
    """The desk in a Chromium whose camera looks at the slip of a household of four."""
    sit_down(look(round_path + "sites/", role=CLERK))
    film(site.ids["slip8"], tmp_path / "slip.y4m")
    camera = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={tmp_path / 'slip.y4m'}")
    program = os.environ.get("LINLI_CHROMIUM") or shutil.which("chromium")
    browser = chromium.browser_type.launch(executable_path=program, args=[*CHROMIUM, *camera])
    context = browser.new_context(viewport=PHONE, storage_state=site.states[CLERK], locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}{round_path}desk/")
    yield page
    browser.close()


def test_a_slip_before_the_camera_opens_its_household(camera_page: Page, site: Site):
    camera_page.context.grant_permissions(["camera"], origin=site.url)
    camera_page.locator("[data-scan]").click()
    expect(camera_page.locator(".household h2")).to_contain_text(site.ids["door8"], timeout=30_000)
    expect(camera_page.locator("[data-scanner]")).to_be_hidden()
    camera_page.locator("[data-household-done]").click()
    expect(camera_page.locator("[data-desk-registered]")).to_be_visible()
    expect(camera_page.locator("[data-scanner] video")).to_be_visible()
    expect(camera_page.locator("[data-desk-registered]")).to_be_visible()


def test_a_refused_camera_is_said_and_the_desk_goes_on(camera_page: Page, site: Site):
    camera_page.locator("[data-scan]").click()
    expect(camera_page.locator("[data-scanner-says]")).to_contain_text("没有获得允许", timeout=30_000)
    good(camera_page)
    camera_page.locator("#desk-q").fill(site.ids["slip8"])
    camera_page.keyboard.press("Enter")
    expect(camera_page.locator("[data-household]")).to_be_visible()


def test_a_device_without_a_camera_says_so(look: Look, round_path: str):
    page = look(round_path + "sites/", role=CLERK)
    sit_down(page)
    page.context.grant_permissions(["camera"])
    page.locator("[data-scan]").click()
    expect(page.locator("[data-scanner-says]")).to_contain_text("没有可用的摄像头")
