"""What an import would do, worked out before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from linli.registry.intake.marks import Mark, version_of_particulars, without_marks
from linli.registry.intake.particulars import (
    LedgerDoor,
    LedgerPerson,
    doors_of,
    fields_said,
    people_of,
)
from linli.registry.intake.present import Present
from linli.registry.ledger import Ledger
from linli.registry.matching import Known, match_people
from linli.registry.rules import FieldConflict, Merged, Particulars, Tenure, merge_person, merge_tenure


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """One person of the ledger: who that is in the register, and what the register shall say."""

    ledger: LedgerPerson
    known: Known | None
    merged: Merged

    @property
    def outcome(self) -> Particulars:
        outcome: Particulars = self.merged.outcome
        return outcome

    @property
    def is_changed(self) -> bool:
        """Whether the register says anything else about this person afterwards; handed-back columns do not count."""
        return self.known is None or _told(self.outcome) != _told(self.known.present)

    @property
    def is_move(self) -> bool:
        return self.known is not None and self.known.present.place not in (None, self.outcome.place)


@dataclass(frozen=True, slots=True)
class DoorPlan:
    """One dwelling of the ledger and what the register shall say about it; `known` is None for a new one."""

    ledger: LedgerDoor
    known: UUID | None
    merged: Merged

    @property
    def outcome(self) -> Tenure:
        outcome: Tenure = self.merged.outcome
        return outcome


@dataclass(frozen=True, slots=True)
class PersonConflict:
    """A field of a person that was kept as it is in Linli."""

    name: str
    sheet: str
    row: int
    person_id: UUID | None
    conflict: FieldConflict


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody the register has in these compounds and this ledger does not: nobody is removed for it."""

    person_id: UUID
    name: str
    address: tuple[str, ...]


@dataclass
class Plan:
    """The whole import."""

    people: list[PersonPlan]
    doors: list[DoorPlan]
    missing: list[Missing] = field(default_factory=list)
    twice: int = 0
    """Rows of entries that were merged into somebody whom the ledger names as well: nothing is done for them."""

    @property
    def conflicts(self) -> list[PersonConflict]:
        """Everything in which the file was not followed."""
        people = (
            PersonConflict(
                plan.outcome.name, plan.ledger.record.sheet, plan.ledger.record.row,
                plan.known.id if plan.known else None, conflict,
            )
            for plan in self.people for conflict in plan.merged.conflicts
        )  # fmt: skip
        doors = (
            PersonConflict("".join(plan.ledger.address), "", 0, None, conflict)
            for plan in self.doors
            for conflict in plan.merged.conflicts
        )
        return [*people, *doors]


def make_plan(ledger: Ledger, present: Present) -> Plan:
    """Compare a ledger with the register."""
    said = fields_said(ledger)
    people, marks = without_marks(people_of(ledger))
    known = _as_exported([*present.known, *present.known_merged], marks)
    matches = match_people(
        [one.particulars for one in people], known, [mark.person if mark else None for mark in marks]
    )
    who = _once_each(matches, present)
    plans = [_plan_person(one, *known, present, said) for one, known in zip(people, who, strict=True) if known]
    lived_in = {plan.outcome.place.address for plan in plans if plan.outcome.place}
    doors = [
        _plan_door(door, present)
        for door in doors_of(ledger)
        if door.is_vacant or door.address in lived_in or any(door.address[1:])
    ]
    is_part = any(mark and mark.is_part for mark in marks)
    return Plan(plans, doors, [] if is_part else _missing(present, plans, doors), len(people) - len(plans))


def _once_each(
    matches: Iterable[Known | None], present: Present
) -> list[tuple[Known | None, Particulars | None] | None]:
    """Return who each row is and what the last ledger said of that row; None for a second row of one person.

    The row of an entry that was merged is its person's, unless the person has a row too.
    """
    found = list(matches)
    named = {one.id for one in found if one}
    present_of = {one.id: one for one in present.known}
    who: list[tuple[Known | None, Particulars | None] | None] = []
    for one in found:
        if one is None or one.id not in present.merged:
            who.append((one, one.base if one else None))
            continue
        kept = present.counts_as(one.id)
        who.append(None if kept in named else (present_of[kept], one.base))
        named.add(kept)
    return who


def _as_exported(known: list[Known], marks: Iterable[Mark | None]) -> list[Known]:
    """Return everybody with what was exported as the base of the comparison, where the register still says that."""
    versions = {mark.person: mark.version for mark in marks if mark}
    if not versions:
        return known
    return [
        replace(one, base=replace(one.present, extra=one.base.extra if one.base else ()))
        if one.id in versions and versions[one.id] == version_of_particulars(one.present)
        else one
        for one in known
    ]


def _plan_person(
    person: LedgerPerson, known: Known | None, base: Particulars | None, present: Present, said: frozenset[str]
) -> PersonPlan:
    if known is None:
        return PersonPlan(person, None, Merged(person.particulars))
    is_dead = present.people[known.id].died_on is not None
    merged = merge_person(base, person.particulars, known.present, said, is_dead=is_dead)
    return PersonPlan(person, known, merged)


def _plan_door(door: LedgerDoor, present: Present) -> DoorPlan:
    known = present.doors.get(door.address)
    if known is None:
        return DoorPlan(door, None, Merged(door.tenure))
    return DoorPlan(door, known, merge_tenure(present.tenure_base(known), door.tenure, present.tenure(known)))


def _missing(present: Present, people: Iterable[PersonPlan], doors: Iterable[DoorPlan]) -> list[Missing]:
    """List who lives in the ledger's compounds by the register and is not in it; other compounds have their own."""
    compounds = {door.ledger.address.compound for door in doors}
    matched = {plan.known.id for plan in people if plan.known}
    return [
        Missing(one.id, one.present.name, tuple(one.present.place.address))
        for one in present.known
        if one.id not in matched and one.present.place and one.present.place.address.compound in compounds
    ]


def _told(said: Particulars) -> tuple[object, ...]:
    return (
        said.name, said.sex, said.birth, said.id_kind, said.id_number, said.phones, said.relation, said.residency_kind,
        said.hukou_division, said.care_needs, said.remarks, said.place,
    )  # fmt: skip
