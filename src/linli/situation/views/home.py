"""What is to be done now, by role; and one community with its register and rounds."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from linli.core.actors import Actor
from linli.core.divisions import EVERYWHERE, Level, level_of
from linli.core.rights import Right, Role
from linli.core.web import LinliRequest, requires, signed_in
from linli.planning.drafting.selectors import drafts_open
from linli.planning.opening.selectors import opening_under_way
from linli.planning.selectors import running_drill
from linli.registry.selectors.doors import community_figures
from linli.registry.selectors.key_lists import due_today
from linli.rounds.selectors import rounds_of
from linli.situation.access import access_community
from linli.situation.selectors.communities import communities_now
from linli.situation.selectors.wall import walls_of
from linli.situation.views.frame import around_community, may
from linli.situation.views.wall import place_name
from linli.workforce.selectors import emergency_notices

PER_PAGE = 30
ROUNDS_SHOWN = 5
WATCHING = frozenset(
    {Role.COMMAND, Role.SUBDISTRICT_VIEWER, Role.DISTRICT_VIEWER, Role.CITY_VIEWER, Role.DEPARTMENT, Role.AUDITOR}
)
"""Roles that begin at the wall of their division."""


@signed_in
@require_GET
def home(request: LinliRequest) -> HttpResponse:
    """Show what is to be done, worst first; lead who watches over one division above communities to its wall."""
    actor = request.actor
    walls = walls_of(actor)
    if len(walls) == 1 and _only_watches(actor):
        return redirect("wall", division=walls[0][0])
    found = communities_now(actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": [{"now": each, "may": may(actor, each.code)} for each in page],
        "communities": len(found),
        "running": sum(bool(each.rounds) for each in found),
        "outstanding": sum(round.outstanding for each in found for round in each.rounds),
        "walls": [(code, place_name(code, name)) for code, name in walls],
        "audits": actor.has_anywhere(Right.AUDIT_READ),
        "emergencies": emergency_notices(actor),
        "manages_people": actor.has_anywhere(Right.USERS_MANAGE),
        "manages": actor.has_all(Right.USERS_MANAGE, EVERYWHERE),
        "roles": [role.label for role in actor.roles],
        "only": found[0] if len(found) == 1 else None,
        "community_name": found[0].name if len(found) == 1 else "",
    }
    return render(request, "situation/home.html", context)


def _only_watches(actor: Actor) -> bool:
    """Tell whether each role that somebody holds is one that watches a division above communities."""
    return all(held.role in WATCHING and level_of(held.division) is not Level.COMMUNITY for held in actor.present)


@requires(Right.PLACES_READ)
@require_GET
def community_home(request: LinliRequest, community: int) -> HttpResponse:
    """Show a community's register and rounds."""
    actor = request.actor
    division = access_community(actor, community, right=Right.PLACES_READ)
    may_count = actor.has(Right.FIGURES_READ, community)
    rounds = rounds_of(actor, community) if may_count else ()
    context = {
        **around_community(actor, community, division.name),
        "crumbs": [],
        "figures": community_figures(actor, community),
        "now": next((each for each in rounds if not each.is_closed and not each.is_drill), None),
        "rounds": [each for each in rounds if not each.is_drill][:ROUNDS_SHOWN],
        "drills": [each for each in rounds if each.is_drill][:ROUNDS_SHOWN],
        "opening": opening_under_way(actor, community) if may_count else None,
        "key_due": due_today(actor, community),
        "drafts": drafts_open(actor, community),
        "running_drill": running_drill(actor, community) if may_count else None,
    }
    return render(request, "situation/community.html", context)
