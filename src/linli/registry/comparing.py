"""A self-report beside the register: who each line is, and what it would change. Call inside a scope."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from linli.core import crypto
from linli.registry.ledger.identity import read_identity
from linli.registry.masking import masked
from linli.registry.models import Person, PersonPhone, Residency, SelfReport
from linli.registry.shown import PersonShown, shown_people
from linli.registry.told import HouseholdTold, PersonTold, Says


class Act(StrEnum):
    """What a line of a report would do to the register."""

    NOTHING = "nothing"
    ADD = "add"
    CORRECT = "correct"
    END = "end"
    BY_HAND = "by_hand"
    """Somebody who lives behind another door by the register: to be moved on their own page."""
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True)
class Line:
    """One person of a report, who that is in the register, and what would change."""

    number: int
    told: PersonTold
    act: Act
    person: PersonShown | None = None
    new_number: str = ""
    new_phones: tuple[str, ...] = ()

    @property
    def told_from(self) -> str:
        """Where the person came from, as a page may show it."""
        return masked(self.told.came_from)

    @property
    def told_needs(self) -> str:
        """What the person needs, as a page may show it."""
        return masked(self.told.needs)

    @property
    def told_number(self) -> str:
        """The identity number as a page may show it."""
        return crypto.mask_id_number(self.told.id_number) if self.told.id_number else ""

    @property
    def told_phones(self) -> tuple[str, ...]:
        """The phone numbers as a page may show them."""
        return tuple(crypto.mask_phone(each) for each in self.told.phones)


def lines_of(report: SelfReport) -> tuple[Line, ...]:
    """Return what each person of a report would change by now, with six queries at most. Call inside a scope."""
    told = told_by(report).people
    register = _Register(report, told)
    return tuple(register.line(number, one) for number, one in enumerate(told))


class _Register:
    """The people of the register whom a report may mean."""

    def __init__(self, report: SelfReport, told: Sequence[PersonTold]) -> None:
        self.numbers = {one.id_number: _read(one.id_number) for one in told}
        self.here = {each.person_id: each.person for each in living_in(report.household_id)}
        indexes = [_index(number) for number in self.numbers.values() if number]
        known = Person.objects.filter(community=report.community, id_index__in=indexes)
        self.by_index = {bytes(each.id_index): each for each in known if each.id_index}
        people = {each.pk: each for each in (*self.here.values(), *self.by_index.values())}
        self.shown = {each.id: each for each in shown_people(people.values())}
        self.phones: dict[UUID, set[str]] = defaultdict(set)
        for phone in PersonPhone.objects.filter(person__in=people):
            self.phones[phone.person_id].add(crypto.unseal(phone.number, "phone"))

    def line(self, number: int, told: PersonTold) -> Line:
        """Compare one line: who that is, and what would change."""
        read, person = self.numbers[told.id_number], self._who(told)
        if person is None:
            return Line(number, told, _act_for_a_stranger(told, read))
        shown = self.shown[person.pk]
        if told.says is Says.HAS_LEFT:
            return Line(number, told, Act.END if person.pk in self.here else Act.NOTHING, shown)
        if told.id_number and read is None:
            return Line(number, told, Act.WRONG_NUMBER, shown)
        if person.pk not in self.here:
            return Line(number, told, Act.BY_HAND, shown)
        new_number = read if read and person.id_index is None else ""
        known = self.phones[person.pk]
        new_phones = (*sorted(known), *told.phones) if set(told.phones) - known else ()
        act = Act.CORRECT if new_number or new_phones else Act.NOTHING
        return Line(number, told, act, shown, new_number, tuple(dict.fromkeys(new_phones)))

    def _who(self, told: PersonTold) -> Person | None:
        read = self.numbers[told.id_number]
        known = self.by_index.get(_index(read)) if read else None
        return known or next((each for each in self.here.values() if each.name == told.name), None)


def _act_for_a_stranger(told: PersonTold, read: str | None) -> Act:
    if told.says is Says.HAS_LEFT:
        return Act.NOTHING
    return Act.WRONG_NUMBER if told.id_number and read is None else Act.ADD


def _read(id_number: str) -> str | None:
    return read_identity(id_number, "").number if id_number else None


def _index(id_number: str) -> bytes:
    return crypto.blind_index("id_number", id_number)


def living_in(household: UUID) -> list[Residency]:
    """Return who lives in a household now. Call inside a scope."""
    return list(Residency.objects.filter(household=household, until=None).select_related("person"))


def told_by(report: SelfReport) -> HouseholdTold:
    """Return what a household said."""
    return HouseholdTold.loaded(crypto.unseal(report.told))
