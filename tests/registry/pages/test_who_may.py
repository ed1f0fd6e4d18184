"""Who may open which page: success and refusal side by side, and a stranger sees nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from linli.core.ids import uuid7
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Building
from linli.registry.models import LedgerImport
from tests.conftest import BALICHA, FAR_AWAY
from tests.registry.office import person_named
from tests.registry.pages.conftest import LEDGER, SEARCH, Sign, page, text_of

pytestmark = pytest.mark.django_db
Act = Callable[..., LedgerImport]
DISTRICT = 421303000000


@pytest.fixture
def pages(taken_in: Act) -> dict[str, str]:
    one, person = taken_in(), person_named("李娜")
    with scope_of(((BALICHA, BALICHA + 1),)):
        dwelling = person.residencies.get().household.dwelling
        building = Building.objects.get(name="1")
    return {
        "ledger": LEDGER,
        "search": SEARCH,
        "result": page(one),
        "person": f"/persons/{person.pk}/",
        "edit": f"/persons/{person.pk}/edit/",
        "dwelling": f"/dwellings/{dwelling.pk}/",
        "building": f"/buildings/{building.pk}/",
    }


EVERYTHING = {"ledger", "search", "result", "person", "edit", "dwelling", "building"}
MAY_OPEN = {
    (Role.COORDINATOR, BALICHA): EVERYTHING,
    (Role.COORDINATOR, DISTRICT): EVERYTHING,
    (Role.GRID_WORKER, BALICHA): {"search", "person", "edit", "dwelling", "building"},
    (Role.DESK_CLERK, BALICHA): {"search", "person", "dwelling", "building"},
    (Role.SWEEPER, BALICHA): {"search", "person", "dwelling", "building"},
    (Role.COMMAND, DISTRICT): {"building"},
}


@pytest.mark.parametrize("who", MAY_OPEN, ids=lambda who: f"{who[0]}@{who[1]}")
def test_each_role_opens_its_pages_and_no_others(signed_in: Sign, pages: dict[str, str], who: tuple[Role, int]) -> None:
    browser = signed_in(*who)
    opened = {name: browser.get(url).status_code for name, url in pages.items()}
    assert {name for name, status in opened.items() if status == 200} == MAY_OPEN[who]
    assert {status for name, status in opened.items() if name not in MAY_OPEN[who]} <= {403}


def test_a_stranger_is_told_what_somebody_asking_for_nothing_is_told(
    stranger_office: Client, pages: dict[str, str]
) -> None:
    for name, url in pages.items():
        parts = url.strip("/").split("/")
        nowhere = f"/{parts[0]}/{990909909909 if parts[0] == 'c' else uuid7()}/{'/'.join(parts[2:])}".rstrip("/") + "/"
        theirs, nobodys = stranger_office.get(url), stranger_office.get(nowhere)
        assert (theirs.status_code, nobodys.status_code) == (404, 404), name
        assert same(theirs, url) == same(nobodys, nowhere), name


def same(answer: Any, url: str) -> str:
    text = text_of(answer).replace(url, "URL")
    return "".join(line for line in text.splitlines() if "csrf" not in line.lower())


def test_a_stranger_changes_nothing_by_posting(stranger_office: Client, pages: dict[str, str]) -> None:
    person = pages["person"]
    told = {"name": "别人", "version": "0", "residency_kind": "resident", "reason": "call", "format": "csv"}
    for url in (f"{person}edit/", f"{person}unmask/", f"{pages['result']}undo/", f"{LEDGER}export/", LEDGER):
        assert stranger_office.post(url, told).status_code == 404
    assert person_named("李娜").name == "李娜"


@pytest.mark.parametrize("role", [Role.SAMPLER, Role.DESK_CLERK, Role.SWEEPER])
def test_numbers_stay_masked_for_who_may_only_search(signed_in: Sign, pages: dict[str, str], role: Role) -> None:
    browser = signed_in(role)
    shown = text_of(browser.get(pages["person"]))
    assert "139****0002" in shown
    assert "unmask" not in shown
    assert "/edit/" not in shown
    assert browser.post(f"{pages['person']}unmask/", {"reason": "call"}).status_code == 403


def test_doors_of_a_building_do_not_open_for_the_command_post(signed_in: Sign, pages: dict[str, str]) -> None:
    shown = text_of(signed_in(Role.COMMAND, DISTRICT).get(pages["building"]))
    assert "door--lived-in" in shown
    assert "/dwellings/" not in shown
    assert "李娜" not in shown


def test_export_needs_its_right(signed_in: Sign, office: Client, pages: dict[str, str]) -> None:
    assert "李娜" in text_of(office.post(f"{LEDGER}export/", {"format": "json"}))
    assert signed_in(Role.GRID_WORKER).post(f"{LEDGER}export/", {"format": "json"}).status_code == 403


def test_nobody_signed_in_is_sent_to_sign_in(client: Client, pages: dict[str, str]) -> None:
    assert {client.get(url).status_code for url in pages.values()} == {302}


def test_pages_are_never_kept_by_a_browser(office: Client, pages: dict[str, str]) -> None:
    assert all("no-store" in office.get(url).headers["Cache-Control"] for url in pages.values())


def test_two_communities_do_not_mix_in_search(signed_in: Sign, pages: dict[str, str]) -> None:
    assert "没有找到" in text_of(signed_in(Role.COORDINATOR, FAR_AWAY).get(f"/c/{FAR_AWAY}/search/", {"q": "李娜"}))
