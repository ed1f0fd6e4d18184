"""Who in a ledger is who in the register: by an exported row's mark, identity number, else name with dwelling, birth or phone. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from linli.registry.rules import Particulars


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the register: what it says now, and what the last ledger said."""

    id: UUID
    present: Particulars
    base: Particulars | None = None

    @property
    def places(self) -> set[Hashable]:
        """Where the register or the last ledger has this person; None for one without a door in either."""
        found = (self.present.place, self.base.place if self.base else None)
        return {place.address for place in found if place and any(place.address)} or {None}


def match_people(
    people: Sequence[Particulars], register: Sequence[Known], marked: Sequence[UUID | None] = ()
) -> list[Known | None]:
    """Return for each person of a ledger the person of the register, or None for a new one; nobody is used twice.

    `marked` says who a row was exported as; that counts unless row and register have nothing that makes them one person.
    """
    matcher = _Matcher(people, register)
    matcher.by_mark(marked)
    matcher.by(lambda person: [person.id_number] if person.id_number else [], _numbers, _always)
    matcher.by(lambda person: [(person.name, door) for door in _doors(person)], _name_and_places, _compatible)
    matcher.by(lambda person: [(person.name, mark) for mark in _marks(person)], _name_and_marks, _same_elsewhere)
    return matcher.found


class _Matcher:
    def __init__(self, people: Sequence[Particulars], register: Sequence[Known]) -> None:
        self.people, self.register = people, register
        self.found: list[Known | None] = [None] * len(people)
        self.used: set[UUID] = set()

    def by_mark(self, marked: Sequence[UUID | None]) -> None:
        """Match the rows that say which person they were exported as."""
        known = {one.id: one for one in self.register} if any(marked) else {}
        for at, person_id in enumerate(marked):
            one = known.get(person_id) if person_id else None
            if one and _is_plainly_one(self.people[at], one):
                self.found[at] = one
                self.used.add(one.id)

    def by(
        self,
        keys_of: Callable[[Particulars], Iterable[Hashable]],
        register_keys_of: Callable[[Known], Iterable[Hashable]],
        fits: Callable[[Particulars, Known], bool],
    ) -> None:
        """Match who is still without a match by equal keys; the likeliest first, in the ledger's order."""
        open_by_key: dict[Hashable, list[Known]] = defaultdict(list)
        for one in self.register:
            if one.id not in self.used:
                for key in register_keys_of(one):
                    open_by_key[key].append(one)
        for at, person in enumerate(self.people):
            if self.found[at] is None:
                candidates = [one for key in keys_of(person) for one in open_by_key.get(key, ())]
                self._take(at, person, [one for one in candidates if one.id not in self.used and fits(person, one)])

    def _take(self, at: int, person: Particulars, candidates: list[Known]) -> None:
        if candidates:
            best = max(candidates, key=lambda one: _likeness(person, one))
            self.found[at] = best
            self.used.add(best.id)


def _is_plainly_one(person: Particulars, one: Known) -> bool:
    """Tell whether name, number, phone or birth is still the same: a row may have been typed over with somebody else."""
    same_number = bool(person.id_number) and person.id_number == one.present.id_number
    same_birth = bool(person.birth) and person.birth == one.present.birth
    return same_number or person.name == one.present.name or same_birth or _shares_phone(person, one)


def _doors(person: Particulars) -> list[Hashable]:
    """Where a ledger has somebody; None too when it names no door: a compound alone may be its title's."""
    if person.place is None or not any(person.place.address):
        return [None]
    return [person.place.address] if person.place.has_door else [person.place.address, None]


def _numbers(one: Known) -> list[str]:
    return [one.present.id_number] if one.present.id_number else []


def _name_and_places(one: Known) -> list[Hashable]:
    names = {one.present.name} | ({one.base.name} if one.base else set())
    return [(name, address) for name in names for address in one.places]


def _name_and_marks(one: Known) -> list[Hashable]:
    return [(one.present.name, mark) for mark in _marks(one.present)]


def _marks(person: Particulars) -> list[Hashable]:
    return [mark for mark in (person.birth, *person.phones) if mark]


def _always(_person: Particulars, _one: Known) -> bool:
    return True


def _compatible(person: Particulars, one: Known) -> bool:
    """Same name at the same door: one person, unless birth or identity number speak against it."""
    if _shares_phone(person, one):
        return True
    births_differ = bool(person.birth and one.present.birth and person.birth != one.present.birth)
    numbers_differ = bool(person.id_number and one.present.id_number)
    same_birth = bool(person.birth) and person.birth == one.present.birth
    return not births_differ and (not numbers_differ or same_birth)


def _same_elsewhere(person: Particulars, one: Known) -> bool:
    """Same name with the same birth or phone at another door: moved, unless both have an identity number."""
    return _compatible(person, one) and not (person.id_number and one.present.id_number)


def _shares_phone(person: Particulars, one: Known) -> bool:
    return not set(person.phones).isdisjoint(one.present.phones)


def _likeness(person: Particulars, one: Known) -> tuple[bool, bool, bool, bool]:
    return (
        person.place == one.present.place,
        bool(person.birth) and person.birth == one.present.birth,
        _shares_phone(person, one),
        person.relation == one.present.relation,
    )
