import pytest

from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_building, access_dwelling
from linli.places.addresses import Address, Wanted, address_key, wanted
from linli.places.models import Building, Dwelling, Unit
from linli.places.selectors import grid_coverage, venues
from linli.places.services import add_dwellings, add_grid, add_venue, set_grid_parts
from tests.conftest import BALICHA

DOORS = [Address("明珠华府", building, unit, "101") for building, unit in (("1", "1"), ("1", "2"), ("2", ""))]


@pytest.fixture
def doors(coordinator: Actor, community: int) -> dict[Address, object]:
    return dict(add_dwellings(coordinator, BALICHA, {door: {} for door in DOORS}).ids)


def test_makes_doors_once(coordinator: Actor, doors: dict[Address, object]):
    again = add_dwellings(coordinator, BALICHA, {door: {} for door in (*DOORS, DOORS[2]._replace(room="102"))})
    assert len(again.made) == 1
    assert {address: again.ids[address] for address in DOORS} == doors
    with scoped(coordinator, Right.PLACES_READ):
        assert (Building.objects.count(), Unit.objects.count(), Dwelling.objects.count()) == (2, 3, 4)


def test_finds_doors_outside_grids_and_in_two(coordinator: Actor, doors: dict[Address, object]):
    with scoped(coordinator, Right.PLACES_READ):
        first, second = Building.objects.order_by("name").values_list("id", flat=True)
        stairs = Unit.objects.get(building=first, name="2").id
    assert len(grid_coverage(coordinator, BALICHA).outside) == 3
    set_grid_parts(coordinator, add_grid(coordinator, BALICHA, 1, "第一网格").id, [first])
    set_grid_parts(coordinator, add_grid(coordinator, BALICHA, 2, "第二网格").id, [], [stairs])
    coverage = grid_coverage(coordinator, BALICHA)
    assert [address for _id, address in coverage.outside] == [DOORS[2]]
    assert [address for _id, address in coverage.in_several] == [DOORS[1]]
    set_grid_parts(coordinator, add_grid(coordinator, BALICHA, 2, "第二网格").id, [second])
    assert grid_coverage(coordinator, BALICHA).is_complete


def test_place_of_another_community_is_not_found(
    coordinator: Actor, stranger: Actor, command_post: Actor, doors: dict[Address, object]
):
    with scoped(coordinator, Right.PLACES_READ):
        dwelling, building = Dwelling.objects.all()[0], Building.objects.all()[0]
        assert access_dwelling(coordinator, dwelling.id).room == "101"
    with scoped(stranger, Right.PLACES_READ), pytest.raises(NotFound):
        access_building(stranger, building.id)
    with scoped(command_post, Right.PLACES_READ), pytest.raises(NotFound):
        access_building(command_post, building.id, right=Right.PLACES_WRITE)


def test_venue_is_kept_once_by_name(coordinator: Actor, stranger: Actor, nobody: Actor, community: int):
    add_venue(coordinator, BALICHA, "中心广场")
    add_venue(coordinator, BALICHA, "中心广场", desks_at_most=6)
    assert [(venue.name, venue.desks_at_most) for venue in venues(coordinator, BALICHA)] == [("中心广场", 6)]
    with pytest.raises(NotFound):
        add_venue(stranger, BALICHA, "广场")
    with pytest.raises(Refused):
        add_venue(nobody, BALICHA, "广场")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("3栋2单元501室", Wanted("", "3", "2", "501")),
        ("三栋二单元501", Wanted("", "3", "2", "501")),
        ("3#-2-501", Wanted("", "3", "2", "501")),
        ("3-2-501", Wanted("", "3", "2", "501")),
        ("明珠华府3号楼2单元501", Wanted("明珠华府", "3", "2", "501")),
        ("八里岔小区十二栋", Wanted("八里岔小区", "12")),
        ("明珠华府3-501", Wanted("明珠华府", "3", "", "501")),
        ("A座1201", Wanted("", "A", "", "1201")),
        ("３栋", Wanted("", "3")),
        ("501", Wanted("", "", "", "501")),
        ("李四", None),
    ],
)
def test_reads_an_address_in_any_usual_form(query: str, found: Wanted | None):
    assert wanted(query) == found


def test_sorts_doors_as_an_office_lists_them():
    rooms = ["1001", "201", "A1"]
    assert sorted(rooms, key=lambda room: address_key(Address("甲", "1", "1", room))) == ["201", "1001", "A1"]
