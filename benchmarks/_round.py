"""A round of 20,000 people that is half done, and a phone that asks its pages: what benchmarks of pages measure.

20 compounds of 10 buildings of 2 units of 20 doors, 2 or 3 people a door, 8 desks at two sites, three in five already
tested and some waiting; no source beyond the issue's size.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

COMMUNITY = 421303004001
HERE = ((COMMUNITY, COMMUNITY + 1),)
COMPOUNDS, BUILDINGS, UNITS, DOORS = 20, 10, 2, 20
TESTED = 0.6
BATCH = 500


def time_of(ask: Callable[[], Any], requests: int) -> list[float]:
    """Ask once to warm up, then so many times; return the seconds of each."""
    ask()
    times = []
    for _ in range(requests):
        started = time.perf_counter()
        ask()
        times.append(time.perf_counter() - started)
    return times


def p95_of(seconds: list[float]) -> float:
    """Return what 95 in 100 stay below."""
    return statistics.quantiles(seconds, n=20)[-1]


def make_round() -> UUID:
    """Fill the register, open a round over it and play its first hours."""
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
    from linli.registry.models import Household, Person, PersonPhone, Residency

    rows: dict[type[Any], list[Any]] = {
        model: [] for model in (Compound, Building, Unit, Dwelling, Household, Person, PersonPhone, Residency)
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
                        number = len(rows[Person])
                        person = add(Person, name=f"resident {number + p}", **_id_number(number))
                        add(PersonPhone, person=person, **_phone(number))
                        add(Residency, person=person, household=household)
    with scope_of(HERE):
        for model, made in rows.items():
            copy_rows(model, made)


def id_number_of(number: int) -> str:
    """Return the identity number of the person of this number."""
    return f"42130319{number:09}X"


def phone_of(number: int) -> str:
    """Return the phone of the person of this number."""
    return f"139{number * 7 % 10**8:08}"


def _id_number(number: int) -> dict[str, bytes]:
    from linli.core import crypto

    value = id_number_of(number)
    return {
        "id_number": crypto.seal(value, "id_number"),
        "id_index": crypto.blind_index("id_number", value),
        "id_tail": crypto.tail_index("id_number", value),
    }


def _phone(number: int) -> dict[str, bytes]:
    from linli.core import crypto

    value = phone_of(number)
    return {
        "number": crypto.seal(value, "phone"),
        "number_index": crypto.blind_index("phone", value),
        "number_tail": crypto.tail_index("phone", value),
    }


def client_of(role: Any) -> Any:
    """Return a signed-in phone of an account with a role."""
    from django.test import Client

    from linli.core import accounts
    from linli.core.actors import operator_actor

    user = accounts.add_user(operator_actor(), f"benchmark-{role}")
    accounts.grant(operator_actor(), user, role, COMMUNITY)
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def asker(client: Any, path: str, *, anew: bool = True) -> Callable[[], Any]:
    """Ask for a page; `anew`, so that no board that was drawn before is shown again."""
    from django.core.cache import caches

    def ask() -> None:
        if anew:
            caches["boards"].clear()
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    return ask
