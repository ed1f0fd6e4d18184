"""Who a row is about when its column of names is empty: an owner who lives in the dwelling, or a head of household."""

from __future__ import annotations

import re
from collections.abc import Iterable

from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.headers import normal_header
from linli.registry.ledger.kinds import row_says_vacant
from linli.registry.ledger.records import ColumnView
from linli.registry.ledger.row import Row

_LIVES_HERE = re.compile(r"自住|自用|自己住|(?:本人|业主|房主)居?住|owner.?occupied", re.IGNORECASE)
_FOR_TENANTS = re.compile(r"租|使用人|tenant|renter")
_OWNER = re.compile(r"业主|产权|房主|屋主|所有人|所有权|owner")
_SAYING = ("category", "occupancy", "remarks")
_OF_A_HEAD = {"head_name": "name", "head_id": "id_number", "head_phone": "phone"}
_OWN = {"landlord_name": "name", "landlord_id": "id_number", "landlord_phone": "phone"}


def are_for_tenants(columns: Iterable[ColumnView]) -> bool:
    """Tell whether a table keeps owners in one column and only tenants in another."""
    headers = {column.field: normal_header(column.header) for column in columns if column.how == "header"}
    return bool(_FOR_TENANTS.search(headers.get("name", "")) and _OWNER.search(headers.get("landlord_name", "")))


def seat_owner(row: Row, *, for_tenants: bool) -> None:
    """Make the owner of a row without a resident the resident, where the row or its table says that owners live here."""
    if row.text("name") or row.text("id_number") or not row.text("landlord_name") or row_says_vacant(row):
        return
    said = " ".join(row.text(name) for name in _SAYING)
    if _LIVES_HERE.search(said) or (for_tenants and "租" not in said):
        row.rename(_OWN)
        row.owner = True


def seat_head(row: Row, before: str) -> str:
    """Make the head of a household the row's person where nobody else is. Returns the head last named, from `before`."""
    head = row.text("head_name")
    if head and head != before and not (row.text("name") or says_vacant(head) or row_says_vacant(row)):
        row.rename({old: new for old, new in _OF_A_HEAD.items() if new not in row.texts})
        row.texts["relation"] = "户主"
        row.cells["relation"] = ["户主"]
    return head or before
