"""Bringing the register to what a plan says, row by row, in memory; `Changes` writes it."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from linli.core import crypto
from linli.places.addresses import Address
from linli.places.models import Dwelling
from linli.registry.intake.changes import Changes
from linli.registry.intake.particulars import phones_sealed, seal_particulars, unseal_particulars, unseal_tenure
from linli.registry.intake.plan import DoorPlan, PersonPlan, Plan
from linli.registry.intake.present import Present
from linli.registry.models import CareNeed, Household, LedgerImport, Person, PersonPhone, RegisterFlag, Residency
from linli.registry.rules import Particulars, Place, Tenure

MOVED = "moved"
WRONG_NUMBER = ("id_check_digit", "id_length", "id_precision_lost")
"""Flags that stand until the person has a number: a ledger that leaves the cell empty puts nothing right."""


class Writer:
    """Turns a plan into changes of rows. One for each import."""

    def __init__(self, present: Present, doors: dict[Address, UUID], ledger_import: LedgerImport, day: date) -> None:
        self.present, self.doors, self.ledger_import, self.day = present, doors, ledger_import, day
        self.community = present.community
        self.changes = Changes()
        self.households = {(row.dwelling_id, row.number): row for row in present.households.values()}
        self.living: dict[UUID, int] = defaultdict(int)
        for residency in present.residencies.values():
            self.living[residency.household_id] += 1

    def take_in(self, plan: Plan) -> Changes:
        """Work through the plan."""
        for door in plan.doors:
            if door.known:
                self._door(door, self.present.dwellings[door.known])
        for person in plan.people:
            self._person(person)
        self._close_empty_households()
        return self.changes

    def _door(self, plan: DoorPlan, row: Dwelling) -> None:
        outcome = plan.outcome
        self.changes.change(row, floor=outcome.floor, landlord_name=outcome.landlord_name, remarks=outcome.remarks)
        if self.present.tenure(row.id).landlord_phones != outcome.landlord_phones:
            self.changes.change(row, landlord_phones=phones_sealed(outcome.landlord_phones))
        if unseal_tenure(row.imported) != plan.ledger.tenure:
            self.changes.change(row, imported=seal_particulars(plan.ledger.tenure))

    def _person(self, plan: PersonPlan) -> None:
        row = self._person_row(plan)
        before = plan.known.present if plan.known else Particulars("")
        self._phones(row, before.phones, plan.outcome.phones)
        self._needs(row, before.care_needs, plan.outcome.care_needs)
        self._residency(row, plan.outcome)
        self._flags(row, plan)

    def _person_row(self, plan: PersonPlan) -> Person:
        said, outcome = plan.ledger.particulars, plan.outcome
        row = self.present.people[plan.known.id] if plan.known else Person(community=self.community)
        values = _person_values(outcome)
        if plan.known is None or plan.known.present.id_number != outcome.id_number:
            values |= sealed_id_number(outcome.id_number)
        if plan.known is None or unseal_particulars(row.imported) != said:
            values["imported"] = seal_particulars(said)
        if plan.known:
            self.changes.change(row, **values)
        else:
            for name, value in values.items():
                setattr(row, name, value)
            self.changes.add(row)
        return row

    def _phones(self, row: Person, before: tuple[str, ...], after: tuple[str, ...]) -> None:
        if before == after:
            return
        for phone in self.present.phones.get(row.id, ()):
            self.changes.drop(phone)
        for phone in phone_rows(row, after):
            self.changes.add(phone)

    def _needs(self, row: Person, before: tuple[str, ...], after: tuple[str, ...]) -> None:
        for need in self.present.needs.get(row.id, ()):
            if need.kind not in after:
                self.changes.drop(need)
        for kind in after:
            if kind not in before:
                self.changes.add(CareNeed(community=self.community, person_id=row.id, kind=kind))

    def _residency(self, row: Person, outcome: Particulars) -> None:
        present = self.present.residencies.get(row.id)
        if outcome.place is None:
            return
        if present and self.present.place(present) == outcome.place:
            self.changes.change(present, kind=outcome.residency_kind, relation=outcome.relation)
            return
        if present:
            self.changes.change(present, until=self.day, end_reason=MOVED)
            self.living[present.household_id] -= 1
        household = self._household(outcome.place)
        self.living[household.id] += 1
        self.changes.add(
            Residency(
                community=self.community, person_id=row.id, household_id=household.id, kind=outcome.residency_kind,
                relation=outcome.relation, since=self.day,
            )
        )  # fmt: skip

    def _household(self, place: Place) -> Household:
        key = (self.doors[place.address], place.household)
        found = self.households.get(key)
        if found is None:
            found = Household(community=self.community, dwelling_id=key[0], number=key[1], since=self.day)
            self.households[key] = found
            self.changes.add(found)
        return found

    def _close_empty_households(self) -> None:
        for household in self.present.households.values():
            if not self.living[household.id]:
                self.changes.change(household, until=self.day)

    def _flags(self, row: Person, plan: PersonPlan) -> None:
        """Keep flags that still hold, add new ones, resolve those that this ledger has put right."""
        found = {(flag.kind, flag.read): flag for flag in plan.ledger.flags}
        standing = {(flag.kind, _read(flag)): flag for flag in self.present.flags.get(row.id, ())}
        if any(kind in WRONG_NUMBER for kind, _read_then in standing):
            found.pop(("id_missing", ""), None)
        for key, flag in standing.items():
            is_handed_back = flag.kind in WRONG_NUMBER and not plan.outcome.id_number
            if key not in found and not is_handed_back:
                self.changes.change(flag, resolved_at=self.ledger_import.started_at)
        for key, seen in found.items():
            if key not in standing:
                self.changes.add(flag_row(self.ledger_import, seen, row.id))


def _read(flag: RegisterFlag) -> str:
    return crypto.unseal(flag.read) if flag.read else ""


def flag_row(ledger_import: LedgerImport, flag: Any, person_id: UUID | None) -> RegisterFlag:
    """Return the row of a flag; what stood in the cell is sealed."""
    return RegisterFlag(
        community=ledger_import.community, ledger_import_id=ledger_import.id, person_id=person_id,
        sheet=flag.sheet[:100], row=flag.row, kind=flag.kind, name=flag.name[:120], read=crypto.seal(flag.read),
    )  # fmt: skip


def phone_rows(person: Person, numbers: tuple[str, ...]) -> list[PersonPhone]:
    """Return the rows of a person's numbers, sealed and indexed."""
    return [
        PersonPhone(
            community=person.community, person_id=person.id, position=position, number=crypto.seal(number, "phone"),
            number_index=crypto.blind_index("phone", number), number_tail=crypto.tail_index("phone", number),
        )
        for position, number in enumerate(numbers)
    ]  # fmt: skip


def sealed_id_number(number: str | None) -> dict[str, bytes | None]:
    """Return the three columns of an identity number."""
    if not number:
        return dict.fromkeys(("id_number", "id_index", "id_tail"))
    return {
        "id_number": crypto.seal(number, "id_number"),
        "id_index": crypto.blind_index("id_number", number),
        "id_tail": crypto.tail_index("id_number", number),
    }


def _person_values(outcome: Particulars) -> dict[str, Any]:
    names = ("name", "sex", "birth", "id_kind", "hukou_division", "remarks")
    return {name: getattr(outcome, name) for name in names}


def new_dwelling_values(tenure: Tenure) -> dict[str, Any]:
    """Return the columns of a dwelling that a ledger names for the first time."""
    return {
        "floor": tenure.floor,
        "landlord_name": tenure.landlord_name,
        "landlord_phones": phones_sealed(tenure.landlord_phones),
        "remarks": tenure.remarks,
        "imported": seal_particulars(tenure),
    }
