"""A small community: two compounds, three buildings, households of all kinds; and a round laid out in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest

from linli.core import clock
from linli.core.actors import Actor
from linli.core.ids import uuid7
from linli.core.scope import scope_of
from linli.places.models import Building, Compound, Dwelling, Unit, Venue
from linli.registry.models import Household, Person, Residency
from linli.rounds.asked import (
    AnyFact,
    ArrivalFact,
    CallGroupAsked,
    NewRound,
    Receipt,
    SiteAsked,
    SpecimenFact,
    VisitFact,
)
from linli.rounds.models import Round, Target
from linli.rounds.services import close_round, lay_out_round, open_round, record_facts
from tests.conftest import BALICHA

T0 = datetime(2026, 4, 2, 0, 0, tzinfo=UTC)
HERE = ((BALICHA, BALICHA + 1),)


def at(hours: float) -> datetime:
    """A moment so many hours after T0."""
    return T0 + timedelta(hours=hours)


@dataclass
class Village:
    """Its places and people, by the names that the tests use."""

    compounds: dict[str, Compound] = field(default_factory=dict)
    buildings: dict[str, Building] = field(default_factory=dict)
    dwellings: dict[str, Dwelling] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    venue: Venue | None = None

    def build(self, compound: str, building: str, rooms: int) -> None:
        if compound not in self.compounds:
            self.compounds[compound] = Compound.objects.create(community=BALICHA, name=compound)
        at_home = {"community": BALICHA}
        house = Building.objects.create(**at_home, compound=self.compounds[compound], name=building)
        self.buildings[f"{compound} {building}"] = house
        unit = Unit.objects.create(**at_home, building=house, name="1")
        rows = [Dwelling(**at_home, unit=unit, room=str(room), floor=1) for room in range(101, 101 + rooms)]
        for door in Dwelling.objects.bulk_create(rows):
            self.dwellings[f"{compound} {building}-1-{door.room}"] = door

    def settle(self, people: Mapping[str, tuple[str, str]]) -> None:
        """Enter everybody at once, by name with door and kind, where nobody lives yet."""
        homes = {door: Household(community=BALICHA, dwelling=self.dwellings[door]) for door, _kind in people.values()}
        persons = {name: Person(community=BALICHA, name=name) for name in people}
        Household.objects.bulk_create(homes.values())
        Person.objects.bulk_create(persons.values())
        Residency.objects.bulk_create(
            Residency(community=BALICHA, person=persons[name], household=homes[door], kind=kind)
            for name, (door, kind) in people.items()
        )
        self.people |= persons

    def move_in(self, name: str, door: str, kind: str = "resident") -> Person:
        dwelling = self.dwellings[door]
        household = Household.objects.filter(dwelling=dwelling, until=None).first()
        if household is None:
            household = Household.objects.create(community=BALICHA, dwelling=dwelling)
        person = Person.objects.create(community=BALICHA, name=name)
        Residency.objects.create(community=BALICHA, person=person, household=household, kind=kind)
        self.people[name] = person
        return person

    def move_out(self, name: str) -> None:
        Residency.objects.filter(person=self.people[name], until=None).update(until=T0.date(), end_reason="moved")


PEOPLE = {
    "李一": ("明珠 1-1-101", "resident"), "李二": ("明珠 1-1-101", "resident"), "王三": ("明珠 1-1-102", "tenant"),
    "赵四": ("明珠 2-1-101", "resident"), "钱五": ("明珠 2-1-102", "away"), "孙六": ("金域 1-1-101", "resident"),
    "周七": ("金域 1-1-101", "registered_only"), "吴八": ("金域 1-1-102", "resident"),
}  # fmt: skip
HERE_NOW = ("李一", "李二", "王三", "赵四", "孙六", "吴八")


@pytest.fixture
def village(db: None) -> Village:
    village = Village()
    with scope_of(HERE):
        village.build("明珠", "1", 3)
        village.build("明珠", "2", 2)
        village.build("金域", "1", 2)
        village.venue = Venue.objects.create(community=BALICHA, name="小广场", desks_at_most=4)
        village.settle(PEOPLE)
    return village


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.frozen(at(8)):
        yield


def opened(actor: Actor, **changes: object) -> Round:
    """Open the usual round, or one that differs in something."""
    usual = {"name": "第一轮", "t0": T0, "ordered_at": T0 - timedelta(hours=1), "deadline": at(24)}
    return open_round(actor, BALICHA, NewRound(**{**usual, **changes}))  # type: ignore[arg-type]


def close_at(actor: Actor, round_id: UUID, hours: float) -> Round:
    """Close a round so many hours after T0."""
    with clock.frozen(at(hours)):
        return close_round(actor, round_id)


@dataclass
class Day:
    """A round under way, with shorthands for what phones send."""

    round: Round
    actor: Actor
    village: Village
    targets: dict[str, UUID]
    site: UUID
    _number: Iterator[int] = field(default_factory=count)

    def arrival(self, name: str, hours: float) -> ArrivalFact:
        return ArrivalFact(uuid7(at(hours)), at(hours), self.targets[name], self.site)

    def specimen(self, name: str, hours: float, *, home: bool = False) -> SpecimenFact:
        done = at(hours) + timedelta(seconds=28)
        return SpecimenFact(
            uuid7(at(hours)), at(hours), done, self.targets[name], None if home else self.site, None if home else 1
        )

    def visit(self, name: str, result: str, hours: float) -> VisitFact:
        door = self.village.dwellings[PEOPLE[name][0]].pk
        return VisitFact(uuid7(at(hours)), at(hours), door, result, self.targets[name])

    def send(self, *facts: AnyFact, actor: Actor | None = None) -> list[Receipt]:
        return record_facts(actor or self.actor, self.round.pk, facts)

    def target(self, name: str) -> Target:
        with scope_of(HERE):
            return Target.objects.get(pk=self.targets[name])

    def outcome(self, name: str) -> str | None:
        return self.target(name).outcome

    def finish(self, *names: str, hours: float = 9) -> None:
        """Have people tested at the site, a quarter of an hour after they came."""
        for name in names:
            self.send(self.arrival(name, hours), self.specimen(name, hours + 0.25))


@pytest.fixture
def day(village: Village, coordinator: Actor) -> Day:
    return make_day(village, coordinator)


def make_day(village: Village, actor: Actor, **changes: object) -> Day:
    """Open a round and lay out one site with everybody called at nine."""
    round = opened(actor, **changes)
    site = SiteAsked("小广场", 2, at(8), at(12), village.venue.pk if village.venue else None)
    with scope_of(HERE):
        targets = dict(Target.objects.filter(round=round).values_list("name", "id"))
    called = tuple(targets[name] for name in HERE_NOW if name in targets)
    lay_out_round(actor, round.pk, [site], [CallGroupAsked(site.id, at(9), called)])
    return Day(round, actor, village, targets, site.id)
