"""Looking people up."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.selectors import community_name
from linli.registry.masking import holds_number
from linli.registry.selectors.doors import BuildingFigures, buildings
from linli.registry.services.lookup import look_up

SIZE = 30
SIZE_OF_POSTED = 300
"""An answer to a number stands on one page: the next one's address would have to carry the number."""
LONGEST = 100


@requires(Right.PERSON_SEARCH)
@never_cache
@require_http_methods(["GET", "POST"])
def search(request: LinliRequest, community: int) -> HttpResponse:
    """Find people by whatever was typed; with nothing typed, show the buildings.

    A number is taken and answered in the body only, so that no history, log or address bar keeps it.
    """
    if not request.actor.has(Right.PERSON_SEARCH, community):
        raise NotFound
    posted = request.method == "POST"
    query = _words(request.POST if posted else request.GET)
    name = community_name(request.actor, community)
    if posted != holds_number(query):
        return _other_way(request, community, query)
    return _found(request, community, name, query)


def _words(asked: QueryDict) -> str:
    return " ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST]


def _other_way(request: LinliRequest, community: int, query: str) -> HttpResponse:
    """Lead a posted name to its address, and an address with a number to the empty search."""
    url = reverse("registry:search", kwargs={"community": community})
    if request.method == "POST":
        return redirect(f"{url}?{urlencode({'q': query})}" if query else url)
    messages.warning(
        request,
        _("An address with a number in it was not opened: it would stay in the history. Type the number here."),
    )
    return redirect(url)


def _found(request: LinliRequest, community: int, name: str, query: str) -> HttpResponse:
    number, size = _number(request.GET.get("page", "")), SIZE_OF_POSTED if request.method == "POST" else SIZE
    found = look_up(request.actor, query, community, page=number, size=size)
    page = Paginator(range(found.count), size).get_page(number)
    context = {
        "community": community,
        "community_name": name,
        "query": query,
        "people": found.people,
        "can_export": request.actor.has(Right.LEDGER_EXPORT, community),
        "can_write": request.actor.has(Right.PERSON_WRITE, community),
        "count": found.count,
        "page": page,
        "compounds": [] if query else _by_compound(buildings(request.actor, community)),
    }
    return render(request, "registry/search.html", context)


def _number(text: str) -> int:
    return min(int(text), 10**6) if text.isascii() and text.isdecimal() else 1


def _by_compound(rows: list[BuildingFigures]) -> list[dict[str, Any]]:
    groups = groupby(rows, key=lambda row: (row.compound, row.compound_id))
    return [{"name": name, "id": id, "buildings": list(each)} for (name, id), each in groups]
