import pytest
from playwright.sync_api import expect

from tests.browser.conftest import COMMUNITY, DESK, NAME, PHONE, ROLES, Look, barriers, overflows


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_home_fits_each_role_and_has_no_barrier(look: Look, role: str, language: str, viewport):
    page = look("/", role=role, language=language, viewport=viewport)
    assert not overflows(page)
    assert barriers(page) == []
    assert NAME in page.locator("h1").inner_text()


@pytest.mark.parametrize("path", [f"/c/{COMMUNITY}/", f"/c/{COMMUNITY}/rounds/new/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_community_pages_fit_and_have_no_barrier(look: Look, path: str, language: str, viewport):
    page = look(path, language=language, viewport=viewport)
    assert not overflows(page)
    assert barriers(page) == []


def test_language_is_changed_and_stays(look: Look):
    page = look("/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Community", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
