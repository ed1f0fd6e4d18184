"""The rows one import adds, changes and drops, written in bulk with the journal that can take them back."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from linli.core import crypto, rows
from linli.core.bulk import copy_rows
from linli.core.scope import ScopedModel
from linli.places import services as places
from linli.places.models import Building, Compound, Dwelling, Unit
from linli.registry.models import (
    CareNeed,
    Household,
    LedgerChange,
    LedgerImport,
    Person,
    PersonPhone,
    RegisterFlag,
    Residency,
)

PLACES: tuple[type[ScopedModel], ...] = (Compound, Building, Unit, Dwelling)
REGISTRY: tuple[type[ScopedModel], ...] = (Household, Person, PersonPhone, Residency, CareNeed, RegisterFlag)
TABLES: dict[str, type[ScopedModel]] = {model._meta.db_table: model for model in (*PLACES, *REGISTRY)}
CREATED, UPDATED, DELETED = (act.value for act in LedgerChange.Act)
_BATCH = 500
_ENTRY_BYTES = 16 + rows.DIGEST_BYTES


class Changes:
    """Collects rows; `write` brings them into the tables. Rows of `places` are written by its services."""

    def __init__(self) -> None:
        self.added: dict[type[ScopedModel], list[ScopedModel]] = defaultdict(list)
        self.changed: dict[UUID, ScopedModel] = {}
        self.before: dict[UUID, bytes] = {}
        self.fields: dict[UUID, set[str]] = defaultdict(set)
        self.dropped: dict[UUID, ScopedModel] = {}
        self.already_there: list[ScopedModel] = []

    def add(self, row: ScopedModel) -> None:
        self.added[type(row)].append(row)

    def note_made(self, made: list[ScopedModel]) -> None:
        """Journal rows that another app's service has already written."""
        self.already_there += made

    def change(self, row: ScopedModel, **values: Any) -> None:
        """Set columns of a row, by attribute name; columns that hold the value already are left alone."""
        differing = {name: value for name, value in values.items() if _differs(getattr(row, name), value)}
        if not differing:
            return
        if row.id not in self.before:
            self.before[row.id] = _sealed(row)
        for name, value in differing.items():
            setattr(row, name, value)
        self.changed[row.id] = row
        self.fields[row.id] |= set(differing)

    def drop(self, row: ScopedModel) -> None:
        self.before[row.id] = _sealed(row)
        self.dropped[row.id] = row

    def __len__(self) -> int:
        added = sum(len(rows) for rows in self.added.values())
        return added + len(self.changed) + len(self.dropped) + len(self.already_there)

    def write(self, actor: Any, community: int) -> None:
        """Bring everything into the tables: what goes first, then what changes, then what is new."""
        for model in REGISTRY:
            rows.delete_rows(model, community, [row.id for row in self.dropped.values() if isinstance(row, model)])
            changed = [row for row in self.changed.values() if isinstance(row, model)]
            if changed:
                names = sorted(set().union(*(self.fields[row.id] for row in changed)))
                model.objects.bulk_update(changed, names, batch_size=_BATCH)
        dwellings = [row for row in self.changed.values() if isinstance(row, Dwelling)]
        places.save_dwellings(actor, community, dwellings)
        for model in REGISTRY:
            if self.added[model]:
                copy_rows(model, self.added[model])

    def journal(self, ledger_import: LedgerImport) -> Iterator[LedgerChange]:
        """Yield what is stored with the import: an entry a row that changed or went, and an entry a table for new ones."""
        entry = partial(LedgerChange, community=ledger_import.community, ledger_import=ledger_import)
        for model, created in self._created().items():
            yield entry(act=CREATED, table=model._meta.db_table, after=pack(model, created))
        for row in self.changed.values():
            after = rows.digester(type(row))(row)
            yield entry(act=UPDATED, table=row._meta.db_table, row_id=row.id, before=self.before[row.id], after=after)
        for row in self.dropped.values():
            yield entry(act=DELETED, table=row._meta.db_table, row_id=row.id, before=self.before[row.id])

    def _created(self) -> dict[type[ScopedModel], list[ScopedModel]]:
        created = {model: list(new) for model, new in self.added.items() if new}
        for row in self.already_there:
            created.setdefault(type(row), []).append(row)
        return created


def pack(model: type[ScopedModel], created: Iterable[ScopedModel]) -> bytes:
    """Return ids and digests of rows in one piece."""
    digest = rows.digester(model)
    return b"".join(row.id.bytes + digest(row) for row in created)


def unpack(packed: bytes) -> dict[UUID, bytes]:
    """Return the digest of each row by its id."""
    parts = (packed[at : at + _ENTRY_BYTES] for at in range(0, len(packed), _ENTRY_BYTES))
    return {UUID(bytes=part[:16]): part[16:] for part in parts}


def _sealed(row: ScopedModel) -> bytes:
    return crypto.seal(json.dumps(rows.as_plain(row)))


def row_before(change: LedgerChange) -> ScopedModel:
    """Return the row as it was before the import."""
    assert change.before is not None
    return rows.from_plain(TABLES[change.table], json.loads(crypto.unseal(change.before)))


def _differs(old: Any, new: Any) -> bool:
    if isinstance(old, memoryview):
        old = bytes(old)
    return bool(old != new)
