"""A household reports about itself by the link of its slip; the office compares and takes over what it ticks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import COMMUNITY, DESK, LANGUAGES, PHONE, Look, Site, good


@pytest.fixture(scope="module")
def homes(site: Site) -> list[str]:
    """Return the codes of four slips, one for each screen and language."""
    return list(site.script("slips_of_homes.py", COMMUNITY=str(COMMUNITY)).values())


@pytest.fixture
def at_home(site: Site, chromium: Browser, language: str, viewport: dict[str, int]) -> Iterator[Page]:
    """Return the browser of somebody who has no account."""
    context = chromium.new_context(viewport=viewport, locale=LANGUAGES[language])  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_household_reports_and_the_office_takes_it_over(
    look: Look, site: Site, homes: list[str], at_home: Page, language: str, viewport: dict[str, int]
):
    number = ["zh-hans", "en"].index(language) * 2 + [PHONE, DESK].index(viewport)
    at_home.goto(f"{site.url}/tell/{COMMUNITY}/{homes[number]}/")
    good(at_home)
    at_home.fill("[name=person-0-name]", f"钟新{'甲乙丙丁'[number]}")
    at_home.fill("[name=person-0-phones]", "139 0000 12")
    at_home.locator("button[value=more]").click()
    at_home.fill("[name=person-1-name]", f"钟小{'甲乙丙丁'[number]}")
    at_home.check("[name=person-1-is_unwell]")
    at_home.check("[name=agreed]")
    at_home.locator("button[value=send]").click()
    expect(at_home.locator("[name=person-0-phones][aria-invalid=true]")).to_be_visible()
    good(at_home)
    at_home.fill("[name=person-0-phones]", "13900001234")
    at_home.locator("button[value=send]").click()
    receipt = at_home.locator("h1 .figure").inner_text()
    good(at_home)
    page = look(f"/c/{COMMUNITY}/self-reports/", language=language, viewport=viewport)
    good(page)
    page.locator("tr", has_text=receipt).locator("a").click()
    expect(page.locator("input[name=line]")).to_have_count(2)
    good(page)
    page.locator("input[name=line]").nth(1).uncheck()
    page.locator(".l-action button[form=confirm]").click()
    expect(page.locator(".l-message--success")).to_be_visible()
    good(page)


def test_a_link_that_is_no_more_valid_says_so(site: Site, chromium: Browser, homes: list[str]):
    page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
    answered = page.goto(f"{site.url}/tell/{COMMUNITY}/{homes[0][::-1]}/")
    assert answered is not None
    assert answered.status in (404, 410, 422)
    good(page)
    page.close()
