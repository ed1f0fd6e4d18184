"""What a drill reports: figures from stored facts only, without ids or real times, so that a seed gives one answer."""

from typing import Any

from linli.planning.drill.work import Told
from linli.rounds.models import Outcome, Round
from linli.rounds.rules.account import LEAVING

FIGURES = ("targets", "newcomers", "leavers", "outcomes", "outstanding", "sites", "desks", "desk_hours", "utilisation")
WAITS = ("median", "p95", "max")
HOURS = ("mobilise", "sample", "sweep", "total")
MORE = ("home_sampled", "visits", "refused_facts", "adds_up")
OUTCOMES = tuple(str(outcome) for outcome in Outcome if outcome not in LEAVING)


def report_of(round: Round, told: Told) -> dict[str, Any]:
    """Return the report of a closed drill as `linli drill --json` prints it."""
    closing = round.report
    told_apart = {"seed": told.seed, "plan": "microplan" if told.planned else "none", "community": _digits(round)}
    named = ("wait_minutes", WAITS), ("hours", HOURS)
    return {
        **{name: closing[name] for name in FIGURES},
        **{name: {part: closing[name][part] for part in parts} for name, parts in named},
        **told_apart,
        **{name: closing[name] for name in MORE},
    }


def in_order(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report in the order in which it is read; the database keeps none."""
    parts = {"outcomes": OUTCOMES, "wait_minutes": WAITS, "hours": HOURS}
    order = (*FIGURES, "wait_minutes", "hours", "seed", "plan", "community", *MORE)
    return {
        name: {part: report[name][part] for part in parts[name]} if name in parts else report[name] for name in order
    }


def _digits(round: Round) -> str:
    return f"{round.community:012}"
