"""Whom a row is about: the columns to read for each person, where one row can name several."""

from __future__ import annotations

from collections.abc import Iterable

from linli.registry.ledger.headers import normal_header
from linli.registry.ledger.records import ColumnView
from linli.registry.ledger.relatives import is_a_relatives
from linli.registry.ledger.text import Value, clean, is_nothing

ADDRESS_FIELDS = (
    "compound", "address", "address_more", "building", "building_unit", "unit", "unit_room", "floor", "room",
)  # fmt: skip
_OF_THE_DOOR = frozenset((*ADDRESS_FIELDS, "household_number", "landlord", "landlord_name", "landlord_phone"))
_NAMING = ("name", "head_name", "id_number")


class Seats:
    """The columns that everyone in a row shares, and each person's own.

    A head of household may stand beside one member a row, given once or on every row: the head is a person on the
    first, and what the row says to its end (remarks, category) is the member's, if the member has more than a name.
    """

    def __init__(self, columns: Iterable[ColumnView]) -> None:
        used = [column for column in columns if column.field != "ignore"]
        self._shared = [column for column in used if not column.member]
        numbers = sorted({column.member for column in used} - {0})
        self._own = [[column for column in used if column.member == number] for number in numbers]
        self._head_first = (
            len(self._own) == 2 and self._own[0][0].field == "head_name" and not _is_relatives(self._own[1])
        )
        self._member_is_main = self._head_first and len(self._own[1]) > 1
        self._last_head: tuple[str, ...] = ()

    def taken(self, values: list[Value]) -> list[list[ColumnView]]:
        """Return the columns of each person that the row names, of whom one has the shared columns too."""
        if not self._own:
            return [self._shared]
        present = [own for own in self._own if self._names(own, values)]
        if self._head_first and len(present) == 2 and self._is_head_again(present[0], values):
            present = present[1:]
        elif self._head_first and present and present[0] is self._own[0]:
            self._last_head = self._told(present[0], values)
        if not present:
            return [_in_order(self._shared, self._own[0])]
        main = present[-1] if self._member_is_main else present[0]
        doors = [column for column in self._shared if column.field in _OF_THE_DOOR]
        return [_in_order(self._shared if own is main else doors, own) for own in present]

    def _is_head_again(self, head: list[ColumnView], values: list[Value]) -> bool:
        """Tell whether a row repeats the head above it, all of it or where merged cells were filled."""
        told = self._told(head, values)
        return len(told) == len(self._last_head) and all(
            now in ("", before) for now, before in zip(told, self._last_head, strict=True)
        )

    def _names(self, own: list[ColumnView], values: list[Value]) -> bool:
        return any(not is_nothing(text) for text in self._told(own, values))

    def _told(self, own: list[ColumnView], values: list[Value]) -> tuple[str, ...]:
        naming = [column.index for column in own if column.field in _NAMING]
        return tuple(clean(values[index]) if index < len(values) else "" for index in naming)


def _is_relatives(own: list[ColumnView]) -> bool:
    return any(is_a_relatives(normal_header(part)) for part in own[0].header.split("/"))


def _in_order(*parts: list[ColumnView]) -> list[ColumnView]:
    return sorted((column for part in parts for column in part), key=lambda column: column.index)
