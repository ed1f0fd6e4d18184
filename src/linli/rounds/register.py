"""What a round reads from the register: who lives in its scope now."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from linli.places.models import Compound
from linli.registry.models import Person, Residency
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


def scope_of_round(round: Round) -> tuple[UUID, ...]:
    """Return the compounds a round is limited to; none means the whole community."""
    return tuple(RoundScope.objects.filter(round=round).values_list("compound_id", flat=True))


def residents(community: int, compounds: tuple[UUID, ...]) -> Iterator[Resident]:
    """Yield everybody alive with an open residency in the compounds, in the order of their doors.

    For a whole community also everybody who was entered without any dwelling: nobody is left out.
    """
    found = Residency.objects.filter(community=community, until=None, person__died_on=None)
    if compounds:
        found = found.filter(household__dwelling__unit__building__compound__in=compounds)
    building = "household__dwelling__unit__building"
    unit = "household__dwelling__unit__name"
    door = (f"{building}__compound__name", f"{building}__name", unit, "household__dwelling__room")
    columns = ("person_id", "person__name", "household_id", "household__dwelling_id", f"{building}_id", "kind")
    for row in found.order_by(*door, "id").values_list(*columns):
        yield Resident(*row)
    if not compounds:
        without_dwelling = Person.objects.filter(community=community, died_on=None, residencies=None).order_by("id")
        for person, name in without_dwelling.values_list("id", "name"):
            yield Resident(person, name, None, None, None, "")


def compounds_exist(community: int, compounds: tuple[UUID, ...]) -> bool:
    """Tell whether all of these are compounds of the community."""
    return Compound.objects.filter(community=community, pk__in=compounds).count() == len(set(compounds))
