"""What the pages around one division share: its name, the way up, and what may be given there."""

from typing import Any

from django.urls import reverse

from linli.core.actors import Actor
from linli.core.endings import open_endings
from linli.workforce.access import access_division
from linli.workforce.selectors import place_names, roles_to_give


def around(actor: Actor, division: int) -> dict[str, Any]:
    """Return the frame of a page about a division's people."""
    access_division(actor, division)
    name = place_names(actor, [division])[division]
    above = {"url": reverse("workforce:members", args=[division]), "label": name}
    return {"division": division, "place": name, "crumbs": [above]}


def offered(actor: Actor, division: int) -> dict[str, Any]:
    """Return what a form about a role in this division offers."""
    return {"roles": roles_to_give(actor, division), "endings": open_endings(actor, division)}
