"""`linli grids --community CODE [FILE]`: say what the grids cover, and check that each dwelling lies in exactly one."""

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from rich.console import Console

from linli.core.actors import Actor
from linli.core.management.answering import IN_PART, Answer, CommunityCommand, Options, line
from linli.places.addresses import Address
from linli.places.grids_file import read_grids
from linli.places.selectors import GridCoverage, grid_coverage
from linli.places.services import set_grids

SHOWN = 20


class Command(CommunityCommand):
    help = (
        "Check that every dwelling lies in one grid and in no more. With FILE, a CSV with the columns grid, compound and, "
        "where they differ, name, building and unit, say first what the grids named in it cover."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")

    def answer(self, actor: Actor, community: int, options: Options) -> Answer:
        changed = set_grids(actor, community, read_grids(options["file"])) if options["file"] else 0
        coverage = grid_coverage(actor, community)
        exit_code = 0 if coverage.is_complete else IN_PART
        return Answer(_as_json(coverage, changed), lambda console: _show(console, coverage), exit_code)


def _as_json(coverage: GridCoverage, changed: int) -> dict[str, Any]:
    return {
        "dwellings": coverage.dwellings,
        "changed": changed,
        "outside": [list(address) for _id, address in coverage.outside],
        "in_several": [list(address) for _id, address in coverage.in_several],
    }


def _show(console: Console, coverage: GridCoverage) -> None:
    if coverage.is_complete:
        console.print(line(f"{coverage.dwellings} 户，每户都在且只在一个网格里。"))
        console.print(line(f"{coverage.dwellings} dwellings, each in exactly one grid."))
    _show_doors(console, "不在任何网格 In no grid", coverage.outside)
    _show_doors(console, "在几个网格里 In more than one grid", coverage.in_several)


def _show_doors(console: Console, title: str, doors: tuple[tuple[UUID, Address], ...]) -> None:
    if not doors:
        return
    console.print(line(f"{title}: {len(doors)}"))
    for _id, address in doors[:SHOWN]:
        console.print(line(f"  {address.compound} {'-'.join(part for part in address[1:] if part)}"))
    if len(doors) > SHOWN:
        console.print(line(f"  … {len(doors) - SHOWN}"))
