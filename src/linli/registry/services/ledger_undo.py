"""Taking an import back, as one act."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext

from linli.core import audit, rows
from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.core.errors import LinliError
from linli.core.rights import Right
from linli.core.scope import ScopedModel, scoped
from linli.places.models import Dwelling
from linli.places.scope import in_community
from linli.places.services import save_dwellings, take_back_places
from linli.registry import dependants
from linli.registry.access import access_import
from linli.registry.errors import NotImported, UndoBlocked
from linli.registry.intake.changes import CREATED, PLACES, REGISTRY, TABLES, UPDATED, row_before, unpack
from linli.registry.models import LedgerChange, LedgerImport, Person, TwoPeople
from linli.registry.shown import address_of
from linli.registry.turns import take_alone, tell_changed

_SHOWN = 5
_BATCH = 500
Ids = dict[type[ScopedModel], set[UUID]]


@dataclass(frozen=True)
class UndoReport:
    """What was taken back."""

    import_id: UUID
    community: int
    removed: int
    restored: int
    discarded: list[str]
    """Names of what had no live effect and went with it: drills."""

    def as_json(self) -> dict[str, Any]:
        """Return the object that `--json` prints."""
        return {
            "import": str(self.import_id),
            "community": str(self.community),
            "removed": self.removed,
            "restored": self.restored,
            "discarded": self.discarded,
        }


@dataclass
class _Journal:
    """The changes of one import, by what they did and to which table."""

    created: dict[type[ScopedModel], dict[UUID, bytes]] = field(default_factory=lambda: defaultdict(dict))
    updated: dict[type[ScopedModel], dict[UUID, LedgerChange]] = field(default_factory=lambda: defaultdict(dict))
    deleted: dict[type[ScopedModel], list[LedgerChange]] = field(default_factory=lambda: defaultdict(list))


def undo_import(actor: Actor, import_id: UUID) -> UndoReport:
    """Bring the register back to what it was before an import.

    For who holds ledger_import there. Restores and removes every row that the import touched, and writes one audit
    entry; drills played on it go with it, which is an entry of its own. Raises NotFound, NotImported, ImportUnderWay, and
    UndoBlocked naming later imports, edits, rounds and other records that depend on it.
    """
    with scoped(actor, Right.LEDGER_IMPORT):
        community = access_import(actor, import_id, right=Right.LEDGER_IMPORT).community
    with in_community(actor, Right.LEDGER_IMPORT, community):
        take_alone(community)
        ledger_import = access_import(actor, import_id, right=Right.LEDGER_IMPORT)
        if ledger_import.state != LedgerImport.State.IMPORTED:
            raise NotImported(state=ledger_import.get_state_display())
        journal = _journal_of(ledger_import)
        discarded = _free(actor, ledger_import, journal)
        report = _take_back(actor, ledger_import, journal, discarded)
        ledger_import.state = LedgerImport.State.UNDONE
        ledger_import.report |= {"discarded": discarded}
        ledger_import.save(update_fields=["state", "report"])
        audit.record(
            actor, "ledger_import_undone", community=community, right=Right.LEDGER_IMPORT, object_type="ledger_import",
            object_id=import_id, before={"state": "imported"}, after=report.as_json(),
        )  # fmt: skip
        tell_changed(community)
    return report


def _journal_of(ledger_import: LedgerImport) -> _Journal:
    journal = _Journal()
    for change in LedgerChange.objects.filter(community=ledger_import.community, ledger_import=ledger_import):
        model = TABLES[change.table]
        if change.act == CREATED:
            journal.created[model] |= unpack(bytes(change.after or b""))
        elif change.act == UPDATED and change.row_id:
            journal.updated[model][change.row_id] = change
        else:
            journal.deleted[model].append(change)
    return journal


def _free(actor: Actor, ledger_import: LedgerImport, journal: _Journal) -> list[str]:
    """Discard what has no live effect and refers to the import; returns its names. Raises UndoBlocked when more does."""
    community = ledger_import.community
    later, edited = _later_imports(ledger_import), _edited_since(community, journal)
    in_the_way = dependants.in_the_way(community, journal.created)
    if later or edited or in_the_way:
        raise UndoBlocked(why=lazy(_reasons, str)(later, list(map(_called, edited)), in_the_way, {}))
    people = list(journal.created[Person])
    TwoPeople.objects.filter(Q(first__in=people) | Q(second__in=people), community=community).delete()
    discarded = dependants.discard(actor, community, journal.created)
    if used := _used_elsewhere(community, journal):
        raise UndoBlocked(why=lazy(_reasons, str)([], [], [], used))
    return discarded


def _reasons(later: list[LedgerImport], edited: list[str], in_the_way: list[LinliError], used: dict[str, int]) -> str:
    told = [str(each) for each in in_the_way]
    if later:
        shown = ", ".join(f"{one.file_name} ({one.id})" for one in later[:_SHOWN])
        told.append(gettext("later imports have to be undone first: %(imports)s") % {"imports": shown})
    if edited:
        shown = ", ".join(sorted({name for name in edited if name})[:_SHOWN]) or str(len(edited))
        told.append(gettext("%(count)s records were edited since: %(names)s") % {"count": len(edited), "names": shown})
    if used:
        shown = ", ".join(f"{name}: {count}" for name, count in sorted(used.items()))
        told.append(gettext("other records refer to what it brought: %(records)s") % {"records": shown})
    return "; ".join(told)


def _called(row: ScopedModel) -> str:
    """Return what a person or dwelling that was edited is called, nothing for other rows."""
    if isinstance(row, Dwelling) and row.room:
        compound, *door = address_of(row)
        return f"{compound} {'-'.join(part for part in door if part)}"
    return row.name if isinstance(row, Person) else ""


def _later_imports(ledger_import: LedgerImport) -> list[LedgerImport]:
    later = LedgerImport.objects.filter(
        community=ledger_import.community, state=LedgerImport.State.IMPORTED, started_at__gt=ledger_import.started_at
    )
    return list(later.filter(changes__isnull=False).distinct().order_by("-started_at"))


def _edited_since(community: int, journal: _Journal) -> list[ScopedModel]:
    """Return rows that are not as the import left them; for a row that is gone, an empty one."""
    edited: list[ScopedModel] = []
    for model in (*PLACES, *REGISTRY):
        left = {**journal.created[model], **{id: bytes(c.after or b"") for id, c in journal.updated[model].items()}}
        kept = (Person.entries if model is Person else model.objects).filter(community=community, id__in=list(left))
        present = {row.id: row for row in kept} if left else {}
        digest_of = rows.digester(model)
        for id, digest in left.items():
            row = present.get(id)
            if row is None or digest_of(row) != digest:
                edited.append(row or model(id=id))
    return edited


def _used_elsewhere(community: int, journal: _Journal) -> dict[str, int]:
    """Count rows that refer to what the import created and that it did not create itself, by what they are called."""
    used: Counter[str] = Counter()
    for model, created in [(model, ids) for model, ids in journal.created.items() if ids]:
        for other, reference in rows.references_to(model):
            referring = other.objects.filter(**{"community": community, f"{reference}__in": list(created)})
            strangers = set(referring.values_list("id", flat=True)) - journal.created.get(other, {}).keys()
            if strangers:
                used[str(other._meta.verbose_name)] += len(strangers)
    return dict(used)


def _take_back(actor: Actor, ledger_import: LedgerImport, journal: _Journal, discarded: list[str]) -> UndoReport:
    community = ledger_import.community
    for model in reversed(REGISTRY):
        rows.delete_rows(model, community, journal.created[model].keys())
    restored = [row_before(change) for changes in journal.updated.values() for change in changes.values()]
    for model in REGISTRY:
        same = [row for row in restored if isinstance(row, model)]
        if same:
            names = [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "community")]
            model.objects.bulk_update(same, [_name(model, name) for name in names], batch_size=_BATCH)
        if journal.deleted[model]:
            copy_rows(model, [row_before(change) for change in journal.deleted[model]])
    save_dwellings(actor, community, [row for row in restored if isinstance(row, Dwelling)])
    take_back_places(actor, community, {model: set(journal.created[model]) for model in PLACES})
    removed = sum(len(created) for created in journal.created.values())
    brought_back = len(restored) + sum(map(len, journal.deleted.values()))
    return UndoReport(ledger_import.id, community, removed, brought_back, discarded)


def _name(model: type[ScopedModel], attname: str) -> str:
    return next(field.name for field in model._meta.concrete_fields if field.attname == attname)
