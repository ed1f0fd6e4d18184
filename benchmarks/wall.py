"""Answer times of the wall of a city of 200 communities and 1,000,000 targets, against 0.3 s, and of counting its rounds.

4 districts of 5 sub-districts of 10 communities, each with an open round of 5,000 targets, three in five settled, and the
round of yesterday, closed. The size is that of the issue; no other source. The quick form has 20 communities of 5,000.

    make bench ARGS="wall"          20 communities, 100,000 targets, 20 requests a page
    make bench ARGS="wall --full"   200 communities, 1,000,000 targets, 100 requests a page
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks._round import asker, p95_of, time_of

BOUND_SECONDS = 0.3
CITY = 421300000000
TARGETS, SETTLED = 5000, 3000


def main(arguments: list[str]) -> None:
    """Make the city, count its rounds, ask for its walls, print the table."""
    options = _options(arguments)
    from benchmarks._database import throw_away_database

    with throw_away_database():
        codes = _make_city(options.communities)
        counting = _seconds_to_count()
        pages = _pages(codes)
        times = {name: time_of(ask, options.requests) for name, ask in pages.items()}
    _print(times, counting, len(codes))


def _options(arguments: list[str]) -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks wall")
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args(arguments)
    options.communities, options.requests = (200, 100) if options.full else (20, 20)
    return options


def _print(times: dict[str, list[float]], counting: float, communities: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{communities} communities, {communities * TARGETS:,} targets, {os.cpu_count()} cores")
    for column in ("page", "median ms", "p95 ms", "within 0.3 s"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for name, seconds in times.items():
        p95 = p95_of(seconds)
        within = "yes" if p95 <= BOUND_SECONDS else "no"
        table.add_row(name, f"{1000 * statistics.median(seconds):.0f}", f"{1000 * p95:.0f}", within)
    Console().print(table)
    print(f"counting every open round once: {counting:.1f} s, {1000 * counting / communities:.0f} ms a round")


def _make_city(communities: int) -> list[int]:
    from linli.places.models import Division

    places = [(1 + n // 50, 1 + n // 10 % 5, 1 + n % 10) for n in range(communities)]
    codes = [CITY + district * 10**6 + street * 1000 + own for district, street, own in places]
    above = {code // level * level for code in codes for level in (10**3, 10**6, 10**8)}
    Division.objects.bulk_create(
        [Division(code=code, name=f"d{code}") for code in {*above, *codes}], ignore_conflicts=True
    )
    for code in codes:
        _make_rounds(code)
    return codes


def _make_rounds(community: int) -> None:
    from linli.core import clock
    from linli.core.bulk import copy_rows
    from linli.core.scope import scope_of
    from linli.orders.models import RulePack
    from linli.rounds.counting import count_round
    from linli.rounds.models import Outcome, Round, Target

    now, pack = clock.now(), RulePack.objects.order_by("code", "version")[0]
    with scope_of(((community, community + 1),)):
        for age, state in ((timedelta(hours=6), Round.State.OPEN), (timedelta(hours=20), Round.State.CLOSED)):
            ordered = now - age
            round = Round.objects.create(
                community=community, name="benchmark", rule_pack=pack, t0=ordered, ordered_at=ordered, opened_by="x",
                deadline=ordered + timedelta(hours=14), state=state, frozen=TARGETS,
                closed_at=None if state == Round.State.OPEN else now,
            )  # fmt: skip
            if state == Round.State.OPEN:
                copy_rows(
                    Target,
                    (
                        Target(
                            community=community, round=round, name="x", outcome=Outcome.DONE, evidence="specimen",
                            outcome_at=ordered + timedelta(seconds=7 * number),
                        )
                        if number < SETTLED
                        else Target(community=community, round=round, name="x")
                        for number in range(TARGETS)
                    ),
                )  # fmt: skip
            count_round(round)


def _seconds_to_count() -> float:
    from linli.core.scope import everywhere
    from linli.rounds.counting import count_open_rounds
    from linli.rounds.models import RoundFigures

    with everywhere():
        RoundFigures.objects.update(entry=-1)
    started = time.perf_counter()
    count_open_rounds()
    return time.perf_counter() - started


def _pages(codes: list[int]) -> dict[str, Callable[[], Any]]:
    from django.test import Client

    from linli.core import accounts
    from linli.core.actors import operator_actor
    from linli.core.rights import Department, Role

    user = accounts.add_user(operator_actor(), "benchmark")
    accounts.grant(operator_actor(), user, Role.DEPARTMENT, CITY, department=Department.FINANCE)
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    district, street = codes[0] // 10**6 * 10**6, codes[0] // 1000 * 1000
    paths = {"city": f"/wall/{CITY}/", "district": f"/wall/{district}/", "sub-district": f"/wall/{street}/"}
    pages = {name: asker(client, path) for name, path in paths.items()}
    pages["city, fragment"] = asker(client, f"/wall/{CITY}/live/")
    pages["city, another watches too"] = asker(client, paths["city"], anew=False)
    return pages
