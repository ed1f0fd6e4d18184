"""The landlord of a dwelling, entered and corrected on its page."""

from collections.abc import Callable

import pytest
from django.test import Client

from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Dwelling
from linli.registry.models import LedgerImport
from tests.conftest import BALICHA
from tests.registry.pages.conftest import Sign, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(taken_in: Callable[..., LedgerImport]) -> str:
    """The page of the dwelling that Zhao lets."""
    taken_in()
    return page_of("102")


def page_of(room: str) -> str:
    with scope_of(((BALICHA, BALICHA + 1),)):
        return f"/dwellings/{Dwelling.objects.get(room=room).pk}/"


def save(office: Client, door: str, **words: str) -> str:
    form = office.get(f"{door}landlord/").context["form"]
    told = {"name": form["name"].value(), "version": form["version"].value(), "phones": "", **words}
    return text_of(office.post(f"{door}landlord/", told, follow=True))


def test_landlord_is_corrected_and_the_history_says_so(office: Client, door: str):
    assert f'href="{door}landlord/"' in text_of(office.get(door))
    text = save(office, door, name="钱七", phones="13800001111")
    assert "钱七" in text
    assert "138****1111" in text
    assert "13800001111" not in text
    assert "修改：房东姓名、房东电话" in text.replace(", ", "、").replace(": ", "：")


def test_phones_stay_when_the_box_is_left_empty(office: Client, door: str):
    form = text_of(office.get(f"{door}landlord/"))
    assert "137****0009" in form
    assert "13700000009" not in form
    assert "137****0009" in save(office, door, name="赵老六")


def test_landlord_is_removed(office: Client, door: str):
    assert "赵六" not in save(office, door, removed="on")
    assert "登记房东" in text_of(office.get(door))


def test_dwelling_without_a_landlord_gets_one(office: Client, door: str):
    empty = page_of("101")
    assert "removed" not in office.get(f"{empty}landlord/").context["form"].fields
    assert "孙八" in save(office, empty, name="孙八")


@pytest.mark.parametrize("words", [{"phones": "not a phone"}, {"name": "长" * 61}])
def test_what_cannot_be_is_said_in_the_form(office: Client, door: str, words: dict[str, str]):
    assert "l-field--wrong" in save(office, door, **words)
    assert "赵六" in text_of(office.get(door))


def test_a_page_that_was_open_for_a_while_overwrites_nothing(office: Client, door: str):
    stale = office.get(f"{door}landlord/").context["form"]["version"].value()
    save(office, door, name="钱七")
    assert office.post(f"{door}landlord/", {"name": "孙八", "version": stale}).status_code == 409
    assert "钱七" in text_of(office.get(door))


def test_who_may_not_edit_sees_the_landlord_and_no_form(signed_in: Sign, door: str):
    sweeper = signed_in(Role.SWEEPER)
    text = text_of(sweeper.get(door))
    assert "赵六" in text
    assert "landlord/" not in text
    assert sweeper.get(f"{door}landlord/").status_code == 403
