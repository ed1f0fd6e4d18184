"""Writing the register out."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.errors import Invalid
from linli.core.home import folder
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.places.selectors import community_name
from linli.registry.export import WRITERS
from linli.registry.export.lines import lines
from linli.registry.intake.present import load_present


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
    spooled = folder("spool") / f"ledger-{secrets.token_hex(8)}.{format}"
    try:
        with in_community(actor, Right.LEDGER_EXPORT, community):
            everybody = list(lines(load_present(community)))
            os.close(os.open(spooled, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            WRITERS[format](spooled, everybody, _title(actor, community))
            persons = sum(line.person is not None for line in everybody)
            audit.record(
                actor, "ledger_exported", community=community, right=Right.LEDGER_EXPORT, object_type="ledger",
                after={"persons": persons, "format": format},
            )  # fmt: skip
            there = _hand_over(spooled, path) if path else spooled
    except BaseException:
        spooled.unlink(missing_ok=True)
        raise
    return ExportReport(there, format, persons, len(everybody) - persons)


def _title(actor: Actor, community: int) -> str:
    return f"{community_name(actor, community)}居民信息台账（{clock.today():%Y年%m月%d日}）"


def _hand_over(spooled: Path, path: Path) -> Path:
    try:
        shutil.move(spooled, path)
    except OSError as error:
        raise Invalid(
            _("The file %(file)s cannot be written. Check the folder and its permissions."),
            code="not_writable", file=str(path),
        ) from error  # fmt: skip
    return path
