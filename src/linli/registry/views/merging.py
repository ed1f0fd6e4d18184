"""Entries that look like one person: the list of them, two side by side, made one and two again."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.errors import Conflict, NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.selectors import community_name
from linli.registry.access import access_person
from linli.registry.masking import holds_number
from linli.registry.selectors.alike import MOST_PAIRS, compared, look_alikes_of, pairs_that_look_alike
from linli.registry.selectors.search import find_persons
from linli.registry.services.merging import merge_people, say_two_people, take_back_two_people, undo_merge
from linli.registry.views.frame import behind_search
from linli.registry.wording import FIELDS

PAGE = 50
_LONGEST = 100
_LABELS = {**FIELDS, "home": FIELDS["place"]}


@requires(Right.PERSON_WRITE)
@never_cache
@require_GET
def pairs(request: LinliRequest, community: int) -> HttpResponse:
    """List the pairs of entries that may be one person."""
    if not request.actor.has(Right.PERSON_WRITE, community):
        raise NotFound
    asked = request.GET.get("page", "")
    number = min(int(asked), 10**6) if asked.isascii() and asked.isdecimal() else 1
    found = pairs_that_look_alike(request.actor, community, page=number, size=PAGE)
    context = {
        "community": community,
        "community_name": community_name(request.actor, community),
        "found": found,
        "most": MOST_PAIRS,
        "page": Paginator(range(found.count), PAGE).get_page(number),
    }
    return render(request, "registry/alike.html", context)


@requires(Right.PERSON_WRITE)
@never_cache
@require_GET
def look(request: LinliRequest, person_id: UUID) -> HttpResponse:
    """Look for the other entry of a person: who is called the same or lives behind the same door first."""
    actor, person = request.actor, access_person(request.actor, person_id, right=Right.PERSON_WRITE)
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:_LONGEST]
    if holds_number(query):
        messages.warning(request, _("Search by name or address here: a number would stay in the history."))
        return redirect("registry:same_as", person_id)
    may_search = actor.has(Right.PERSON_SEARCH, person.community)
    found = find_persons(actor, query, person.community).people if query and may_search else ()
    people = [one for one in (found if query else look_alikes_of(actor, person_id)) if one.id != person_id]
    context = {
        **behind_search(request, person.community),
        "person": person, "people": people, "query": query, "may_search": may_search,
    }  # fmt: skip
    return render(request, "registry/same_as.html", context)


@requires(Right.PERSON_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def review(request: LinliRequest, person_id: UUID, other_person_id: UUID) -> HttpResponse:
    """Show two entries side by side; once somebody has chosen what counts, make one of them."""
    both = compared(request.actor, person_id, other_person_id)
    if request.method == "POST":
        if request.POST.get("version") != both.version:
            raise Conflict
        taken = [line.field for line in both.lines if line.asks and request.POST.get(line.field) == "other"]
        merge_people(request.actor, person_id, other_person_id, taken)
        messages.success(request, _("The two entries are one now. Open rounds are told."))
        return redirect("registry:person", person_id)
    context = {
        **behind_search(request, both.kept.community),
        "both": both,
        "lines": [(_LABELS[line.field], line) for line in both.lines if line.kept or line.absorbed],
    }
    return render(request, "registry/merge.html", context)


@requires(Right.PERSON_WRITE)
@require_POST
def two_people(request: LinliRequest, person_id: UUID, other_person_id: UUID) -> HttpResponse:
    """Say that two entries are two people, or take that back."""
    community = access_person(request.actor, person_id, right=Right.PERSON_WRITE).community
    if request.POST.get("back"):
        take_back_two_people(request.actor, person_id, other_person_id)
        messages.success(request, _("Taken back: they are asked about again if they look like one person."))
    else:
        say_two_people(request.actor, person_id, other_person_id)
        messages.success(request, _("Two people: they are not asked about again."))
    return redirect("registry:alike", community)


@requires(Right.PERSON_WRITE)
@require_POST
def undo(request: LinliRequest, merge_id: UUID) -> HttpResponse:
    """Make two entries again of one."""
    kept = undo_merge(request.actor, merge_id)
    messages.success(request, _("The entries are two again, as they were. Open rounds are told."))
    return redirect("registry:person", kept.pk)
