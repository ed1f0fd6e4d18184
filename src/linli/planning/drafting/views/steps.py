"""The first steps of a draft: what the round is, whom it is for, whom it reaches, where its sites stand, and its plan."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.orders.selectors import rule_packs_now
from linli.places.services import add_venue
from linli.planning.drafting.enough import enough
from linli.planning.drafting.forms import (
    ScopeForm,
    SitesForm,
    TargetsForm,
    WhatForm,
    proposed_sites,
    sites_again,
    what_again,
)
from linli.planning.drafting.planned import STEPS as PLAN_STEPS
from linli.planning.drafting.reading import scope_digest
from linli.planning.drafting.selectors import (
    DraftSeen,
    draft_seen,
    rules_seen,
    scope_choices,
    scope_names,
    targets_seen,
    venues_to_choose,
)
from linli.planning.drafting.services import plan_draft
from linli.planning.drafting.told import Seen, Sites, Step
from linli.planning.drafting.views.frame import around_draft, carry, elsewhere, saved, status_of, to_next
from linli.planning.microplan import desks_at_most
from linli.rounds.reasons import SETTLED
from linli.rounds.selectors.ahead import TargetsAhead
from linli_engine.siting import sites_needed

NAMED_AT_MOST = 400
"""People left out whom one page names; more are counted."""


@requires(Right.ROUND_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def what(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Change name, kind, rules and times."""
    seen = draft_seen(request.actor, draft_id)
    initial = what_again(seen.told.what) | {"version": seen.version}
    form = WhatForm(request.POST or None, initial=initial, packs=rule_packs_now(request.actor))
    if request.method == "POST" and form.is_valid() and saved(request, seen, form, form.what()):
        return to_next(seen, Step.WHAT)
    context = {**around_draft(request, seen, Step.WHAT), "form": form}
    return elsewhere(request, seen) or render(request, "planning/draft_what.html", context, status=status_of(form))


@requires(Right.ROUND_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def scope(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Choose grids, compounds and buildings, or nothing for everybody."""
    seen = draft_seen(request.actor, draft_id)
    choices, told = scope_choices(request.actor, seen.community), seen.told.scope
    chosen = {name: [str(id) for id in getattr(told, name, ())] for name in ("grids", "compounds", "buildings")}
    form = ScopeForm(request.POST or None, initial=chosen | {"version": seen.version}, choices=choices)
    if request.method == "POST" and form.is_valid() and saved(request, seen, form, form.scope()):
        return to_next(seen, Step.SCOPE)
    ticked = {str(each) for name in chosen for each in (form[name].value() or ())}
    context = {**around_draft(request, seen, Step.SCOPE), "form": form, "choices": choices, "ticked": ticked}
    return elsewhere(request, seen) or render(request, "planning/draft_scope.html", context, status=status_of(form))


@requires(Right.ROUND_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def targets(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Show whom the round would reach, by building, and who is left out and why; note that somebody looked."""
    seen = draft_seen(request.actor, draft_id)
    found = targets_seen(request.actor, seen)
    digest = found.digest if found else ""
    form = TargetsForm(request.POST or None, initial={"version": seen.version, "digest": digest})
    if request.method == "POST" and form.is_valid() and found and _looked(request, seen, form, found):
        return to_next(seen, Step.TARGETS)
    context = {
        **around_draft(request, seen, Step.TARGETS),
        "form": form,
        "found": found,
        "places": scope_names(request.actor, seen),
        "left_out": _left_out(found) if found else [],
        "may_name": request.actor.has(Right.PERSON_SEARCH, seen.community),
    }
    return elsewhere(request, seen) or render(request, "planning/draft_targets.html", context, status=status_of(form))


def _looked(request: LinliRequest, seen: DraftSeen, form: TargetsForm, found: TargetsAhead) -> bool:
    """Note what was looked at, unless the register has changed while the page was open."""
    if form.cleaned_data["digest"] != found.digest:
        form.add_error(
            None, _("The ledger has changed while this page was open. These are the people now; look again.")
        )
        carry(form, "digest", found.digest)
        return False
    looked = Seen(found.digest, len(found.targets), found.expected, scope_digest(seen.draft))
    return saved(request, seen, form, looked)


def _left_out(found: TargetsAhead) -> list[dict[str, Any]]:
    """Return those left out by reason: how many, and the first of them."""
    people = found.left_out
    return [
        {
            "reason": SETTLED[code], "count": count,
            "people": [each for each in people if each.left_out == code][:NAMED_AT_MOST],
            "more": max(0, count - NAMED_AT_MOST),
        }
        for code, count in sorted(found.reasons.items())
    ]  # fmt: skip


@requires(Right.ROUND_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def sites(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Choose hours, venues and desks, or add a venue."""
    seen = draft_seen(request.actor, draft_id)
    form = _sites_form(request, seen)
    if request.method == "POST" and form.is_valid():
        told = _with_new_venue(request, seen, form)
        if saved(request, seen, form, told):
            return redirect("planning:draft_sites", seen.id) if form.new_venue else to_next(seen, Step.SITES)
    context = {**around_draft(request, seen, Step.SITES), "form": form, "enough": _enough(request, seen)}
    return elsewhere(request, seen) or render(request, "planning/draft_sites.html", context, status=status_of(form))


def _sites_form(request: LinliRequest, seen: DraftSeen) -> SitesForm:
    actor, told = request.actor, seen.told
    venues = venues_to_choose(actor, seen.community)
    return SitesForm(
        request.POST or None,
        initial=(sites_again(told.sites) if told.sites else _proposed(request, seen)) | {"version": seen.version},
        venues=venues,
        deadline=told.what.deadline,
        compounds=[(id, name) for id, name, _buildings in scope_choices(actor, seen.community).compounds],
        may_add=actor.has(Right.PLACES_WRITE, seen.community),
    )


def _proposed(request: LinliRequest, seen: DraftSeen) -> dict[str, Any]:
    found, rules = targets_seen(request.actor, seen), rules_seen(request.actor, seen)
    expected = found.expected if found else 0
    number = sites_needed(expected, persons_per_site=rules.persons_per_site) if rules else 1
    desks = desks_at_most(rules, expected) if rules else 1
    return proposed_sites(seen.told.what, venues_to_choose(request.actor, seen.community), number, desks)


def _with_new_venue(request: LinliRequest, seen: DraftSeen, form: SitesForm) -> Sites:
    """Return what was chosen, and the venue that was named with it, which is the community's from now on."""
    if form.new_venue is None:
        return form.sites()
    name, compound, desks = form.new_venue
    venue = add_venue(request.actor, seen.community, name, compound_id=compound)
    return form.sites((venue.pk, desks or 1))


def _enough(request: LinliRequest, seen: DraftSeen) -> Any:
    """Return whether what was saved is enough; None before that, and where nothing is planned."""
    told, rules = seen.told.sites, rules_seen(request.actor, seen)
    if told is None or not told.planned or rules is None:
        return None
    found = targets_seen(request.actor, seen)
    return enough(told, found.expected if found else 0, rules)


@requires(Right.ROUND_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Show which buildings come to which site when, and what waits to expect; or how far planning is."""
    seen = draft_seen(request.actor, draft_id)
    if request.method == "POST":
        plan_draft(request.actor, seen.id)
        return redirect("planning:draft_plan", seen.id)
    context = {**around_draft(request, seen, Step.PLAN), "job": _job(seen)}
    if request.headers.get("HX-Request") == "true":
        return _polled(request, seen, context)
    if not seen.plan.is_under_way and seen.plan.is_made:
        found = targets_seen(request.actor, seen)
        chosen = sum(seen.told.sites.desks.values()) if seen.told.sites else 0
        context |= {
            "ledger_changed": bool(found and found.digest != seen.plan.digest),
            "desks_chosen": chosen,
            "desks_left": chosen > seen.plan.promised["desks"],
        }
    return elsewhere(request, seen) or render(request, "planning/draft_plan.html", context)


def _polled(request: LinliRequest, seen: DraftSeen, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "linli/_progress.html", context)
    if not seen.plan.is_under_way:
        response.headers["HX-Refresh"] = "true"
    return response


def _job(seen: DraftSeen) -> dict[str, Any]:
    """Return what the progress bar shows."""
    work = seen.plan.work
    return {
        "id": "plan-progress",
        "label": _("Sites, desks and call groups are being planned."),
        "done": work.done if work else 0,
        "total": PLAN_STEPS if work and work.total else None,
        "url": reverse("planning:draft_plan", args=[seen.id]),
        "finished": not seen.plan.is_under_way,
    }
