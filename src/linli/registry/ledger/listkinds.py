"""What a list is a list of: 流动人口登记表 names tenants, 孕妇名单 people with one care need, 出租房屋 whoever rents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from linli.registry.ledger.care import care_needs_in
from linli.registry.ledger.headers import normal_header
from linli.registry.ledger.records import ColumnView, ResidencyKind
from linli.registry.ledger.row import Row
from linli.registry.ledger.text import clean

_LIST = re.compile(
    r"(?:名册|名单|台[账帐]|登记表?|(?:信息|统计|情况|一览|明细|汇总|采集|摸底|摸排|排查)表|清单|底册|登记簿|人员|人口|老人|信息)(?:[(].*)?$"
)
_ALL = re.compile(r"常住|户籍|居民|实有人口|全体|总表|汇总|住户|人户一致|人口信息|重点人群|特殊人群|特殊群体")
_KINDS: tuple[tuple[ResidencyKind, re.Pattern[str]], ...] = (
    ("registered_only", re.compile(r"空挂|挂户")),
    ("away", re.compile(r"外出|流出|人户分离|户在人不在")),
    ("tenant", re.compile(r"流动人口|流动人员|流入|外来|暂住|(?<![公廉])租(?!赁公房)")),
)
_TENANTS = re.compile(r"租|tenant|renter", re.IGNORECASE)
_LESSOR = re.compile(r"出租[人方]|租出|租房屋|landlord", re.IGNORECASE)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class ListKind:
    """What is true of everyone in a list unless the row says otherwise."""

    residency: ResidencyKind | None = None
    needs: tuple[str, ...] = ()


EVERYBODY = ListKind()


def kind_of_list(sheet_name: str, titles: Iterable[str]) -> ListKind:
    """Return what a sheet's name and the lines above its header say that it lists."""
    kinds = [_kind_in(sheet_name), *(kind for line in titles if (kind := kind_of_title(line)) is not None)]
    return next((kind for kind in kinds if kind != EVERYBODY), EVERYBODY)


@lru_cache(maxsize=1024)
def kind_of_title(line: str) -> ListKind | None:
    """Return what one line says that the list below it holds; None where it is no title of a list."""
    text = clean(line).replace(" ", "")
    return _kind_in(text) if len(text) <= _LONGEST and _LIST.search(text) else None


def _kind_in(text: str) -> ListKind:
    found = [kind for kind, words in _KINDS if words.search(text)]
    needs = care_needs_in(text)
    if _ALL.search(text) or len(found) > 1 or len(needs) > 1:
        return EVERYBODY
    return ListKind(found[0] if found else None, tuple(needs))


def note_list_kind(rows: Iterable[Row], columns: Iterable[ColumnView], kind: ListKind) -> ListKind:
    """Tell each row what its list is of; a line that heads a section changes it. Returns what holds at the end."""
    names_tenants = _names_tenants(columns)
    for row in rows:
        if row.kind == "section":
            kind = kind_of_title(row.only_cell) or kind
        row.needs = kind.needs
        row.residency = "tenant" if names_tenants and not row.owner else kind.residency
    return kind


def _names_tenants(columns: Iterable[ColumnView]) -> bool:
    named = next((column for column in columns if column.field == "name"), None)
    header = normal_header(named.header) if named and named.how == "header" else ""
    return bool(_TENANTS.search(_LESSOR.sub("", header)))
