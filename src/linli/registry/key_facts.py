"""What the register knows about everybody who is here now, as the rules of key lists ask for it. Call inside a scope."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from linli.core import clock
from linli.registry.comparing import told_by
from linli.registry.key_rules import Facts
from linli.registry.models import CareNeed, Person, Residency, SelfReport
from linli.registry.told import PersonTold

REPORTS_COUNT_FOR = timedelta(days=60)
"""How long a confirmed self-report says something about somebody."""
_LEDGER_DAY_SHARE, _LEDGER_DAY_LEAST = 0.1, 20

Stay = tuple[UUID, str, date, date | None]
"""Household, kind, since, until."""


def facts_of(community: int) -> dict[UUID, Facts]:
    """Return the facts of everybody who lives here or is here without a known door. Five queries.

    When somebody came is known from a confirmed self-report, else from the register: but not for who came in with a
    ledger. A day on which more than a tenth of the register begins is a ledger's, not one of arrivals.
    """
    stays: dict[UUID, list[Stay]] = defaultdict(list)
    rows = Residency.objects.filter(community=community).order_by("since", "id")
    for person, household, kind, since, until in rows.values_list(
        "person_id", "household_id", "kind", "since", "until"
    ):
        stays[person].append((household, kind, since, until))
    needs: dict[UUID, set[str]] = defaultdict(set)
    for person, need in CareNeed.objects.filter(community=community).values_list("person_id", "kind"):
        needs[person].add(need)
    came = {person: _began(all) for person, all in stays.items()}
    ledger_days = _ledger_days(came.values())
    said = _said(community)
    found: dict[UUID, Facts] = {}
    people = Person.objects.filter(community=community, died_on=None).order_by("id")
    columns = "id", "name", "birth", "hukou_division", "without_door_since", "imported"
    for id, name, birth, hukou, without_door, imported in people.values_list(*columns).iterator(chunk_size=5000):
        now = next((stay for stay in stays.get(id, ()) if stay[3] is None), None)
        if now is None and id in stays and without_door is None:
            continue
        began = came.get(id) or without_door
        counts = began is not None and (imported is None or began not in ledger_days)
        facts = Facts(frozenset(needs.get(id, ())), now[1] if now else "", birth, hukou, began if counts else None)
        found[id] = _with_report(facts, said.get((now[0], name)) if now else None)
    return found


def _began(stays: list[Stay]) -> date:
    """Return since when somebody has lived here without a break; moving from door to door is none."""
    began, until = stays[0][2], stays[0][3]
    for _household, _kind, since, ended in stays[1:]:
        if until is not None and since > until:
            began = since
        until = ended
    return began


def _ledger_days(began: Iterable[date]) -> set[date]:
    days = Counter(began)
    most = max(_LEDGER_DAY_LEAST, days.total() * _LEDGER_DAY_SHARE)
    return {day for day, people in days.items() if people > most}


def _said(community: int) -> dict[tuple[UUID, str], PersonTold]:
    """Return what confirmed reports say, the newest last, by household and name."""
    since = clock.now() - REPORTS_COUNT_FOR
    reports = SelfReport.objects.filter(community=community, state=SelfReport.State.CONFIRMED, given_at__gte=since)
    return {
        (report.household_id, one.name): one
        for report in reports.order_by("given_at")
        for one in told_by(report).people
    }


def _with_report(facts: Facts, told: PersonTold | None) -> Facts:
    if told is None:
        return facts
    said = {"unwell": told.is_unwell, "met_a_case": told.met_a_case}
    return replace(
        facts, came_on=told.came_on or facts.came_on, came_from=told.came_from,
        said=frozenset(saying for saying, is_so in said.items() if is_so),
    )  # fmt: skip
