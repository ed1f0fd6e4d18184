"""Which target somebody means: by its id, by name and door, by identity number or phone, whole or its last four."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.addresses import Address
from linli.places.door_names import DoorNames, door_name
from linli.registry.selectors.numbers import persons_with_numbers
from linli.rounds.access import access_round
from linli.rounds.directory import directory_of
from linli.rounds.models import Round, Target


@dataclass(frozen=True)
class Who:
    """What somebody wrote to say whom they mean; what is given must all fit."""

    target: str = ""
    name: str = ""
    door: str = ""
    number: str = ""
    """Identity number or phone, whole or its last four characters."""

    @property
    def is_a_door(self) -> bool:
        """Whether nothing but a door is named."""
        return bool(self.door) and not (self.target or self.name or self.number)


@dataclass(frozen=True)
class FoundTarget:
    """The target that was meant."""

    id: UUID
    name: str
    dwelling: UUID | None
    door: str
    is_open: bool


@dataclass(frozen=True)
class Finding:
    """What was found: a target, or the door that was named, or a key of `rounds.reasons.WHO` that says why nothing."""

    target: FoundTarget | None = None
    dwelling: UUID | None = None
    wrong: str = ""


def find_targets(actor: Actor, round_id: UUID, asked: Sequence[Who]) -> list[Finding]:
    """Return what each of these words means, in their order, for who holds person_search there: it names people.

    Exactly one target must fit. A name alone is enough only for somebody who lives behind no known door. A door alone
    means the door itself, and only while nobody behind it is outstanding. A fixed number of queries. Raises Refused,
    NotFound.
    """
    with scoped(actor, Right.PERSON_SEARCH):
        round = access_round(actor, round_id, right=Right.PERSON_SEARCH)
        numbers = persons_with_numbers(actor, round.community, {who.number for who in asked if who.number})
        book = _Book(round, numbers)
        return [book.find(who) for who in asked]


class _Book:
    """The targets of a round by everything that people call them."""

    def __init__(self, round: Round, numbers: dict[str, frozenset[UUID]]) -> None:
        self.numbers = numbers
        places = directory_of(round.community)
        addresses = {
            id: Address(place.compound_name, place.building_name, place.unit, place.room)
            for id, place in places.items()
        }
        self.doors = DoorNames({address: id for id, address in addresses.items()})
        self.by_id: dict[UUID, FoundTarget] = {}
        self.by_name: dict[str, list[UUID]] = defaultdict(list)
        self.by_door: dict[UUID, list[UUID]] = defaultdict(list)
        self.by_person: dict[UUID, UUID] = {}
        rows = Target.objects.filter(community=round.community, round=round).order_by()
        for id, name, person, dwelling, outcome in rows.values_list(
            "id", "name", "person_id", "dwelling_id", "outcome"
        ):
            door = door_name(addresses[dwelling]) if dwelling in addresses else ""
            self.by_id[id] = FoundTarget(id, name, dwelling, door, outcome is None)
            self.by_name[_bare(name)].append(id)
            if dwelling is not None:
                self.by_door[dwelling].append(id)
            if person is not None:
                self.by_person[person] = id

    def find(self, who: Who) -> Finding:
        """Return the one target that fits everything that was said."""
        doors = self.doors.find(who.door) if who.door else ()
        if who.door and not doors:
            return Finding(wrong="unknown_door")
        if who.is_a_door:
            return self._door(doors)
        fitting = [set(ids) for ids in self._named(who, doors)]
        if not fitting:
            return Finding(wrong="nobody_named")
        found = set.intersection(*fitting)
        if _is_a_bare_name(who) and any(self.by_id[id].dwelling for id in found):
            return Finding(wrong="name_alone")
        return self._the_one(found)

    def _named(self, who: Who, doors: Sequence[UUID]) -> Iterable[Iterable[UUID]]:
        if who.target:
            yield [id for id in (_uuid(who.target),) if id in self.by_id]
        if who.name:
            yield self.by_name.get(_bare(who.name), ())
        if who.number:
            people = self.numbers[who.number]
            yield [self.by_person[person] for person in people if person in self.by_person]
        if doors:
            yield [id for door in doors for id in self.by_door.get(door, ())]

    def _door(self, doors: Sequence[UUID]) -> Finding:
        if len(doors) > 1:
            return Finding(wrong="several_doors")
        if any(self.by_id[id].is_open for id in self.by_door.get(doors[0], ())):
            return Finding(wrong="somebody_behind_door")
        return Finding(dwelling=doors[0])

    def _the_one(self, found: set[UUID]) -> Finding:
        if len(found) != 1:
            return Finding(wrong="several_fit" if found else "nobody_fits")
        target = self.by_id[found.pop()]
        return Finding(target, target.dwelling)


def _is_a_bare_name(who: Who) -> bool:
    return bool(who.name) and not (who.target or who.door or who.number)


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
