"""Tags that draw Linli's pictures: `{% load pictures %}`."""

from typing import Any

from django import template

from linli.core.shapes import (
    FacadeBuilding,
    FacadeCommunity,
    FacadeCompound,
    RoundRibbon,
    SiteQueue,
)
from linli.web.pictures.facade import counts_of, sentence, units_html
from linli.web.pictures.layout import tally
from linli.web.pictures.queue import queue_view
from linli.web.pictures.ribbon import ribbon_view
from linli.web.pictures.skyline import skyline
from linli.web.pictures.states import LOOKS, State

register = template.Library()

Context = dict[str, Any]


@register.inclusion_tag("linli/pictures/facade.html")
def facade(building: FacadeBuilding, heading: int = 2) -> Context:
    """Draw a building with a link for each door; `heading` is the level of its name."""
    counts = tally([building])
    return {
        "building": building,
        "level": heading,
        "sentence": building.sentence or sentence(counts),
        "counts": [] if building.sentence else counts_of(counts),
        "units": units_html(building),
    }


@register.inclusion_tag("linli/pictures/facade_row.html")
def facade_row(compound: FacadeCompound, heading: int = 2) -> Context:
    """Draw a compound as a row of small façades; each opens its building."""
    return {
        "compound": compound,
        "level": heading,
        "sentence": sentence(tally(compound.buildings)),
        "buildings": [_small(building) for building in compound.buildings],
    }


@register.inclusion_tag("linli/pictures/facade_wall.html")
def facade_wall(community: FacadeCommunity, skylines: bool = True) -> Context:
    """Draw a community as a wall of compounds with the share accounted for; each opens its compound."""
    return {"community": community, "compounds": [_tile(compound, skylines) for compound in community.compounds]}


@register.inclusion_tag("linli/pictures/facade_legend.html")
def facade_legend() -> Context:
    """Explain the marks."""
    return {"states": [(state.value, LOOKS[state].mark, LOOKS[state].word) for state in State]}


@register.inclusion_tag("linli/pictures/ribbon.html")
def ribbon(shape: RoundRibbon) -> Context:
    """Draw a round as one line of time, with its table."""
    return {"ribbon": shape, "view": ribbon_view(shape)}


@register.inclusion_tag("linli/pictures/queue.html")
def queue(shape: SiteQueue, heading: int = 3) -> Context:
    """Draw what was predicted for a site's queue and what is, with its table."""
    return {"queue": shape, "level": heading, "view": queue_view(shape)}


def _small(building: FacadeBuilding) -> Context:
    counts = tally([building])
    return {
        "building": building,
        "drawing": skyline(building),
        "sentence": sentence(counts),
        "counts": counts,
    }


def _tile(compound: FacadeCompound, skylines: bool) -> Context:
    counts = tally(compound.buildings)
    return {
        "compound": compound,
        "counts": counts,
        "sentence": sentence(counts),
        "drawings": [skyline(building) for building in compound.buildings] if skylines else [],
    }
