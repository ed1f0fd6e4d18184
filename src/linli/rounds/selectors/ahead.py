"""Whom a round would reach if it were opened now, and who is left out and why."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from linli.core import clock
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.rounds.asked import NewRound, ScopeAsked
from linli.rounds.directory import Place, directory_of
from linli.rounds.freezing import freeze
from linli.rounds.models import Round, Target
from linli.rounds.register import residents


@dataclass(frozen=True, slots=True)
class TargetAhead:
    """Somebody who would be a target."""

    id: UUID
    person: UUID
    name: str
    household: UUID | None
    place: Place | None
    left_out: str
    """Why nobody looks for them: a key of `rounds.reasons.SETTLED`; empty when they are expected."""


@dataclass(frozen=True)
class BuildingAhead:
    """How many people of a building a round would reach, and how many of them are expected."""

    id: UUID
    name: str
    doors: int
    people: int
    expected: int

    @property
    def left_out(self) -> int:
        """Those whom nobody looks for."""
        return self.people - self.expected


@dataclass(frozen=True)
class CompoundAhead:
    """A compound and its buildings, in the order of doors."""

    id: UUID
    name: str
    buildings: tuple[BuildingAhead, ...]

    @property
    def people(self) -> int:
        return sum(each.people for each in self.buildings)

    @property
    def expected(self) -> int:
        return sum(each.expected for each in self.buildings)

    @property
    def left_out(self) -> int:
        return self.people - self.expected


@dataclass(frozen=True)
class TargetsAhead:
    """Everybody whom a round would reach."""

    targets: tuple[TargetAhead, ...]
    outside: int
    """People of the community who live outside the scope."""
    without_door: int
    """People without a known door, whom a round of a part of the community does not reach."""

    @property
    def expected(self) -> int:
        """How many are looked for."""
        return sum(not each.left_out for each in self.targets)

    @property
    def left_out(self) -> tuple[TargetAhead, ...]:
        """The targets who are accounted for as the round opens, in the order of their doors."""
        return tuple(each for each in self.targets if each.left_out)

    @property
    def reasons(self) -> dict[str, int]:
        """How many are left out for which reason, a key of `rounds.reasons.SETTLED`."""
        return dict(Counter(each.left_out for each in self.left_out))

    @property
    def doorless(self) -> int:
        """Targets who live behind no known door."""
        return sum(each.place is None for each in self.targets)

    @property
    def compounds(self) -> tuple[CompoundAhead, ...]:
        """The targets by compound and building."""
        return _by_compound([each for each in self.targets if each.place])

    @property
    def digest(self) -> str:
        """A text that changes when somebody comes, leaves, moves, or is away or back."""
        rows = sorted(f"{each.person}/{each.place and each.place.dwelling}/{each.left_out}" for each in self.targets)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def targets_ahead(actor: Actor, community: int, new: NewRound) -> TargetsAhead:
    """Return whom a round would reach, worked out as opening it does (R1, R116).

    For who may open rounds there (round_open). Raises Refused, NotFound.
    """
    with in_community(actor, Right.ROUND_OPEN, community):
        round = Round(id=new.id, community=community, t0=new.t0 or clock.now(), opened_by=actor.name)
        places = directory_of(community)
        targets = tuple(_ahead(target, places) for target in freeze(round, new.scope).targets)
        if not new.scope.is_limited:
            return TargetsAhead(targets, 0, 0)
        rest = {each.person: each.dwelling for each in residents(community, ScopeAsked())}
        elsewhere = [rest[person] for person in rest.keys() - {each.person for each in targets}]
    without_door = sum(dwelling is None for dwelling in elsewhere)
    return TargetsAhead(targets, len(elsewhere) - without_door, without_door)


def _ahead(target: Target, places: Mapping[UUID, Place]) -> TargetAhead:
    assert target.person_id
    place = places[target.dwelling_id] if target.dwelling_id else None
    left_out = target.outcome_reason if target.outcome else ""
    return TargetAhead(target.pk, target.person_id, target.name, target.household_id, place, left_out)


def _by_compound(targets: Iterable[TargetAhead]) -> tuple[CompoundAhead, ...]:
    found: dict[tuple[UUID, str], dict[tuple[UUID, str], list[TargetAhead]]] = {}
    for each in targets:
        assert each.place
        buildings = found.setdefault((each.place.compound, each.place.compound_name), {})
        buildings.setdefault((each.place.building, each.place.building_name), []).append(each)
    return tuple(
        CompoundAhead(id, name, tuple(_building(*building, people) for building, people in buildings.items()))
        for (id, name), buildings in found.items()
    )


def _building(id: UUID, name: str, people: list[TargetAhead]) -> BuildingAhead:
    doors = {each.place.dwelling for each in people if each.place}
    return BuildingAhead(id, name, len(doors), len(people), sum(not each.left_out for each in people))
