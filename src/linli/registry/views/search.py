"""Looking people up."""

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.selectors import community_name
from linli.registry.selectors.doors import BuildingFigures, buildings
from linli.registry.selectors.search import find_persons

SIZE = 30
LONGEST = 100


@requires(Right.PERSON_SEARCH)
@never_cache
@require_GET
def search(request: LinliRequest, community: int) -> HttpResponse:
    """Find people by whatever was typed; with nothing typed, show the buildings."""
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    number = _number(request.GET.get("page", ""))
    found = find_persons(request.actor, query, community, page=number, size=SIZE)
    page = Paginator(range(found.count), SIZE).get_page(number)
    context = {
        "community": community,
        "community_name": community_name(request.actor, community),
        "query": query,
        "people": found.people,
        "count": found.count,
        "page": page,
        "compounds": [] if query else _by_compound(buildings(request.actor, community)),
    }
    return render(request, "registry/search.html", context)


def _number(text: str) -> int:
    return min(int(text), 10**6) if text.isascii() and text.isdecimal() else 1


def _by_compound(rows: list[BuildingFigures]) -> list[dict[str, Any]]:
    groups = groupby(rows, key=lambda row: row.compound)
    return [{"name": name, "buildings": list(each)} for name, each in groups]
