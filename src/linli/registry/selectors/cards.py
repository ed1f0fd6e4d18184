"""What a page shows of one person or one door. Identity and phone numbers are masked here, not in templates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_dwelling
from linli.places.addresses import Address
from linli.places.models import Dwelling
from linli.registry.access import access_person
from linli.registry.intake.particulars import phones_unsealed
from linli.registry.models import CareNeed, Person, PersonPhone, RegisterFlag, Residency

_TO_DOOR = "household__dwelling__unit__building__compound"


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


@dataclass(frozen=True)
class Stay:
    """One residency of a person, past or present."""

    dwelling_id: UUID
    address: Address
    kind: str
    relation: str
    since: date
    until: date | None
    end_reason: str


@dataclass(frozen=True)
class PersonCard:
    """Everything a page shows of one person."""

    person: PersonShown
    hukou_division: str
    remarks: str
    care_needs: tuple[str, ...]
    died_on: date | None
    stays: tuple[Stay, ...]
    household: tuple[PersonShown, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class HouseholdShown:
    """The people of a household, its head first."""

    id: UUID
    number: str
    members: tuple[PersonShown, ...]


@dataclass(frozen=True)
class DwellingCard:
    """Everything a page shows of one door."""

    id: UUID
    community: int
    address: Address
    floor: int | None
    landlord_name: str
    landlord_phones: tuple[str, ...]
    remarks: str
    households: tuple[HouseholdShown, ...]

    @property
    def is_vacant(self) -> bool:
        return not self.households


def person_card(actor: Actor, person_id: UUID) -> PersonCard:
    """Return the card of a person, for who holds person_search there. Raises NotFound."""
    with scoped(actor, Right.PERSON_SEARCH):
        person = access_person(actor, person_id)
        stays = list(Residency.objects.filter(person=person).select_related(_TO_DOOR).order_by("-since", "-id"))
        present = next((stay for stay in stays if stay.until is None), None)
        household = members_of([present.household_id])[present.household_id] if present else ()
        [shown] = shown_people([person])
        return PersonCard(
            shown,
            person.hukou_division,
            person.remarks,
            tuple(CareNeed.objects.filter(person=person).order_by("kind").values_list("kind", flat=True)),
            person.died_on,
            tuple(_stay(stay) for stay in stays),
            tuple(one for one in household if one.id != person.id),
            tuple(
                RegisterFlag.objects.filter(person=person, resolved_at=None)
                .order_by("id")
                .values_list("kind", flat=True)
            ),
        )


def dwelling_card(actor: Actor, dwelling_id: UUID) -> DwellingCard:
    """Return the card of a door with its households, for who holds person_search there. Raises NotFound."""
    with scoped(actor, Right.PERSON_SEARCH):
        dwelling = access_dwelling(actor, dwelling_id, right=Right.PERSON_SEARCH)
        rows = list(dwelling.households.filter(until=None).order_by("number"))
        members = members_of([row.id for row in rows])
        return DwellingCard(
            dwelling.id,
            dwelling.community,
            address_of(dwelling),
            dwelling.floor,
            dwelling.landlord_name,
            tuple(map(crypto.mask_phone, phones_unsealed(dwelling.landlord_phones))),
            dwelling.remarks,
            tuple(HouseholdShown(row.id, row.number, members[row.id]) for row in rows),
        )


def members_of(household_ids: Iterable[UUID]) -> dict[UUID, tuple[PersonShown, ...]]:
    """Return who lives in each household now, its head first. Call inside a scope."""
    rows = Residency.objects.filter(household_id__in=list(household_ids), until=None).select_related("person", _TO_DOOR)
    found: dict[UUID, list[PersonShown]] = defaultdict(list)
    for shown in shown_people([row.person for row in rows], {row.person_id: row for row in rows}):
        if shown.household_id:
            found[shown.household_id].append(shown)
    order = {row.person_id: (row.relation != "户主", row.person_id) for row in rows}
    return defaultdict(tuple, {id: tuple(sorted(all, key=lambda one: order[one.id])) for id, all in found.items()})


def shown_people(people: Iterable[Person], residencies: dict[UUID, Residency] | None = None) -> list[PersonShown]:
    """Return people as lists show them, with two queries at most. Call inside a scope."""
    rows = list(people)
    ids = [person.id for person in rows]
    if residencies is None:
        open_ones = Residency.objects.filter(person_id__in=ids, until=None).select_related(_TO_DOOR)
        residencies = {row.person_id: row for row in open_ones}
    phones: dict[UUID, list[str]] = defaultdict(list)
    for phone in PersonPhone.objects.filter(person_id__in=ids).order_by("position"):
        phones[phone.person_id].append(crypto.mask_phone(crypto.unseal(phone.number, "phone")))
    return [_shown(person, residencies.get(person.id), phones[person.id]) for person in rows]


def _shown(person: Person, residency: Residency | None, phones: list[str]) -> PersonShown:
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
    )


def _stay(residency: Residency) -> Stay:
    dwelling = residency.household.dwelling
    return Stay(
        dwelling.id, address_of(dwelling), residency.kind, residency.relation, residency.since, residency.until,
        residency.end_reason,
    )  # fmt: skip


def address_of(dwelling: Dwelling) -> Address:
    """Return the address of a dwelling that was read together with its unit, building and compound."""
    unit = dwelling.unit
    return Address(unit.building.compound.name, unit.building.name, unit.name, dwelling.room)
