"""From the id of a place in a request to the place. Missing and forbidden are the same: NotFound."""

from typing import TypeVar
from uuid import UUID

from django.db import models

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import ScopedModel
from linli.places.models import Building, Compound, Dwelling, Grid

Place = TypeVar("Place", bound=ScopedModel)


def access_compound(actor: Actor, compound_id: UUID, *, right: Right = Right.PLACES_READ) -> Compound:
    """Return a compound in which the actor holds the right, else raise NotFound."""
    return _reach(actor, Compound.objects, compound_id, right)


def access_building(actor: Actor, building_id: UUID, *, right: Right = Right.PLACES_READ) -> Building:
    """Return a building in which the actor holds the right, else raise NotFound."""
    return _reach(actor, Building.objects, building_id, right, "compound")


def access_dwelling(actor: Actor, dwelling_id: UUID, *, right: Right = Right.PLACES_READ) -> Dwelling:
    """Return a dwelling in which the actor holds the right, else raise NotFound."""
    return _reach(actor, Dwelling.objects, dwelling_id, right, "unit__building__compound")


def access_grid(actor: Actor, grid_id: UUID, *, right: Right = Right.PLACES_READ) -> Grid:
    """Return a grid in which the actor holds the right, else raise NotFound."""
    return _reach(actor, Grid.objects, grid_id, right)


def _reach(actor: Actor, places: models.Manager[Place], id: UUID, right: Right, *together: str) -> Place:
    found = places.filter(pk=id)
    row = (found.select_related(*together) if together else found).first()
    if row is None or not actor.has(right, row.community):
        raise NotFound
    return row
