"""Answer times of the board and the lists of a 20,000-person round, against 0.3 s and against a bare Django list.

The instance is made here: 20 compounds of 10 buildings of 2 units of 20 doors, 2 or 3 people a door, 8 desks at two
sites, three in five already tested and some waiting, no source beyond the issue's size. The yardstick is a page of the
same server that lists the same 50 targets with one query and one template, behind the same middleware.

    make bench ARGS="board"          20 requests a page
    make bench ARGS="board --full"   200 requests a page
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

BOUND_SECONDS = 0.3
COMMUNITY = 421303004001
HERE = ((COMMUNITY, COMMUNITY + 1),)
COMPOUNDS, BUILDINGS, UNITS, DOORS = 20, 10, 2, 20
TESTED = 0.6
BATCH = 500


def main(arguments: list[str]) -> None:
    """Make the round, ask for each page, print the table."""
    options = _options(arguments)
    from benchmarks._database import throw_away_database

    with throw_away_database("benchmarks._yardstick"):
        pages = _pages(_make_round())
        times = {name: _time(ask, options.requests) for name, ask in pages.items()}
    _print(times)


def _options(arguments: list[str]) -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks board")
    parser.add_argument("--full", dest="requests", action="store_const", const=200, default=20)
    return parser.parse_args(arguments)


def _time(ask: Callable[[], Any], requests: int) -> list[float]:
    ask()
    times = []
    for _ in range(requests):
        started = time.perf_counter()
        ask()
        times.append(time.perf_counter() - started)
    return times


def _print(times: dict[str, list[float]]) -> None:
    from rich.console import Console
    from rich.table import Table

    yardstick = statistics.median(times["yardstick"])
    table = Table(title=f"20,000-person round, {os.cpu_count()} cores, bound {BOUND_SECONDS} s")
    for column in ("page", "median ms", "p95 ms", "x yardstick", "within the bound"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for name, seconds in times.items():
        p95 = statistics.quantiles(seconds, n=20)[-1]
        median = statistics.median(seconds)
        table.add_row(
            name, f"{1000 * median:.0f}", f"{1000 * p95:.0f}", f"{median / yardstick:.1f}",
            "yes" if p95 <= BOUND_SECONDS else "no",
        )  # fmt: skip
    Console().print(table)


def _make_round() -> UUID:
    from linli.core.actors import Actor, HeldRole
    from linli.core.rights import Role
    from linli.core.scope import scope_of
    from linli.places.models import Division
    from linli.rounds.asked import CallGroupAsked, NewRound, SiteAsked
    from linli.rounds.models import Target
    from linli.rounds.services import lay_out_round, open_round

    Division.objects.get_or_create(code=COMMUNITY, defaults={"name": "benchmark"})
    _fill_register()
    actor = Actor("benchmark", "user", held=(HeldRole(Role.COORDINATOR, COMMUNITY),))
    now = _now()
    ordered = now - timedelta(hours=6)
    new = NewRound("benchmark", now + timedelta(hours=12), t0=ordered, ordered_at=ordered)
    round = open_round(actor, COMMUNITY, new)
    with scope_of(HERE):
        targets = list(
            Target.objects.filter(round=round).order_by("building_id", "dwelling_id").values_list("id", flat=True)
        )
    sites = [SiteAsked(f"site {n}", 8, ordered + timedelta(hours=1), now + timedelta(hours=6)) for n in (1, 2)]
    groups = [
        CallGroupAsked(
            sites[n % 2].id, ordered + timedelta(hours=1, seconds=40 * (n // 2)), tuple(targets[20 * n : 20 * n + 20])
        )
        for n in range((len(targets) + 19) // 20)
    ]
    lay_out_round(actor, round.pk, sites, groups)
    _play(actor, round.pk, targets, [site.id for site in sites])
    return round.pk


def _now() -> datetime:
    from linli.core import clock

    return clock.now()


def _play(actor: Any, round_id: UUID, targets: list[UUID], sites: list[UUID]) -> None:
    """Have most people come and be tested, an hour's worth of them in the last hour, and forty wait."""
    from linli.core.ids import uuid7
    from linli.rounds.asked import ArrivalFact, SpecimenFact
    from linli.rounds.services import record_facts

    tested = targets[: int(TESTED * len(targets))]
    start, step = _now() - timedelta(hours=5), timedelta(hours=4, minutes=50) / len(tested)
    facts: list[ArrivalFact | SpecimenFact] = []
    for number, target in enumerate(targets[: len(tested) + 40]):
        came = start + step * number
        taken = came + timedelta(minutes=4)
        site, desk = sites[number % 2], 1 + number % 8
        facts.append(ArrivalFact(uuid7(came), came, target, site))
        if number < len(tested):
            facts.append(SpecimenFact(uuid7(taken), taken, taken + timedelta(seconds=27), target, site, desk))
    for first in range(0, len(facts), BATCH):
        record_facts(actor, round_id, facts[first : first + BATCH])


def _fill_register() -> None:
    from linli.core.bulk import copy_rows
    from linli.core.scope import scope_of
    from linli.places.models import Building, Compound, Dwelling, Unit
    from linli.registry.models import Household, Person, Residency

    rows: dict[type[Any], list[Any]] = {
        model: [] for model in (Compound, Building, Unit, Dwelling, Household, Person, Residency)
    }

    def add(model: type[Any], **values: Any) -> Any:
        rows[model].append(model(community=COMMUNITY, **values))
        return rows[model][-1]

    for c in range(COMPOUNDS):
        compound = add(Compound, name=f"compound {c + 1}")
        for b in range(BUILDINGS):
            building = add(Building, compound=compound, name=str(b + 1))
            for u in range(UNITS):
                unit = add(Unit, building=building, name=str(u + 1))
                for d in range(DOORS):
                    floor = d // 2 + 1
                    dwelling = add(Dwelling, unit=unit, room=f"{floor}{d % 2 + 1:02}", floor=floor)
                    household = add(Household, dwelling=dwelling)
                    for p in range(2 + d % 2):
                        person = add(Person, name=f"resident {len(rows[Person]) + p}")
                        add(Residency, person=person, household=household)
    with scope_of(HERE):
        for model, made in rows.items():
            copy_rows(model, made)


def _pages(round_id: UUID) -> dict[str, Callable[[], Any]]:
    from django.test import Client

    from linli.core import accounts
    from linli.core.actors import operator_actor
    from linli.core.rights import Role
    from linli.core.scope import scope_of
    from linli.places.models import Building, Compound

    user = accounts.add_user(operator_actor(), "benchmark")
    accounts.grant(operator_actor(), user, Role.COORDINATOR, COMMUNITY)
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
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
    }
    pages = {name: _asker(client, path) for name, path in paths.items()}
    pages["board, another watches too"] = _asker(client, base, anew=False)
    pages["board, unchanged"] = _unchanged(client, f"{base}live/")
    return pages


def _asker(client: Any, path: str, *, anew: bool = True) -> Callable[[], Any]:
    """Ask for a page; `anew`, so that no board that was drawn before is shown again."""
    from django.core.cache import cache

    def ask() -> None:
        if anew:
            cache.clear()
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    return ask


def _unchanged(client: Any, path: str) -> Callable[[], Any]:
    """Ask again for what has not changed; the minute may turn in between, then the answer is the board."""
    known = {"etag": ""}

    def ask() -> None:
        known["etag"] = client.get(path, headers={"if-none-match": known["etag"]})["ETag"]

    return ask
