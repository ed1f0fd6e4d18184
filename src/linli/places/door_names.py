"""Finding a door by what somebody wrote: 明珠华府 3-2-501, 3栋2单元501室, in any usual form."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core.errors import Invalid
from linli.places.addresses import Address, Wanted, wanted


def door_name(address: Address) -> str:
    """Return a door as offices write it: 明珠华府 3-2-501."""
    return f"{address.compound} {'-'.join(part for part in address[1:] if part)}".strip()


class UnknownDoor(Invalid):
    """A door was named that is not in the register, or that may be several."""

    code = "unknown_door"
    message = _("The door “%(door)s” is not in the register, or it may be several. Write it as 明珠华府 3-2-501.")


def split_door(text: str, compounds: Iterable[str]) -> tuple[str, Wanted | None]:
    """Return the compound whose name a text begins with, empty without one, and what the rest says of a door."""
    bare = _bare(text)
    names = {_bare(name): name for name in compounds}
    begins = max((name for name in names if name and bare.startswith(name)), key=len, default="")
    return names.get(begins, ""), wanted(bare.removeprefix(begins))


class DoorNames:
    """The doors of a community by their names."""

    def __init__(self, doors: Mapping[Address, UUID]) -> None:
        self._compounds = {address.compound for address in doors}
        self._exact = {_bare(door_name(address)): id for address, id in doors.items()}
        self._by_room: dict[str, list[tuple[Address, UUID]]] = defaultdict(list)
        for address, id in doors.items():
            self._by_room[_bare(address.room)].append((address, id))

    def find(self, text: str) -> tuple[UUID, ...]:
        """Return the doors that a text may mean: none, one, or several where it leaves out compound or building."""
        bare = _bare(text)
        if bare in self._exact:
            return (self._exact[bare],)
        compound, door = split_door(text, self._compounds)
        if door is None or not door.room:
            return ()
        return tuple(id for address, id in self._by_room[_bare(door.room)] if _fits(address, door, _bare(compound)))

    def the_one(self, text: str) -> UUID:
        """Return the one door that a text means. Raises UnknownDoor."""
        found = self.find(text)
        if len(found) != 1:
            raise UnknownDoor(door=text)
        return found[0]


def _fits(address: Address, door: Wanted, compound: str) -> bool:
    return (
        (not compound or _bare(address.compound) == compound)
        and (not door.compound or _bare(door.compound) in _bare(address.compound))
        and _bare(door.building) in ("", _bare(address.building))
        and _bare(door.unit) in ("", _bare(address.unit))
    )


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
