from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scope_of, scoped
from linli.places.models import Building
from linli.registry.selectors.doors import buildings, community_figures, facade
from linli.registry.selectors.imports import import_details, ledger_imports
from linli.registry.selectors.search import search_persons
from linli.registry.services import lookup
from linli.registry.services.lookup import look_up
from tests.conftest import BALICHA
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import LI, ZHANG

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def register(take_in: Import) -> None:
    take_in()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("张", ["张伟"]),
        ("陈", ["陈强", "陈静"]),
        (ZHANG[7], ["张伟"]),
        (LI[7][:6] + " " + LI[7][6:14] + " " + LI[7][14:].lower(), ["李娜"]),
        (LI[7][-4:], ["李娜"]),
        ("13900000003", ["王芳"]),
        ("+86 139-0000-0003", ["王芳"]),
        ("0003", ["王芳"]),
        ("1栋1单元101室", ["张伟", "李娜"]),
        ("1-1-101", ["张伟", "李娜"]),
        ("明珠华府一栋102", ["王芳"]),
        ("2栋", ["陈强", "陈静"]),
        ("101", ["张伟", "李娜"]),
        ("明珠", ["张伟", "李娜", "王芳", "陈强", "陈静"]),
        ("没有这个人", []),
        ("%", []),
        ("  ", []),
    ],
)
def test_finds_people_by_whatever_was_typed(coordinator: Actor, query: str, names: list[str]):
    assert sorted(person.name for person in search_persons(coordinator, query, BALICHA)) == sorted(names)
    assert sorted(person.name for person in search_persons(coordinator, query)) == sorted(names)


def test_shows_numbers_masked(coordinator: Actor):
    [person] = search_persons(coordinator, "张伟")
    assert person.id_number == f"4****************{ZHANG[7][-1]}"
    assert person.phones == ("139****0001",)
    assert person.address == ("明珠华府", "1", "1", "101")


def test_search_sees_nothing_of_another_community(stranger: Actor, command_post: Actor):
    assert search_persons(stranger, "张伟") == []
    with pytest.raises(NotFound):
        search_persons(stranger, "张伟", BALICHA)


@pytest.mark.parametrize("query", [ZHANG[7], ZHANG[7][-4:], "13900000001", "139-0000-0001", "421303199001011111"])
def test_search_by_a_number_is_on_record_without_the_number(desk_clerk: Actor, query: str):
    found = look_up(desk_clerk, query, BALICHA)
    with scope_of(((BALICHA, BALICHA + 1),)):
        entry = AuditEntry.objects.get(action="number_searched")
        detail = audit.details_of([entry])[0]
    assert (entry.actor, detail["after"]) == (desk_clerk.name, {"found": found.count})
    assert entry.object_id == (found.people[0].id if found.people else None)
    assert query not in str(detail)


def test_search_by_a_name_or_address_is_not_counted(desk_clerk: Actor):
    for query in ("张", "1-1-101", "明珠华府一栋102", ""):
        look_up(desk_clerk, query, BALICHA)
    with scope_of(((BALICHA, BALICHA + 1),)):
        assert not AuditEntry.objects.filter(action="number_searched").exists()


def test_nobody_guesses_numbers_without_end(desk_clerk: Actor, coordinator: Actor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lookup, "MOST_AN_HOUR", 2)
    for tail in ("0001", "0002"):
        look_up(desk_clerk, tail, BALICHA)
    with answers("too_many_numbers"):
        look_up(desk_clerk, "0003", BALICHA)
    assert look_up(desk_clerk, "张伟", BALICHA).count == 1
    assert look_up(coordinator, "0003", BALICHA).count == 1
    with clock.frozen(clock.now() + timedelta(hours=1, minutes=1)):
        assert look_up(desk_clerk, "0003", BALICHA).count == 1


def test_number_of_queries_does_not_grow_with_the_people_found(coordinator: Actor):
    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            search_persons(coordinator, text, BALICHA)
        return len(seen)

    assert queries("张伟") == queries("明珠")


def test_facade_shows_each_door_with_how_many_live_there(coordinator: Actor, command_post: Actor):
    with scoped(coordinator, Right.PLACES_READ):
        building = Building.objects.get(name="1")
    seen = facade(command_post, building.id)
    assert (seen.compound, seen.building, seen.units) == ("明珠华府", "1", ("1",))
    assert [(door.floor, door.room, door.occupants) for door in seen.doors] == [(1, "101", 2), (1, "102", 1)]


def test_lists_buildings_and_figures(coordinator: Actor):
    assert [(one.building, one.dwellings, one.vacant, one.persons) for one in buildings(coordinator, BALICHA)] == [
        ("1", 2, 0, 3), ("2", 2, 1, 2),
    ]  # fmt: skip
    figures = community_figures(coordinator, BALICHA)
    assert (figures.persons, figures.households, figures.dwellings, figures.vacant, figures.away) == (5, 3, 4, 1, 1)
    assert figures.flags == {"id_check_digit": 1, "id_missing": 1}


def test_import_can_be_looked_at_afterwards(coordinator: Actor, stranger: Actor):
    [imported] = ledger_imports(coordinator, BALICHA)
    details = import_details(coordinator, imported.id)
    fields = {column["header"]: column["field"] for column in details["sheets"][0]["columns"]}
    assert fields["身份证号码"] == "id_number"
    assert {flag["name"] for flag in details["flags"]} == {"陈静", "陈强"}
    with pytest.raises(NotFound):
        import_details(stranger, imported.id)
