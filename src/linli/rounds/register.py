"""What a round reads from the register: who lives in its scope now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.core.scope import ScopedModel
from linli.places.models import Building, Compound, Unit
from linli.registry.models import Household, Person, Residency
from linli.rounds.asked import ScopeAsked
from linli.rounds.directory import directory_of
from linli.rounds.models import Round, RoundScope

Kind = Residency.Kind

AWAY_BY_LEDGER = {Kind.AWAY: "away_by_ledger", Kind.REGISTERED_ONLY: "registered_only"}
"""Residency kinds that account for a person without a visit, with the reason code."""


@dataclass(frozen=True)
class Resident:
    """One person in the scope of a round, as the register has it now."""

    person: UUID
    name: str
    household: UUID | None
    dwelling: UUID | None
    building: UUID | None
    kind: str

    @property
    def away_reason(self) -> str:
        """Reason code when the ledger says this person is not here; empty otherwise."""
        return next((reason for kind, reason in AWAY_BY_LEDGER.items() if kind == self.kind), "")


def scope_of_round(round: Round) -> ScopeAsked:
    """Return the places a round is limited to."""
    return scope_in(RoundScope.objects.filter(community=round.community, round=round))


def scope_in(rows: Iterable[RoundScope]) -> ScopeAsked:
    """Read the rows of a round's scope."""
    kept = list(rows)
    return ScopeAsked(
        tuple(row.compound_id for row in kept if row.compound_id),
        tuple(row.building_id for row in kept if row.building_id),
        tuple(row.unit_id for row in kept if row.unit_id),
    )


def residents(community: int, scope: ScopeAsked) -> Iterator[Resident]:
    """Yield everybody alive with an open residency in the scope, in the order of their doors.

    For a whole community also everybody who is here without a known dwelling: nobody is left out. Residencies are read
    first: what they name is there, whoever edits meanwhile.
    """
    open_ones = Residency.objects.filter(community=community, until=None).order_by("id")
    stays = list(open_ones.values_list("person_id", "household_id", "kind"))
    names = dict(Person.objects.filter(community=community, died_on=None).order_by("id").values_list("id", "name"))
    homes = dict(Household.objects.filter(community=community).order_by().values_list("id", "dwelling_id"))
    directory = directory_of(community)
    wanted = {id for id, place in directory.items() if scope.covers(place.compound, place.building, place.unit_id)}
    behind: dict[UUID, list[Resident]] = defaultdict(list)
    for person, household, kind in stays:
        dwelling = homes[household]
        if person in names and dwelling in wanted:
            building = directory[dwelling].building
            behind[dwelling].append(Resident(person, names[person], household, dwelling, building, kind))
    for dwelling in directory:
        yield from behind.get(dwelling, ())
    if not scope.is_limited:
        without_door = _here_without_door(community)
        yield from (Resident(id, name, None, None, None, "") for id, name in names.items() if id in without_door)


def _here_without_door(community: int) -> set[UUID]:
    """Return who lives behind no door and never did, or was seen here since leaving the last one."""
    stays = Residency.objects.filter(community=community).order_by().values_list("person_id", "until")
    left: dict[UUID, date] = {}
    for person, until in stays:
        left[person] = max(left.get(person, date.min), until or date.max)
    seen = Person.objects.filter(community=community).order_by().values_list("id", "without_door_since")
    return {person for person, since in seen if person not in left or (since and since >= left[person])}


def scope_exists(community: int, scope: ScopeAsked) -> bool:
    """Tell whether all of these are places of the community."""
    asked: tuple[tuple[type[ScopedModel], tuple[UUID, ...]], ...] = (
        (Compound, scope.compounds), (Building, scope.buildings), (Unit, scope.units),
    )  # fmt: skip
    return all(
        not ids or model.objects.filter(community=community, pk__in=ids).count() == len(set(ids))
        for model, ids in asked
    )


def merged_people(community: int) -> dict[UUID, UUID]:
    """Return whom each entry of the register that was merged counts as, by the entry. One query."""
    rows = Person.entries.filter(community=community, merged_into__isnull=False)
    into = dict(rows.values_list("id", "merged_into_id"))
    return {entry: _last_of(entry, into) for entry in into}


def _last_of(entry: UUID, into: Mapping[UUID, UUID]) -> UUID:
    while entry in into:
        entry = into[entry]
    return entry
