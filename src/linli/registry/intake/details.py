"""What a page shows of one reading or import and no table keeps: columns with samples, findings; sealed as a whole."""

import json
from typing import Any

from linli.core import clock, crypto
from linli.registry.intake.report import ImportReport
from linli.registry.ledger import SheetView
from linli.registry.models import LedgerImport


def sealed(report: ImportReport) -> bytes:
    """Return how each sheet and column was understood and what the import found, sealed."""
    told = {
        "sheets": [_sheet(sheet) for sheet in report.sheets],
        **report.found(),
        "flags": [
            {"sheet": flag.sheet, "row": flag.row, "kind": flag.kind, "name": flag.name, "read": flag.read}
            for flag in report.flags
        ],
    }
    return crypto.seal(json.dumps(told, ensure_ascii=False))


def opened(blob: bytes | memoryview | None) -> dict[str, Any]:
    """Return what `sealed` kept, empty lists where nothing was."""
    empty: dict[str, Any] = {"sheets": [], "problems": [], "conflicts": [], "missing_from_file": [], "flags": []}
    return {**empty, **json.loads(crypto.unseal(blob))} if blob else empty


def keep_report(ledger_import: LedgerImport, report: ImportReport, state: LedgerImport.State) -> dict[str, Any]:
    """Store what an import or its dry run found, and return the counts."""
    counts: dict[str, Any] = {**report.counts(), "steps": report.steps, "named": report.named}
    ledger_import.state = state
    ledger_import.finished_at = clock.now()
    ledger_import.report = {**counts, "flags": len(report.flags), "conflicts": len(report.conflicts)}
    ledger_import.details = sealed(report)
    ledger_import.save()
    return counts


def _sheet(sheet: SheetView) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "role": sheet.role,
        "header_rows": list(sheet.header_rows),
        "person_rows": sheet.person_rows,
        "vacant_rows": sheet.vacant_rows,
        "skipped": [{"row": row.row, "reason": row.reason, "read": row.read} for row in sheet.skipped],
        "columns": [
            {
                "letter": column.letter,
                "header": column.header,
                "key": column.key,
                "field": column.field,
                "how": column.how,
                "samples": list(column.samples),
            }
            for column in sheet.columns
        ],
    }
