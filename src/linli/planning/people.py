"""The people of a round in the one order and under the keys by which plans and drills know them.

Keys count along the doors of the community, so the same register gives the same keys in every database.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from linli.places.addresses import Address, address_key
from linli_engine.geo import Point
from linli_engine.routing import Door


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with what planning asks of its person and door."""

    target: UUID
    address: Address
    name: str
    household: UUID | None = None
    household_number: str = ""
    dwelling: UUID | None = None
    floor: int = 0
    relation: str = ""
    birth: date | None = None
    care_needs: tuple[str, ...] = ()
    called: bool = True
    """False for those whom nobody expects at a site: away by the ledger, or accounted for already."""
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A target under its key."""

    key: str
    row: TargetRow


@dataclass(frozen=True, slots=True)
class Home:
    """A household behind its door, with at least one member."""

    key: str
    members: tuple[Member, ...]

    @property
    def address(self) -> Address:
        return self.members[0].row.address

    @property
    def first(self) -> TargetRow:
        return self.members[0].row

    @property
    def called(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.row.called)


def homes_of(rows: Iterable[TargetRow]) -> tuple[Home, ...]:
    """Put targets into households and both into door order; whoever has no household is one alone."""
    ordered = sorted(rows, key=_door_order)
    households = [list(members) for _, members in groupby(ordered, key=_household)]
    return tuple(_home(number, members) for number, members in enumerate(households, start=1))


def members_of(homes: Iterable[Home]) -> Iterator[Member]:
    """Yield every member of every household, in order."""
    for home in homes:
        yield from home.members


def door_of(home: Home) -> Door:
    """Return the door of a household as sweep teams walk it."""
    row, address = home.first, home.address
    return Door(home.key, address.compound, address.building, address.unit, row.floor, address.room, point=row.point)


def _home(number: int, rows: Sequence[TargetRow]) -> Home:
    key = f"{number:06}"
    return Home(key, tuple(Member(f"{key}-{position:03}", row) for position, row in enumerate(rows, start=1)))


def _household(row: TargetRow) -> object:
    return row.household or row.target


def _door_order(row: TargetRow) -> tuple[object, ...]:
    """Sort by what the ledger says; the household's id only keeps two that say the same apart."""
    return (
        *address_key(row.address),
        row.household_number,
        str(row.household or row.target),
        row.relation,
        row.birth or date.min,
        row.name,
        row.care_needs,
        row.called,
        row.target,
    )
