"""What a draft comes to: the round it asks for, where its sites may stand, and the plan made of it. Call inside a scope."""

import hashlib
import json
from datetime import date
from uuid import UUID

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import User, Work
from linli.orders.models import RulePack
from linli.orders.selectors import rule_pack_in_force
from linli.places.models import Grid, GridPart
from linli.planning.chosen import Chosen
from linli.planning.drafting.errors import GridCoversNothing
from linli.planning.drafting.told import Scope, Step, Told
from linli.planning.models import RoundDraft
from linli.rounds.asked import NewRound, ScopeAsked

PLAN_AHEAD = "round_plan_ahead"
"""Kind of the work that plans a draft."""
TASK = "planning.plan_draft"


def told_of(draft: RoundDraft) -> Told:
    """Return what a draft says."""
    return Told.read(draft.told)


def scope_asked(community: int, scope: Scope | None) -> ScopeAsked:
    """Return the places of a scope; grids are what they cover now. Raises GridCoversNothing."""
    if scope is None or not scope.is_limited:
        return ScopeAsked()
    rows = GridPart.objects.filter(community=community, grid__in=scope.grids)
    parts: list[tuple[UUID, UUID | None]] = list(rows.values_list("building_id", "unit_id"))
    empty = set(scope.grids) - set(rows.values_list("grid_id", flat=True))
    if empty:
        names = Grid.objects.filter(community=community, pk__in=empty).order_by("number").values_list("name", "number")
        raise GridCoversNothing(name="、".join(name or str(number) for name, number in names) or "?")
    buildings = {building for building, unit in parts if unit is None}
    units = {unit for _building, unit in parts if unit is not None}
    return ScopeAsked(
        tuple(sorted(scope.compounds)), tuple(sorted(buildings | set(scope.buildings))), tuple(sorted(units))
    )


def new_round(draft: RoundDraft, told: Told) -> NewRound:
    """Return the round that a draft asks for. Raises GridCoversNothing."""
    what, scope = told.what, scope_asked(draft.community, told.scope)
    return NewRound(
        name=what.name, deadline=what.deadline, t0=what.t0, ordered_at=what.ordered_at, rule_pack=what.rule_pack,
        compounds=scope.compounds, buildings=scope.buildings, units=scope.units, kind=what.kind, id=draft.pk,
    )  # fmt: skip


def chosen_sites(told: Told) -> Chosen | None:
    """Return where and when sites are to stand; None while that is not said, or nothing is to be planned."""
    sites = told.sites
    if sites is None or not sites.planned or sites.opens_at is None or sites.closes_at is None:
        return None
    return Chosen(sites.opens_at, sites.closes_at, dict(sites.desks))


def rules_for(actor: Actor, told: Told) -> RulePack:
    """Return the rule pack that a draft names, or the one in force. Raises NoRulePack."""
    named = RulePack.objects.filter(pk=told.what.rule_pack).first() if told.what.rule_pack else None
    return named or rule_pack_in_force(actor, _day_of(told))


def _day_of(told: Told) -> date:
    """Return the day whose rules hold: that of T0."""
    return (told.what.t0 or clock.now()).astimezone(clock.local_zone()).date()


def scope_digest(draft: RoundDraft) -> str:
    """Return a text that changes with the places that were chosen."""
    return _digest(draft, Step.SCOPE)


def plan_basis(draft: RoundDraft) -> str:
    """Return a text that changes with whatever of a draft its plan follows from; the register apart."""
    told = told_of(draft)
    day = str(_day_of(told)) if told.what.t0 else ""
    return _digest(draft, Step.SCOPE, Step.SITES, rules=draft.told[Step.WHAT]["rule_pack"], day=day)


def _digest(draft: RoundDraft, *steps: Step, **more: object) -> str:
    told = {step: draft.told.get(step) for step in steps} | more
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def latest_work(draft: RoundDraft) -> Work | None:
    """Return the planning of a draft that was asked for last: for what it says now, if there is one."""
    asked = Work.objects.filter(community=draft.community, kind=PLAN_AHEAD, arguments__draft=str(draft.pk))
    now = asked.filter(arguments__basis=plan_basis(draft))
    return now.order_by("-id").first() or asked.order_by("-id").first()


def opening_works(community: int, draft_id: UUID, kind: str) -> list[Work]:
    """Return the openings of the round that were asked for, the latest first."""
    asked = Work.objects.filter(community=community, kind=kind, arguments__id=str(draft_id))
    return list(asked.order_by("-id"))


def called(username: str) -> str:
    """Return the name of who has this account, or what an act without an account is called."""
    user = User.objects.filter(username=username).first()
    return user.get_full_name() if user else username
