"""`linli grids --community CODE [FILE]`: say what the grids cover, and check that each dwelling lies in exactly one."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from linli.core.actors import cli_actor
from linli.core.divisions import Level, level_of, parse_code
from linli.core.errors import Invalid, LinliError
from linli.places.addresses import Address
from linli.places.grids_file import read_grids
from linli.places.selectors import GridCoverage, grid_coverage
from linli.places.services import set_grids

INCOMPLETE, REFUSED = 1, 2
SHOWN = 20
NO_COMMUNITY_CODE = _("“%(division)s” is no community: its code has 12 digits.")


class Command(BaseCommand):
    help = (
        "Check that every dwelling lies in one grid and in no more. With FILE, a CSV with the columns grid, compound and, "
        "where they differ, name, building and unit, say first what the grids named in it cover."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--community", required=True, metavar="CODE", help="12 digits")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            community = _community(options["community"])
            actor = cli_actor(community)
            changed = set_grids(actor, community, read_grids(options["file"])) if options["file"] else 0
            coverage = grid_coverage(actor, community)
        except LinliError as error:
            self._refuse(error, as_json=options["json"])
        else:
            self._answer(coverage, changed, as_json=options["json"])

    def _answer(self, coverage: GridCoverage, changed: int, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(_as_json(coverage, changed), ensure_ascii=False))
        else:
            for line in _lines(coverage):
                self.stdout.write(line)
        if not coverage.is_complete:
            sys.exit(INCOMPLETE)

    def _refuse(self, error: LinliError, *, as_json: bool) -> None:
        told = error.as_dict()
        if as_json:
            self.stdout.write(json.dumps({"error": told}, ensure_ascii=False))
        else:
            self.stderr.write(f"{told['message_zh']}\n{told['message_en']}")
        sys.exit(REFUSED)


def _community(text: str) -> int:
    try:
        code = parse_code(text)
    except ValueError:
        code = 0
    if not code or level_of(code) is not Level.COMMUNITY:
        raise Invalid(NO_COMMUNITY_CODE, code="no_community_code", division=text)
    return code


def _as_json(coverage: GridCoverage, changed: int) -> dict[str, Any]:
    return {
        "dwellings": coverage.dwellings,
        "changed": changed,
        "outside": [list(address) for _id, address in coverage.outside],
        "in_several": [list(address) for _id, address in coverage.in_several],
    }


def _lines(coverage: GridCoverage) -> list[str]:
    if coverage.is_complete:
        return [
            f"{coverage.dwellings} 户，每户都在且只在一个网格里。",
            f"{coverage.dwellings} dwellings, each in exactly one grid.",
        ]
    return [
        *_list("不在任何网格 In no grid", coverage.outside),
        *_list("在几个网格里 In more than one grid", coverage.in_several),
    ]


def _list(title: str, doors: tuple[tuple[UUID, Address], ...]) -> list[str]:
    if not doors:
        return []
    shown = [f"  {address.compound} {'-'.join(part for part in address[1:] if part)}" for _id, address in doors[:SHOWN]]
    rest = [f"  … {len(doors) - SHOWN}"] if len(doors) > SHOWN else []
    return [f"{title}: {len(doors)}", *shown, *rest]
