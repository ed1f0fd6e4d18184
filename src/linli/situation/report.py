"""The closing report as its page shows it: an equation that adds up, each figure with the list it counts. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from linli.core.shapes import RoundRibbon
from linli.rounds.models import Outcome
from linli.rounds.rules.account import LEAVING
from linli.situation.selectors.report import ReportPage

STAYING = tuple(str(outcome) for outcome in Outcome if outcome not in LEAVING)


def report_view(found: ReportPage) -> dict[str, Any]:
    """Return the context of the page."""
    report = found.report
    at = {name: datetime.fromisoformat(text) if text else None for name, text in report["timeline"].items()}
    return {
        "report": report,
        "is_final": found.round.is_closed and not found.round.is_abandoned,
        "doors": {name: _list_of(found, **filters) for name, filters in _LISTS.items()},
        "outcomes": [_outcome_row(found, name) for name in STAYING],
        "ribbon": _ribbon(found, at),
        "at": at,
        "compounds": [_compound_row(found, each) for each in report["compounds"]],
        "sites": [_site_row(found, each) for each in report["per_site"]],
        "used_percent": round(100 * report["utilisation"]) if report["utilisation"] is not None else None,
        "rules": found.round.rule_pack.reading(),
    }


_LISTS: dict[str, Mapping[str, str]] = {
    "targets": {"joined": "frozen"},
    "newcomers": {"joined": "newcomer"},
    "leavers": {"outcome": "left"},
    "expected": {"outcome": "expected"},
    "outstanding": {"outcome": "open"},
    "home_sampled": {"evidence": "home_specimen"},
}


def _list_of(found: ReportPage, **filters: Any) -> str:
    return f"{reverse('round_targets', args=[found.round.pk])}?{urlencode(filters)}"


def _outcome_row(found: ReportPage, outcome: str) -> dict[str, Any]:
    count = found.report["outcomes"].get(outcome, 0)
    return {"outcome": outcome, "count": count, "url": _list_of(found, outcome=outcome)}


def _compound_row(found: ReportPage, row: Mapping[str, Any]) -> dict[str, Any]:
    compound = found.compounds.get(row["name"])
    url = _list_of(found, compound=compound) if compound else _list_of(found, door="none")
    return {**row, "url": url, "elsewise": row["expected"] - row["outcomes"].get("done", 0) - row["outstanding"]}


def _site_row(found: ReportPage, row: Mapping[str, Any]) -> dict[str, Any]:
    site = found.sites.get(row["number"])
    return {**row, "url": _list_of(found, site=site) if site else ""}


def _ribbon(found: ReportPage, at: Mapping[str, datetime | None]) -> RoundRibbon:
    ordered = at["ordered"] or found.round.ordered_at
    return RoundRibbon(
        ordered_at=ordered,
        mustered_at=at["mustered"],
        mobilised_at=at["mobilised"],
        first_specimen_at=at["first_specimen"],
        hourly=found.hourly,
        deadline_at=at["deadline"],
        closed_at=at["closed"],
    )
