"""People as lists show them: where they live, identity and phone numbers masked. Call inside a scope."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.core import crypto
from linli.places.addresses import Address
from linli.places.models import Dwelling
from linli.registry.models import CareNeed, Person, PersonPhone, Residency

TO_DOOR = "household__dwelling__unit__building__compound"


@dataclass(frozen=True)
class PersonShown:
    """A person in a list: who, where, and numbers masked."""

    id: UUID
    community: int
    name: str
    sex: str
    birth: date | None
    id_kind: str
    id_number: str
    phones: tuple[str, ...]
    residency_kind: str
    relation: str
    household_id: UUID | None
    dwelling_id: UUID | None
    address: Address | None
    care_needs: tuple[str, ...] = ()
    has_left: bool = False
    """Lived here once and does no longer; who has neither an address nor left is here, and no door is known."""


def members_of(household_ids: Iterable[UUID]) -> dict[UUID, tuple[PersonShown, ...]]:
    """Return who lives in each household now, its head first."""
    rows = Residency.objects.filter(household_id__in=list(household_ids), until=None).select_related("person", TO_DOOR)
    found: dict[UUID, list[PersonShown]] = defaultdict(list)
    for shown in shown_people([row.person for row in rows], {row.person_id: row for row in rows}):
        if shown.household_id:
            found[shown.household_id].append(shown)
    order = {row.person_id: (row.relation != "户主", row.person_id) for row in rows}
    return defaultdict(tuple, {id: tuple(sorted(all, key=lambda one: order[one.id])) for id, all in found.items()})


def shown_people(people: Iterable[Person], residencies: dict[UUID, Residency] | None = None) -> list[PersonShown]:
    """Return people as lists show them, with three queries at most."""
    rows = list(people)
    ids = [person.id for person in rows]
    left: set[UUID] = set()
    if residencies is None:
        stays = list(Residency.objects.filter(person_id__in=ids).select_related(TO_DOOR))
        residencies = {row.person_id: row for row in stays if row.until is None}
        seen = {person.id for person in rows if person.without_door_since}
        left = {row.person_id for row in stays} - residencies.keys() - seen
    phones: dict[UUID, list[str]] = defaultdict(list)
    for phone in PersonPhone.objects.filter(person_id__in=ids).order_by("position"):
        phones[phone.person_id].append(crypto.mask_phone(crypto.unseal(phone.number, "phone")))
    needs: dict[UUID, list[str]] = defaultdict(list)
    for need in CareNeed.objects.filter(person_id__in=ids).order_by("kind"):
        needs[need.person_id].append(need.kind)
    return [
        _shown(person, residencies.get(person.id), phones[person.id], needs[person.id], has_left=person.id in left)
        for person in rows
    ]


def _shown(
    person: Person, residency: Residency | None, phones: list[str], needs: list[str], *, has_left: bool
) -> PersonShown:
    return PersonShown(
        person.id,
        person.community,
        person.name,
        person.sex,
        person.birth,
        person.id_kind,
        crypto.mask_id_number(crypto.unseal(person.id_number, "id_number")) if person.id_number else "",
        tuple(phones),
        residency.kind if residency else "",
        residency.relation if residency else "",
        residency.household_id if residency else None,
        residency.household.dwelling_id if residency else None,
        address_of(residency.household.dwelling) if residency else None,
        tuple(needs),
        has_left,
    )


def address_of(dwelling: Dwelling) -> Address:
    """Return the address of a dwelling that was read together with its unit, building and compound."""
    unit = dwelling.unit
    return Address(unit.building.compound.name, unit.building.name, unit.name, dwelling.room)


def address_words(address: Address | None) -> str:
    """Say an address as offices do: 明珠华府 3-2-501."""
    if not address:
        return ""
    compound, *inner = address
    return f"{compound} {'-'.join(part for part in inner if part)}".strip()
