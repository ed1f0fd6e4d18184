"""`linli divisions FILE...`: load lists of divisions. `--shipped` loads those that come with Linli."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from linli.core.actors import operator_actor
from linli.core.errors import Invalid, LinliError
from linli.places.divisions_file import read_divisions
from linli.places.services import load_divisions

SHIPPED = Path(__file__).parents[2] / "data"
REFUSED = 2
NO_FILES = _("Name at least one file, or --shipped.")


class Command(BaseCommand):
    help = "Load divisions from CSV files with the columns code and name (2, 4, 6, 9 or 12 digits)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--shipped", action="store_true", help="the divisions that come with Linli")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        files = [*options["files"], *(sorted(SHIPPED.glob("*.csv")) if options["shipped"] else [])]
        try:
            if not files:
                raise Invalid(NO_FILES, code="no_files")
            rows = read_divisions(files)
            changed = load_divisions(operator_actor(), rows)
        except LinliError as error:
            self._refuse(error, as_json=options["json"])
        else:
            self._answer({"divisions": len(rows), "changed": changed}, options)

    def _answer(self, counts: dict[str, int], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        elif options["verbosity"]:
            self.stdout.write(
                f"读到 {counts['divisions']} 个区划，新增或改名 {counts['changed']} 个。"
                f" {counts['divisions']} divisions read, {counts['changed']} new or renamed."
            )

    def _refuse(self, error: LinliError, *, as_json: bool) -> None:
        told = error.as_dict()
        if as_json:
            self.stdout.write(json.dumps({"error": told}, ensure_ascii=False))
        else:
            self.stderr.write(f"{told['message_zh']}\n{told['message_en']}")
        sys.exit(REFUSED)
