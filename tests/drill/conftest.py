"""A register of invented people to drill with, filled as a ledger import would."""

import random
from collections.abc import Iterator

import pytest
from django.db.models import Model

from linli.core.scope import scope_of
from linli.places.addresses import Address
from linli.places.models import Building, Compound, Dwelling, Unit
from linli.registry.models import CareNeed, Household, Person, Residency
from tests.conftest import BALICHA

HERE = ((BALICHA, BALICHA + 1),)
MOVED_IN: tuple[type[Model], ...] = (Dwelling, Household, Person, Residency, CareNeed)
CARE = ("长期卧床", "肢体残疾", "独居老人", "孕妇")


def addresses(doors: int) -> list[Address]:
    return [
        Address(f"小区{door // 24 + 1}", str(door // 12 % 2 + 1), "1", f"{door % 12 // 2 + 1}0{door % 2 + 1}")
        for door in range(doors)
    ]


def fill_register(doors: int, *, shuffled_with: int = 0) -> None:
    """Enter households of one to four people behind so many doors; rows are made in an order of their own."""
    places = addresses(doors)
    random.Random(shuffled_with).shuffle(places)
    with scope_of(HERE):
        moved_in = [row for address in places for row in _move_in(address, _unit_of(address))]
        for model in MOVED_IN:
            model._default_manager.bulk_create([row for row in moved_in if isinstance(row, model)])


def _unit_of(address: Address) -> Unit:
    compound, _new = Compound.objects.get_or_create(community=BALICHA, name=address.compound)
    building, _new = Building.objects.get_or_create(community=BALICHA, compound=compound, name=address.building)
    unit, _new = Unit.objects.get_or_create(community=BALICHA, building=building, name=address.unit)
    return unit


def _move_in(address: Address, unit: Unit) -> Iterator[Model]:
    """Yield the rows of one door, not stored yet."""
    floor = int(address.room[:-2])
    dwelling = Dwelling(community=BALICHA, unit=unit, room=address.room, floor=floor)
    chance = random.Random("-".join(address))
    household = Household(community=BALICHA, dwelling=dwelling)
    yield from (dwelling, household)
    for number in range(chance.randint(1, 4)):
        person = Person(community=BALICHA, name=f"居民{'-'.join(address)}-{number}")
        kind = "away" if chance.random() < 0.05 else "resident"
        relation = "户主" if number == 0 else "成员"
        yield person
        yield Residency(community=BALICHA, person=person, household=household, kind=kind, relation=relation)
        if chance.random() < 0.06:
            yield CareNeed(community=BALICHA, person=person, kind=chance.choice(CARE))


@pytest.fixture
def register(db: None) -> None:
    fill_register(30)
