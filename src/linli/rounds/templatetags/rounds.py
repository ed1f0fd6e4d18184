"""Outcomes, evidence, reasons and places in words, for every page about a round."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from linli.rounds import reasons, wording
from linli.rounds.models import Outcome, Target

register = template.Library()

STATES = {
    "done": "done",
    "tested_elsewhere": "done",
    "exempt": "done",
    "away": "away",
    "refused": "refused",
    "not_found": "refused",
    "moved": "away",
    "dead": "away",
}
"""How an outcome is marked; its word says which it is."""


@register.inclusion_tag("linli/_state.html")
def outcome(value: str | None, cannot_come: bool = False) -> dict[str, Any]:
    """Show an outcome by mark and word; without one the target is open, or to be tested at home."""
    if value:
        return {"state": STATES[value], "word": str(Outcome(value).label)}
    return {"state": "help", "word": _("to be tested at home")} if cannot_come else {"state": "open", "word": ""}


@register.filter
def reason(code: str) -> str:
    """Say a reason in words."""
    return reasons.words_for(code) if code else ""


@register.filter
def missing_kind(key: str) -> str:
    """Say which of those who are missing a list shows: those of one reason, or those who were visited."""
    return reason(key) if key in reasons.OPEN else _("visited, still open")


@register.filter
def evidence(value: str) -> str:
    """Say by what evidence."""
    return str(Target.Evidence(value).label) if value else ""


@register.filter
def building(name: str) -> str:
    """Say a building's name."""
    return wording.building_name(name) if name else ""


@register.simple_tag
def door(building: str, unit: str, room: str) -> str:
    """Say a door within its compound."""
    return wording.door_name(building, unit, room)


@register.simple_tag
def share(count: int, total: int) -> str:
    """Return a part of all in per cent, to a tenth."""
    return f"{100 * count / total:.1f}%" if total else ""
