"""What a drill reports: figures from stored facts only, without ids or real times, so that a seed gives one answer."""

from typing import Any

from linli.planning.drill.work import Told
from linli.rounds.models import Round

FROM_THE_ROUND = (
    "targets", "newcomers", "leavers", "outcomes", "outstanding", "sites", "desks", "desk_hours", "utilisation",
)  # fmt: skip
ALSO_FROM_THE_ROUND = ("home_sampled", "visits", "refused_facts", "adds_up")


def report_of(round: Round, told: Told) -> dict[str, Any]:
    """Return the report of a closed drill as `linli drill --json` prints it."""
    closing = round.report
    waits = closing["wait_minutes"]
    return {
        **{name: closing[name] for name in FROM_THE_ROUND},
        "wait_minutes": {name: waits[name] for name in ("median", "p95", "max")},
        "hours": closing["hours"],
        "seed": told.seed,
        "plan": "microplan" if told.planned else "none",
        "community": f"{round.community:012}",
        **{name: closing[name] for name in ALSO_FROM_THE_ROUND},
    }
