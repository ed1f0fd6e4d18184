"""The register of one community in memory, to compare a ledger with and to export from."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from linli.core import crypto
from linli.places.addresses import Address
from linli.places.doors import find_doors
from linli.places.models import Dwelling
from linli.registry.intake.particulars import phones_unsealed, unseal_particulars, unseal_tenure
from linli.registry.matching import Known
from linli.registry.models import CareNeed, Household, Person, PersonPhone, RegisterFlag, Residency
from linli.registry.rules import Particulars, Place, Tenure


@dataclass
class Present:
    """Every row of a community's register, and the same as particulars. Load it inside a scope."""

    community: int
    doors: dict[Address, UUID]
    dwellings: dict[UUID, Dwelling]
    households: dict[UUID, Household]
    people: dict[UUID, Person]
    residencies: dict[UUID, Residency]
    """The open one of each person, by person."""
    phones: dict[UUID, list[PersonPhone]]
    needs: dict[UUID, list[CareNeed]]
    flags: dict[UUID | None, list[RegisterFlag]] = field(default_factory=dict)
    """Those nobody has resolved yet, by person."""
    left: frozenset[UUID] = frozenset()
    """Who has lived behind a door here once and may have left it."""
    merged: dict[UUID, Person] = field(default_factory=dict)
    """Entries that were merged into another: a ledger may go on naming them."""

    @cached_property
    def addresses(self) -> dict[UUID, Address]:
        """The address of each dwelling."""
        return {id: address for address, id in self.doors.items()}

    @property
    def doorless(self) -> list[UUID]:
        """Who is here and lives behind no known door: a visitor, a walk-in (R45)."""
        return [
            id
            for id, person in self.people.items()
            if id not in self.residencies and id not in self.left and person.died_on is None
        ]

    @cached_property
    def known(self) -> list[Known]:
        """Every person as particulars."""
        return [Known(id, self.particulars(id), self.base(id)) for id in self.people]

    @cached_property
    def known_merged(self) -> list[Known]:
        """Every entry that was merged, as the last ledger told it, or else as it is kept."""
        return [Known(id, self.base(id) or self.particulars(id), self.base(id)) for id in self.merged]

    def counts_as(self, entry_id: UUID) -> UUID:
        """Return whom an entry counts as: itself, or the one it was merged into."""
        while entry_id in self.merged:
            into = self.merged[entry_id].merged_into_id
            assert into is not None
            entry_id = into
        return entry_id

    def base(self, person_id: UUID) -> Particulars | None:
        """Return what the last ledger said about a person."""
        return unseal_particulars(self._entry(person_id).imported)

    def _entry(self, person_id: UUID) -> Person:
        return self.people.get(person_id) or self.merged[person_id]

    def particulars(self, person_id: UUID) -> Particulars:
        """Return what the register says about a person now."""
        person, residency = self._entry(person_id), self.residencies.get(person_id)
        return Particulars(
            name=person.name,
            sex=person.sex,
            birth=person.birth,
            id_kind=person.id_kind,
            id_number=crypto.unseal(person.id_number, "id_number") if person.id_number else None,
            phones=tuple(crypto.unseal(phone.number, "phone") for phone in self.phones.get(person_id, ())),
            relation=residency.relation if residency else "",
            residency_kind=residency.kind if residency else "resident",
            hukou_division=person.hukou_division,
            care_needs=tuple(sorted(need.kind for need in self.needs.get(person_id, ()))),
            remarks=person.remarks,
            place=self.place(residency),
        )

    def place(self, residency: Residency | None) -> Place | None:
        """Return the place of a residency."""
        if residency is None:
            return None
        household = self.households[residency.household_id]
        return Place(self.addresses[household.dwelling_id], household.number)

    def tenure(self, dwelling_id: UUID) -> Tenure:
        """Return what the register says about a dwelling now."""
        row = self.dwellings[dwelling_id]
        return Tenure(row.floor, row.landlord_name, phones_unsealed(row.landlord_phones), row.remarks)

    def tenure_base(self, dwelling_id: UUID) -> Tenure | None:
        """Return what the last ledger said about a dwelling."""
        return unseal_tenure(self.dwellings[dwelling_id].imported)


def load_present(community: int) -> Present:
    """Read the whole register of a community with one query a table."""
    present = Present(
        community,
        find_doors(community),
        {row.id: row for row in Dwelling.objects.filter(community=community)},
        {row.id: row for row in Household.objects.filter(community=community, until=None)},
        {row.id: row for row in Person.objects.filter(community=community).order_by("id")},
        {row.person_id: row for row in Residency.objects.filter(community=community, until=None)},
        defaultdict(list),
        defaultdict(list),
        defaultdict(list),
    )
    for phone in PersonPhone.objects.filter(community=community).order_by("position"):
        present.phones[phone.person_id].append(phone)
    for need in CareNeed.objects.filter(community=community):
        present.needs[need.person_id].append(need)
    for flag in RegisterFlag.objects.filter(
        community=community, resolved_at=None, ledger_import__state="imported"
    ).order_by("sheet", "row"):
        present.flags[flag.person_id].append(flag)
    entries = Person.entries.filter(community=community, merged_into__isnull=False).order_by("id")
    present.merged = {row.id: row for row in entries}
    ended = Residency.objects.filter(community=community, until__isnull=False)
    present.left = frozenset(ended.values_list("person_id", flat=True))
    return present
