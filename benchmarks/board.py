"""Answer times of the board and the lists of a 20,000-person round, against 0.3 s and against a bare Django list.

The instance is made by `_round`. The yardstick is a page of the same server that lists the same 50 targets with
one query and one template, behind the same middleware.

    make bench ARGS="board"          20 requests a page
    make bench ARGS="board --full"   200 requests a page
"""

from __future__ import annotations

import argparse
import os
import statistics
from collections.abc import Callable
from typing import Any
from uuid import UUID

from benchmarks._round import COMMUNITY, HERE, asker, client_of, make_round, p95_of, time_of

BOUND_SECONDS = 0.3


def main(arguments: list[str]) -> None:
    """Make the round, ask for each page, print the table."""
    options = _options(arguments)
    from benchmarks._database import throw_away_database

    with throw_away_database("benchmarks._yardstick"):
        pages = _pages(make_round())
        times = {name: time_of(ask, options.requests) for name, ask in pages.items()}
    _print(times)


def _options(arguments: list[str]) -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks board")
    parser.add_argument("--full", dest="requests", action="store_const", const=200, default=20)
    return parser.parse_args(arguments)


def _print(times: dict[str, list[float]]) -> None:
    from rich.console import Console
    from rich.table import Table

    yardstick = statistics.median(times["yardstick"])
    table = Table(title=f"20,000-person round, {os.cpu_count()} cores, bound {BOUND_SECONDS} s")
    for column in ("page", "median ms", "p95 ms", "x yardstick", "within the bound"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for name, seconds in times.items():
        p95 = p95_of(seconds)
        median = statistics.median(seconds)
        table.add_row(
            name, f"{1000 * median:.0f}", f"{1000 * p95:.0f}", f"{median / yardstick:.1f}",
            "yes" if p95 <= BOUND_SECONDS else "no",
        )  # fmt: skip
    Console().print(table)


def _pages(round_id: UUID) -> dict[str, Callable[[], Any]]:
    from linli.core.rights import Role
    from linli.core.scope import scope_of
    from linli.places.models import Building, Compound

    client = client_of(Role.COORDINATOR)
    with scope_of(HERE):
        compound = Compound.objects.order_by("-name").values_list("id", flat=True)[0]
        building = Building.objects.filter(compound=compound).values_list("id", flat=True)[0]
    base = f"/rounds/{round_id}/"
    paths = {
        "yardstick": f"/yardstick/{round_id}/",
        "home": "/",
        "community": f"/c/{COMMUNITY}/",
        "rounds": f"/c/{COMMUNITY}/rounds/",
        "board": base,
        "board, fragment": f"{base}live/",
        "compound": f"{base}compounds/{compound}/",
        "targets": f"{base}targets/",
        "targets, open, page 90": f"{base}targets/?outcome=open&page=90",
        "targets, waiting": f"{base}targets/?outcome=waiting",
        "missing": f"{base}missing/",
        "missing, compound": f"{base}missing/?compound={compound}",
        "missing, building": f"{base}missing/?building={building}",
        "close": f"{base}close/",
        "report": f"{base}report/",
        **_in_the_field(round_id, base, building),
    }
    pages = {name: asker(client, path) for name, path in paths.items()}
    pages["board, another watches too"] = asker(client, base, anew=False)
    pages["board, unchanged"] = _unchanged(client, f"{base}live/")
    return pages


def _in_the_field(round_id: UUID, base: str, building: UUID) -> dict[str, str]:
    """Share the doors out as the field did, ask for a medic at 200 doors, and name the pages that teams and callers work with."""
    from linli.core.actors import cli_actor
    from linli.core.scope import scope_of
    from linli.planning.selectors import doors_left
    from linli.planning.services import plan_sweep
    from linli.rounds.models import SweepTeam, Target
    from linli.rounds.services import ask_home_sampling

    actor = cli_actor(COMMUNITY)
    plan_sweep(actor, round_id, doors_left(actor, round_id).teams)
    with scope_of(HERE):
        team = SweepTeam.objects.filter(round=round_id).values_list("id", flat=True)[0]
        open_ones = Target.objects.filter(round=round_id, outcome=None, dwelling__isnull=False).order_by("id")
        waiting = list(open_ones.values_list("id", "dwelling_id")[:200])
    ask_home_sampling(actor, round_id, [target for target, _dwelling in waiting])
    return {
        "buildings and times": f"{base}calls/",
        "call list of a building": f"{base}calls/{building}/",
        "sweep teams": f"{base}sweep/",
        "doors of a team": f"{base}sweep/{team}/",
        "a door": f"{base}doors/{waiting[0][1]}/visit/",
        "to be tested at home": f"{base}home-sampling/",
    }


def _unchanged(client: Any, path: str) -> Callable[[], Any]:
    """Ask again for what has not changed; the minute may turn in between, then the answer is the board."""
    known = {"etag": ""}

    def ask() -> None:
        known["etag"] = client.get(path, headers={"if-none-match": known["etag"]})["ETag"]

    return ask
