"""Who stands where, the notice to residents, and both on paper."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.planning.drafting.checking import notice_basis
from linli.planning.drafting.forms import SALT, NoticeForm, StaffForm
from linli.planning.drafting.notice import filled_notice
from linli.planning.drafting.plans import BuildingCalled
from linli.planning.drafting.selectors import DraftSeen, StaffSeen, draft_seen, staff_seen, targets_seen
from linli.planning.drafting.staff import role_for
from linli.planning.drafting.told import Staff, Step
from linli.planning.drafting.views.frame import around_draft, elsewhere, saved, status_of, to_next
from linli.planning.selectors import DOORS_A_TEAM
from linli.rounds.selectors.calls import buildings_to_tell


@requires(Right.ROUND_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def staff(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Name people for the posts of sites and sweep teams; say which posts are short."""
    seen = draft_seen(request.actor, draft_id)
    found, told = staff_seen(request.actor, seen), seen.told.staff
    initial: dict[str, Any] = {f"post_{person}": post for person, post in (told.posts if told else {}).items()}
    initial |= {"teams": told.teams if told else _proposed_teams(request, seen), "version": seen.version}
    form = StaffForm(request.POST or None, initial=initial, staff=found)
    if request.method == "POST" and form.is_valid() and saved(request, seen, form, _staff_told(seen, found, form)):
        return to_next(seen, Step.STAFF)
    posts = {} if told is None else told.posts
    given = {
        each.id: role
        for each in found.colleagues
        if each.id in posts and (role := role_for(each, posts[each.id], seen.draft))
    }
    context = {**around_draft(request, seen, Step.STAFF), "form": form, "found": found, "given": given}
    return elsewhere(request, seen) or render(request, "planning/draft_staff.html", context, status=status_of(form))


def _staff_told(seen: DraftSeen, found: StaffSeen, form: StaffForm) -> Staff:
    """Return who was named; while there is no plan, who was named for a post that only a plan has stays named."""
    staff, told = form.staff(), seen.told.staff
    if told is None or seen.plan.is_made:
        return staff
    adrift = {each.id: told.posts[each.id] for each in found.adrift if each.id not in staff.posts}
    return replace(staff, posts={**adrift, **staff.posts})


def _proposed_teams(request: LinliRequest, seen: DraftSeen) -> int:
    """Return as many teams as the field had for so many doors (R121)."""
    found = targets_seen(request.actor, seen)
    doors = sum(building.doors for compound in found.compounds for building in compound.buildings) if found else 0
    return -(-doors // DOORS_A_TEAM)


@requires(Right.ROUND_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def notice(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Write the notice in both languages; it begins filled from the plan, and is filled again on request."""
    seen = draft_seen(request.actor, draft_id)
    frame = around_draft(request, seen, Step.NOTICE)
    filled = filled_notice(seen.told, seen.plan, frame["community_name"])
    kept, fills = seen.told.notice, "fill" in request.POST
    texts = {"zh": kept.zh, "en": kept.en} if kept and not fills else filled
    basis = notice_basis(seen.draft)
    initial = texts | {"version": seen.version, "basis": signing.Signer(salt=SALT).sign(basis)}
    form = NoticeForm(None if fills else request.POST or None, initial=initial)
    if request.method == "POST" and not fills and form.is_valid() and saved(request, seen, form, form.notice()):
        return to_next(seen, Step.NOTICE)
    context = {**frame, "form": form, "is_old": kept is not None and not fills and kept.basis != basis, "filled": fills}
    return elsewhere(request, seen) or render(request, "planning/draft_notice.html", context, status=status_of(form))


@requires(Right.ROUND_OPEN)
@never_cache
@require_GET
def notice_paper(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Show the notice as it is put up: its text, and when which building comes."""
    seen = draft_seen(request.actor, draft_id)
    frame = around_draft(request, seen, Step.NOTICE)
    kept = seen.told.notice
    texts = {"zh": kept.zh, "en": kept.en} if kept else filled_notice(seen.told, seen.plan, frame["community_name"])
    context = {**frame, "texts": texts, "buildings": _buildings(request, seen)}
    return render(request, "planning/notice_paper.html", context)


@requires(Right.ROUND_OPEN)
@never_cache
@require_GET
def staff_paper(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Show who stands where, desk by desk and team by team."""
    seen = draft_seen(request.actor, draft_id)
    context = {**around_draft(request, seen, Step.STAFF), "found": staff_seen(request.actor, seen)}
    return render(request, "planning/staff_paper.html", context)


def _buildings(request: LinliRequest, seen: DraftSeen) -> Sequence[BuildingCalled]:
    """Return when which building is called: by the plan that is in force, or the one looked at ahead."""
    if not seen.draft.opened_at:
        return seen.plan.buildings
    called = buildings_to_tell(request.actor, seen.id)[1]
    return [
        BuildingCalled(each.compound, each.name, each.people, "、".join(each.sites), each.first_at, each.last_at)
        for each in sorted(called, key=lambda one: (one.first_at is None, one.first_at, one.compound, one.name))
        if each.first_at and each.last_at
    ]
