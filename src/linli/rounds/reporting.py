"""The report of a round, compiled from what is stored: the same figures while it runs and when it closes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count

from linli.places.models import Building
from linli.rounds.accounting import account_for
from linli.rounds.figures import stamps_of
from linli.rounds.models import Round, Target
from linli.rounds.queues import SiteFigures, Waits, queues_of
from linli.rounds.rules.account import Account, account_of


def compile_report(round: Round, closed_at: datetime | None = None) -> dict[str, Any]:
    """Return the closing report as JSON can hold it, or how it would look now while `closed_at` is None."""
    account, stamps = account_for(round), stamps_of(round)
    queues = queues_of(round, closed_at or round.deadline)
    timeline = {
        "ordered": round.ordered_at,
        "frozen": round.t0,
        "mustered": round.mustered_at,
        "mobilised": round.mobilised_at,
        "first_specimen": stamps.first_specimen,
        "last_specimen": stamps.last_specimen,
        "swept": round.sweep_started_at,
        "last_visit": stamps.last_visit,
        "closed": closed_at,
        "deadline": round.deadline,
    }
    return {
        **account_figures(account),
        "adds_up": account.adds_up,
        "timeline": {name: at and at.isoformat() for name, at in timeline.items()},
        "hours": hours_of(timeline),
        "wait_minutes": wait_figures(queues.waits),
        **desk_figures(queues.sites),
        "home_sampled": stamps.home_sampled,
        "visits": stamps.visits,
        "refused_facts": stamps.refused_facts,
        "doubtful_clocks": stamps.doubtful_clocks,
        "compounds": compound_figures(round),
        "is_drill": round.is_drill,
        "rule_pack": str(round.rule_pack),
    }


def account_figures(account: Account) -> dict[str, Any]:
    """Return targets at T0, newcomers, leavers, outcomes and outstanding."""
    return {
        "targets": account.frozen,
        "newcomers": account.newcomers,
        "leavers": account.leavers,
        "expected": account.expected,
        "outcomes": dict(account.outcomes),
        "outstanding": account.outstanding,
    }


def hours_of(timeline: dict[str, datetime | None]) -> dict[str, float | None]:
    """Return the hours from order to mobilised, from first to last specimen, of the sweep, and all together."""
    return {
        "mobilise": _hours(timeline["ordered"], timeline["mobilised"]),
        "sample": _hours(timeline["first_specimen"], timeline["last_specimen"]),
        "sweep": _hours(timeline["swept"], timeline["closed"]),
        "total": _hours(timeline["ordered"], timeline["closed"]),
    }


def _hours(start: datetime | None, end: datetime | None) -> float | None:
    return round_to((end - start) / timedelta(hours=1), 2) if start and end else None


def wait_figures(waits: Waits) -> dict[str, float | int | None]:
    """Return waits in minutes, to a tenth."""
    minutes = {"median": waits.median, "p95": waits.p95, "max": waits.max}
    tenths = {name: None if value is None else round_to(value, 1) for name, value in minutes.items()}
    return {**tenths, "measured": waits.measured, "unmeasured": waits.unmeasured}


def desk_figures(sites: Sequence[SiteFigures]) -> dict[str, Any]:
    """Return sites, desks, desk hours and how much of them somebody was being tested."""
    desk_hours = sum(site.desk_hours for site in sites)
    busy = sum(site.busy_hours for site in sites)
    return {
        "sites": len(sites),
        "desks": sum(site.desks for site in sites),
        "desk_hours": round_to(desk_hours, 2),
        "utilisation": round_to(busy / desk_hours, 3) if desk_hours else None,
        "per_site": [
            {
                "number": site.number,
                "name": site.name,
                "desks": site.desks,
                "specimens": site.done,
                "longest_wait_minutes": site.longest_wait_minutes and round_to(site.longest_wait_minutes, 1),
            }
            for site in sites
        ],
    }


def compound_figures(round: Round) -> list[dict[str, Any]]:
    """Return the account of each compound, by name; those without a door come last under an empty name."""
    homes = Building.objects.filter(community=round.community).order_by().values_list("id", "compound__name")
    compound_of: dict[UUID | None, str] = dict(homes)
    targets = Target.objects.filter(community=round.community, round=round).order_by()
    counts: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    for building, joined, outcome, count in targets.values_list("building_id", "joined", "outcome").annotate(
        count=Count("id")
    ):
        counts[compound_of.get(building, "")][(joined, outcome)] += count
    ordered = sorted(counts.items(), key=lambda item: (not item[0], item[0]))
    return [{"name": compound, **account_figures(account_of(each))} for compound, each in ordered]


def round_to(value: float, digits: int) -> float:
    """Return the value rounded half to even, as Python rounds."""
    return float(f"{value:.{digits}f}")
