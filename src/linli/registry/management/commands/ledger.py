"""`linli ledger import | undo | export`: the household ledger at a terminal."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from linli.core.actors import cli_actor, operator_actor
from linli.core.errors import Invalid, LinliError, NotFound
from linli.core.management.reading import community_code
from linli.registry.export import FORMATS
from linli.registry.management.display import show_export, show_import, show_undo, watched
from linli.registry.services.ledger_export import export_ledger
from linli.registry.services.ledger_import import LedgerFile, import_ledger
from linli.registry.services.ledger_undo import undo_import

REFUSED = 2


class Report(Protocol):
    """What a service answers with."""

    def as_json(self) -> dict[str, Any]: ...


class Command(BaseCommand):
    help = "Import a household ledger, undo an import, export the register."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="import|undo|export")
        take_in = acts.add_parser("import", help="take a spreadsheet into the register")
        take_in.add_argument("file", type=Path, metavar="FILE")
        take_in.add_argument("--community", required=True, metavar="CODE", help="12 digits")
        take_in.add_argument("--name", help="the community's name, if it has to be made")
        take_in.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        take_in.add_argument(
            "--confirm-title", default="", metavar="NAME", help="the other community that the file names"
        )
        undo = acts.add_parser("undo", help="bring the register back to what it was before an import")
        undo.add_argument("import_id", metavar="IMPORT")
        out = acts.add_parser("export", help="write the register to a file")
        out.add_argument("--community", required=True, metavar="CODE", help="12 digits")
        out.add_argument("--format", required=True, choices=FORMATS)
        out.add_argument("--output", type=Path, metavar="FILE", help="standard output when left out (csv, json)")
        for each in (take_in, undo, out):
            each.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        acts = {"import": self._import, "undo": self._undo, "export": self._export}
        try:
            acts[options["act"]](options)
        except LinliError as error:
            self._refuse(error.as_dict(), as_json=options["json"])

    def _import(self, options: dict[str, Any]) -> None:
        community = community_code(options["community"])
        with watched(is_shown=not options["json"]) as progress:
            report = import_ledger(
                cli_actor(community),
                community,
                LedgerFile(options["file"], confirmed_title=options["confirm_title"]),
                name=options["name"],
                dry_run=options["dry_run"],
                progress=progress,
            )
        self._answer(options, report, show_import)

    def _undo(self, options: dict[str, Any]) -> None:
        report = undo_import(operator_actor(), import_id_in(options["import_id"]))
        self._answer(options, report, show_undo)

    def _export(self, options: dict[str, Any]) -> None:
        community, output = community_code(options["community"]), options["output"]
        if output is None and (options["json"] or options["format"] == "xlsx"):
            raise Invalid(_("Name a file to write to: --output FILE"), code="output_missing")
        report = export_ledger(cli_actor(community), community, options["format"], output)
        if output is None:
            self._copy_out(report.path)
        else:
            self._answer(options, report, show_export)

    def _copy_out(self, spooled: Path) -> None:
        sys.stdout.buffer.write(spooled.read_bytes())
        spooled.unlink()

    def _answer(self, options: dict[str, Any], report: Report, show: Callable[[Any], None]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            show(report)

    def _refuse(self, told: dict[str, str], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": told}, ensure_ascii=False))
        else:
            self.stderr.write(f"{told['message_zh']}\n{told['message_en']}")
        sys.exit(REFUSED)


def import_id_in(text: str) -> UUID:
    """Read the id of an import. Raises NotFound when it cannot be one."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
