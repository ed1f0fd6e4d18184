"""Writing the register out."""

import os
import secrets
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.collecting import uncollected
from linli.core.errors import Invalid
from linli.core.home import folder
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.places.selectors import community_name
from linli.registry.export import WRITERS
from linli.registry.export.lines import Line, lines
from linli.registry.intake.present import load_present
from linli.registry.selectors.chosen import Chosen, chosen_of


@dataclass(frozen=True)
class ExportReport:
    """Where the file is and how much it holds."""

    path: Path
    format: str
    persons: int
    vacant: int

    def as_json(self) -> dict[str, Any]:
        """Return the object that `--json` prints."""
        return {"file": str(self.path), "format": self.format, "persons": self.persons, "vacant": self.vacant}


def export_ledger(actor: Actor, community: int, format: str, path: Path | None = None) -> ExportReport:
    """Write everybody who lives in a community to a file, readable by its owner only.

    For who holds ledger_export there. Without `path` the file stays in the spool folder and the caller removes it.
    Writes one audit entry that says how many people. Raises Invalid for another format and a path that cannot be written.
    """
    if format not in WRITERS:
        raise Invalid(_("Linli writes xlsx, csv and json; read “%(read)s”."), code="format_unknown", read=format)
    with in_community(actor, Right.LEDGER_EXPORT, community), uncollected():
        everybody = list(lines(load_present(community)))
        report = _write(actor, community, format, everybody)
        audit.record(
            actor, "ledger_exported", community=community, right=Right.LEDGER_EXPORT, object_type="ledger",
            after={"persons": report.persons, "format": format},
        )  # fmt: skip
    return replace(report, path=_hand_over(report.path, path)) if path else report


def export_list(actor: Actor, community: int, chosen: Chosen) -> ExportReport:
    """Write the people of a list to a workbook in the spool folder; it comes back through an import like any ledger.

    For who holds ledger_export there. A part of the register: who is not in it stays as they are when it comes back. Writes one
    audit entry that says how many people and of which list. Raises NotFound, Refused, Invalid for a list without anybody.
    """
    with in_community(actor, Right.LEDGER_EXPORT, community), uncollected():
        people, dwellings = chosen_of(actor, community, chosen)
        part = [
            line for line in lines(load_present(community), is_part=True)
            if line.person_id in people or (line.dwelling_id in dwellings and line.dwelling_id is not None)
        ]  # fmt: skip
        if not part:
            raise Invalid(_("Nobody is in this list; there is nothing to take out."), code="list_empty")
        report = _write(actor, community, "xlsx", part)
        audit.record(
            actor, "list_exported", community=community, right=Right.LEDGER_EXPORT, object_type="ledger",
            after={"persons": report.persons, "list": chosen.kind, "building": chosen.building, "need": chosen.need},
        )  # fmt: skip
    return report


def _write(actor: Actor, community: int, format: str, rows: list[Line]) -> ExportReport:
    spooled = folder("spool") / f"ledger-{secrets.token_hex(8)}.{format}"
    try:
        os.close(os.open(spooled, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        WRITERS[format](spooled, rows, _title(actor, community))
    except BaseException:
        spooled.unlink(missing_ok=True)
        raise
    persons = sum(line.person is not None for line in rows)
    return ExportReport(spooled, format, persons, len(rows) - persons)


def _title(actor: Actor, community: int) -> str:
    return f"{community_name(actor, community)}居民信息台账（{clock.today():%Y年%m月%d日}）"


def _hand_over(spooled: Path, path: Path) -> Path:
    try:
        shutil.move(spooled, path)
    except OSError as error:
        spooled.unlink(missing_ok=True)
        raise Invalid(
            _("The file %(file)s cannot be written. Check the folder and its permissions."),
            code="not_writable", file=str(path),
        ) from error  # fmt: skip
    return path
