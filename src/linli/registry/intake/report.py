"""What an import did or would do, for a page, a person at a terminal and `--json`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from linli.registry.intake.plan import Plan
from linli.registry.ledger import Flag, Ledger, Problem, SheetView
from linli.registry.masking import masked_all


@dataclass(frozen=True)
class ImportReport:
    """One import: counts of the ledger, what changed in the register, and what a person should look at."""

    community: int
    community_name: str
    file_name: str
    is_dry_run: bool
    import_id: UUID | None
    persons: int
    households: int
    dwellings: int
    vacant: int
    seconds: float
    created: int
    updated: int
    moved: int
    unchanged: int
    new_dwellings: int
    flags: tuple[Flag, ...] = ()
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[dict[str, Any], ...] = ()
    missing_from_file: tuple[dict[str, Any], ...] = ()
    sheets: tuple[SheetView, ...] = ()
    named: str = ""
    """The community that the file itself names."""
    steps: dict[str, float] = field(default_factory=dict)
    """Seconds of reading, comparing and writing."""

    def as_json(self) -> dict[str, Any]:
        """Return the object that `--json` prints: no identity or phone number in full."""
        flags = [{"sheet": f.sheet, "row": f.row, "kind": f.kind, "name": f.name} for f in self.flags]
        return {**self.counts(), "flags": flags, **masked_all(self.found())}

    def found(self) -> dict[str, Any]:
        """Return what has to be looked at as it was read; not to be shown as it is."""
        return {
            "problems": [{"sheet": p.sheet, "row": p.row, "kind": p.kind, "read": p.read} for p in self.problems],
            "conflicts": list(self.conflicts),
            "missing_from_file": list(self.missing_from_file),
        }

    def counts(self) -> dict[str, Any]:
        """Return what carries no personal values."""
        return {
            "import": str(self.import_id) if self.import_id else None,
            "community": str(self.community),
            "community_name": self.community_name,
            "dry_run": self.is_dry_run,
            "persons": self.persons,
            "households": self.households,
            "dwellings": self.dwellings,
            "vacant": self.vacant,
            "seconds": round(self.seconds, 3),
            "created": self.created,
            "updated": self.updated,
            "moved": self.moved,
            "unchanged": self.unchanged,
            "new_dwellings": self.new_dwellings,
        }


def changes_of(plan: Plan) -> dict[str, int]:
    """Count what a plan changes."""
    created = sum(one.known is None for one in plan.people)
    changed = sum(one.known is not None and one.is_changed for one in plan.people)
    return {
        "created": created,
        "updated": changed,
        "moved": sum(one.is_move for one in plan.people),
        "unchanged": len(plan.people) + plan.twice - created - changed,
        "new_dwellings": sum(door.known is None for door in plan.doors),
    }


def findings_of(plan: Plan) -> dict[str, tuple[dict[str, Any], ...]]:
    """List conflicts and people missing from the file as JSON carries them."""
    conflicts = tuple(
        {
            "sheet": one.sheet,
            "row": one.row,
            "name": one.name,
            "person": str(one.person_id) if one.person_id else None,
            "field": one.conflict.field,
            "file": _plain(one.conflict.file),
            "kept": _plain(one.conflict.kept),
            "reason": str(one.conflict.reason),
        }
        for one in plan.conflicts
    )
    missing = tuple(
        {"person": str(one.person_id), "name": one.name, "address": list(one.address)} for one in plan.missing
    )
    return {"conflicts": conflicts, "missing_from_file": missing}


def size_of(ledger: Ledger) -> dict[str, int]:
    """Count what a ledger holds."""
    return {
        "persons": len(ledger.people),
        "households": ledger.household_count,
        "dwellings": len(ledger.dwellings),
        "vacant": ledger.vacant_count,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
