"""A few invented households to lay out by hand, and what a ledger of them must give."""

from __future__ import annotations

from dataclasses import dataclass

from linli.registry.ledger import Ledger
from linli.registry.ledger.identity import check_digit


@dataclass(frozen=True)
class Member:
    name: str
    relation: str
    id_number: str
    phone: str


@dataclass(frozen=True)
class Home:
    building: str
    unit: str
    room: str
    members: tuple[Member, ...]

    @property
    def head(self) -> Member:
        return self.members[0]

    @property
    def door(self) -> str:
        return f"{self.building}栋{self.unit}单元{self.room}"


_NAMES = (
    ("吴伟芳", "彭玉", "吴雪刚"), ("田桂英",), ("曾强", "孙建芳"), ("陈芳", "杜欣", "陈涛", "李志红"), ("周霞",), ("程华", "程明"),
)  # fmt: skip
_RELATIONS = ("户主", "配偶", "子女", "母亲")


def _member(home: int, place: int, name: str) -> Member:
    first17 = f"4201121985{home + 1:02d}{place + 11}{home:02d}{place * 2}"
    return Member(name, _RELATIONS[place], first17 + check_digit(first17), f"138{home:04d}{place + 1000:04d}")


HOMES = tuple(
    Home(str(home // 4 + 1), str(home // 2 % 2 + 1), f"{home % 2 + 1}01", tuple(
        _member(home, place, name) for place, name in enumerate(names)
    ))
    for home, names in enumerate(_NAMES)
)  # fmt: skip
EVERYONE = {
    (member.name, member.id_number, home.building, home.unit, home.room) for home in HOMES for member in home.members
}


def told(ledger: Ledger) -> set[tuple[str, str | None, str, str, str]]:
    """Return who lives where by the ledger; the five kinds of flag must not appear, nor anyone twice."""
    people = [
        (person.name, person.id_number, door.building, door.unit, door.room)
        for door in ledger.dwellings
        for person in door.people
    ]
    assert len(people) == len(set(people))
    kinds = {"id_check_digit", "id_precision_lost", "id_length", "id_missing", "duplicate_person"}
    assert not [flag for flag in ledger.flags if flag.kind in kinds]
    return set(people)


def phones(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    return {person.name: person.phones for person in ledger.people}
