"""What was done to an account, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.rights import Role
from linli.workforce.selectors import TrailEntry, place_names

ACTIONS: dict[str, Promise] = {
    "add_user": _("account made"),
    "grant": _("role given"),
    "end_grant": _("role ended"),
    "make_link": _("one-time link made"),
    "make_card": _("sign-in card made"),
    "use_link": _("password set by one-time link"),
    "use_card": _("sign-in card used"),
    "close_account": _("account closed"),
    "signed_in": _("signed in"),
    "signed_out": _("signed out"),
    "sign_in_failed": _("sign-in failed"),
    "sign_ins_ended": _("signed out from afar"),
    "password_changed": _("password changed"),
    "provider_joined": _("joined to the identity provider"),
    "set_pin": _("PIN set"),
    "reset_pin": _("PIN taken away"),
    "pin_failed": _("wrong PIN"),
    "forget_second_factor": _("second factor taken away"),
    "break_glass": _("role taken in an emergency"),
    "break_glass_ended": _("role of an emergency ended"),
    "break_glass_acknowledged": _("emergency noted"),
    "refused": _("refused"),
}


def told_actions(actor: Actor, trail: Iterable[TrailEntry]) -> list[dict[str, Any]]:
    """Return the lines of a trail in words: when, who, what, and of which role and place."""
    entries = list(trail)
    names = place_names(actor, {each.detail["division"] for each in entries if each.detail.get("division")})
    return [
        {"at": each.at, "by": each.actor, "what": ACTIONS.get(each.action, each.action), "about": _about(each, names)}
        for each in entries
    ]


def _about(entry: TrailEntry, names: dict[int, str]) -> str:
    told = entry.detail
    role = str(Role(told["role"]).label) if told.get("role") in Role.values else ""
    parts = [role, names.get(told.get("division") or -1, ""), str(told.get("device") or ""), entry.reason]
    return " · ".join(part for part in parts if part)
