"""What a page shows of one person or one door. Identity and phone numbers are masked here, not in templates."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_dwelling
from linli.places.addresses import Address
from linli.registry.access import access_person
from linli.registry.intake.particulars import phones_unsealed
from linli.registry.masking import masked
from linli.registry.models import RegisterFlag, Residency
from linli.registry.shown import TO_DOOR, PersonShown, address_of, members_of, shown_people


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
    died_on: date | None
    stays: tuple[Stay, ...]
    household: tuple[PersonShown, ...]
    flags: tuple[str, ...]

    @property
    def care_needs(self) -> tuple[str, ...]:
        return self.person.care_needs


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
        stays = list(Residency.objects.filter(person=person).select_related(TO_DOOR).order_by("-since", "-id"))
        present = next((stay for stay in stays if stay.until is None), None)
        household = members_of([present.household_id])[present.household_id] if present else ()
        [shown] = shown_people([person])
        return PersonCard(
            shown,
            masked(person.hukou_division),
            masked(person.remarks),
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
            masked(dwelling.landlord_name),
            tuple(map(crypto.mask_phone, phones_unsealed(dwelling.landlord_phones))),
            masked(dwelling.remarks),
            tuple(HouseholdShown(row.id, row.number, members[row.id]) for row in rows),
        )


def _stay(residency: Residency) -> Stay:
    dwelling = residency.household.dwelling
    return Stay(
        dwelling.id, address_of(dwelling), residency.kind, residency.relation, residency.since, residency.until,
        residency.end_reason,
    )  # fmt: skip
