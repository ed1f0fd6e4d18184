"""Names of places as people say them: 3 is "3栋" or "Building 3"; what is a name already stays as it is."""

import re

from django.utils.translation import gettext as _

_BARE = re.compile(r"[0-9A-Za-z]{1,6}")


def building_name(name: str) -> str:
    """Return a building's name for people."""
    return _("Building %(name)s") % {"name": name} if _BARE.fullmatch(name) else name


def unit_name(name: str) -> str:
    """Return a unit's name for people; empty where the building has only one."""
    return _("Unit %(name)s") % {"name": name} if _BARE.fullmatch(name) else name


def door_name(building: str, unit: str, room: str) -> str:
    """Return a door within its compound."""
    spoken = (building_name(building) if building else "", unit_name(unit) if unit else "", room)
    return " ".join(part for part in spoken if part) or _("without a door")
