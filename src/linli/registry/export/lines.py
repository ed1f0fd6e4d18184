"""Everybody of a register in the order of doors, and every vacant dwelling, ready to be written in any format."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from linli.core import crypto
from linli.places.addresses import Address, address_key
from linli.registry.intake.marks import Mark, version_of_particulars
from linli.registry.intake.present import Present
from linli.registry.rules import Particulars, Tenure

HEAD = "户主"
NOWHERE = Address("", "", "", "")
_STILL_WRONG = ("id_check_digit", "id_length")
"""Flags whose cell is handed back as it was read, so that the office can put it right where it stands."""


@dataclass(frozen=True)
class Line:
    """One person behind a door or behind none that is known, or a vacant dwelling."""

    address: Address
    tenure: Tenure
    household_id: UUID | None = None
    household: str = ""
    person: Particulars | None = None
    wrong_id_number: str = ""
    flags: tuple[str, ...] = ()
    mark: str = ""
    """Who this row is and what it said, for when it comes back."""
    dwelling_id: UUID | None = None
    person_id: UUID | None = None
    extra: dict[str, str] = field(default_factory=dict)


class _Member(NamedTuple):
    household: str
    not_head: bool
    id: UUID


def lines(present: Present, *, is_part: bool = False) -> Iterator[Line]:
    """Yield who lives here now, door by door, the head of a household first; vacant dwellings in their place.

    With `is_part` the rows say that they are some out of more. Who lives behind no known door comes first: no row above whose address
    a reader could carry down to them.
    """
    for person_id in present.doorless:
        yield _line(present, NOWHERE, Tenure(), person_id, is_part=is_part)
    members = _members_by_dwelling(present)
    for address in sorted(present.doors, key=address_key):
        dwelling_id = present.doors[address]
        tenure = present.tenure(dwelling_id)
        for member in sorted(members.get(dwelling_id, ())):
            yield _line(present, address, tenure, member.id, is_part=is_part)
        if dwelling_id not in members:
            yield Line(address, tenure, dwelling_id=dwelling_id)


def _members_by_dwelling(present: Present) -> dict[UUID, list[_Member]]:
    members: dict[UUID, list[_Member]] = defaultdict(list)
    for person_id, residency in present.residencies.items():
        household = present.households[residency.household_id]
        member = _Member(household.number, residency.relation != HEAD, person_id)
        members[household.dwelling_id].append(member)
    return members


def _line(present: Present, address: Address, tenure: Tenure, person_id: UUID, *, is_part: bool) -> Line:
    residency, flags = present.residencies.get(person_id), present.flags.get(person_id, [])
    person, base = present.particulars(person_id), present.base(person_id)
    wrong = [flag for flag in flags if flag.kind in _STILL_WRONG and flag.read]
    return Line(
        address,
        tenure,
        residency.household_id if residency else None,
        present.households[residency.household_id].number if residency else "",
        person,
        crypto.unseal(wrong[0].read or b"") if wrong and not person.id_number else "",
        tuple(dict.fromkeys(flag.kind for flag in flags)),
        str(Mark(person_id, version_of_particulars(person), is_part)),
        present.households[residency.household_id].dwelling_id if residency else None,
        person_id,
        dict(base.extra) if base else {},
    )
