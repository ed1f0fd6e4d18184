"""A building of the register as the façade that pages draw."""

from collections.abc import Callable
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.core.shapes import FacadeBuilding, FacadeDoor, FacadeUnit
from linli.registry.selectors.doors import Door, Facade

LIVED_IN, VACANT = "lived-in", "vacant"


def facade_shape(facade: Facade, url_of: Callable[[UUID], str], *, here: UUID | None = None) -> FacadeBuilding:
    """Return the picture of a building: how many live behind each door; `here` is marked."""
    units = groupby(facade.doors, key=lambda door: door.unit)
    return FacadeBuilding(
        building_name(facade),
        tuple(FacadeUnit(_unit(name), tuple(_door(door, url_of, here) for door in doors)) for name, doors in units),
        sentence=_lived_in(facade),
    )


def building_name(facade: Facade) -> str:
    """Return a building's name with its compound."""
    words = {"compound": facade.compound, "building": facade.building}
    return (_("%(compound)s, building %(building)s") % words).strip() if facade.building else facade.compound


def _unit(name: str) -> str:
    return _("unit %(unit)s") % {"unit": name} if name else ""


def _door(door: Door, url_of: Callable[[UUID], str], here: UUID | None) -> FacadeDoor:
    number = door.occupants
    people = ngettext("%(n)d person", "%(n)d people", number) % {"n": number}
    return FacadeDoor(
        door.room,
        door.floor,
        state=LIVED_IN if number else VACANT,
        url=url_of(door.dwelling_id),
        word=people if number else _("vacant"),
        mark=str(number) if number else "–",
        is_here=door.dwelling_id == here,
    )


def _lived_in(facade: Facade) -> str:
    words = {
        "people": sum(door.occupants for door in facade.doors),
        "dwellings": len(facade.doors),
        "vacant": sum(door.is_vacant for door in facade.doors),
    }
    return _("%(people)d people in %(dwellings)d dwellings, %(vacant)d vacant") % words
