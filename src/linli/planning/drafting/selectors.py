"""Drafts as pages show them: how far each step is, what can be chosen, and the drafts of a community."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from linli.core import clock, jobs
from linli.core.actors import Actor
from linli.core.errors import LinliError
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped, within
from linli.orders.rules import RulePackRules
from linli.places.models import Building, Compound, Grid, Venue
from linli.places.scope import in_community
from linli.planning.drafting.access import access_draft
from linli.planning.drafting.checking import Problem, notes_of, notice_basis, rules_name, stops_of, targets_of
from linli.planning.drafting.plans import PlanSeen, plan_seen
from linli.planning.drafting.reading import called, opening_works, rules_for, scope_digest, told_of
from linli.planning.drafting.rules import decide_what
from linli.planning.drafting.staff import Post, SitePost, posts_of
from linli.planning.drafting.told import Staff, Step, Told
from linli.planning.drafting.wording import STEPS
from linli.planning.models import RoundDraft
from linli.planning.opening.wish import ROUND_OPENING
from linli.rounds.directory import natural
from linli.rounds.models import Site
from linli.rounds.selectors.ahead import TargetsAhead
from linli.workforce.selectors import Colleague, colleagues_in


@dataclass(frozen=True)
class DraftHead:
    """A draft in a list: who worked on it last."""

    id: UUID
    name: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True)
class StepSeen:
    """A step with how far it is, as a state of `web.pictures.states` and a word."""

    step: Step
    number: int
    label: str
    state: str
    word: str


@dataclass(frozen=True)
class DraftSeen:
    """A draft with its plan and the state of its steps."""

    draft: RoundDraft
    told: Told
    plan: PlanSeen
    opening: Work | None
    """The opening of its round that was asked for last."""

    @property
    def id(self) -> UUID:
        return self.draft.pk

    @property
    def community(self) -> int:
        return self.draft.community

    @property
    def version(self) -> int:
        return self.draft.version

    @property
    def name(self) -> str:
        return self.told.what.name

    @property
    def is_settled(self) -> bool:
        """Whether the round is open, or is being opened: nothing of it changes any more."""
        return bool(self.draft.opened_at) or (self.opening is not None and self.opening.state in jobs.UNDER_WAY)

    @property
    def is_planned(self) -> bool:
        """Whether sites and call groups are to be planned."""
        return self.told.sites is None or self.told.sites.planned

    @property
    def changed_by(self) -> str:
        return called(self.draft.changed_by)

    @property
    def steps(self) -> tuple[StepSeen, ...]:
        """Every step, in order, with how far it is."""
        words = {"done": _("saved"), "open": _("not yet"), "waiting": _("is being worked out"), "help": _("look here")}
        states = {step: _state(self, step) for step in Step}
        return tuple(
            StepSeen(step, number, str(STEPS[step]), states[step], words[states[step]])
            for number, step in enumerate(Step, start=1)
        )


def draft_seen(actor: Actor, draft_id: UUID) -> DraftSeen:
    """Return a draft as it is now, for who may open rounds there (round_open). Raises Refused, NotFound."""
    with scoped(actor, Right.ROUND_OPEN):
        draft = access_draft(actor, draft_id)
        works = opening_works(draft.community, draft.pk, ROUND_OPENING)
        return DraftSeen(draft, told_of(draft), plan_seen(draft), works[0] if works else None)


def drafts_of(actor: Actor, community: int) -> tuple[DraftHead, ...]:
    """Return the drafts of a community whose rounds are not open, the latest first (round_open). Raises Refused, NotFound."""
    with in_community(actor, Right.ROUND_OPEN, community):
        rows = list(RoundDraft.objects.filter(community=community, opened_at=None).order_by("-changed_at", "-id"))
        return tuple(DraftHead(row.pk, told_of(row).what.name, called(row.changed_by), row.changed_at) for row in rows)


def drafts_open(actor: Actor, community: int) -> tuple[DraftHead, ...]:
    """Return what `drafts_of` does; none for who may not open rounds there (round_open)."""
    return drafts_of(actor, community) if actor.has(Right.ROUND_OPEN, community) else ()


def has_draft(actor: Actor, draft_id: UUID) -> bool:
    """Tell whether there is a draft of this id (round_open)."""
    with scoped(actor, Right.ROUND_OPEN):
        return RoundDraft.objects.filter(within(actor.ranges(Right.ROUND_OPEN)), pk=draft_id).exists()


def draft_is_kept(actor: Actor, round_id: UUID) -> bool:
    """Tell whether a round was opened from a draft, which says who stands where (round_open)."""
    if not actor.has_anywhere(Right.ROUND_OPEN):
        return False
    with scoped(actor, Right.ROUND_OPEN):
        return RoundDraft.objects.filter(pk=round_id, opened_at__isnull=False).exists()


@dataclass(frozen=True)
class Review:
    """Everything about a draft before its round opens."""

    targets: TargetsAhead | None
    stops: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    rules: str


def review(actor: Actor, seen: DraftSeen) -> Review:
    """Return what stands against opening the round, what has changed meanwhile, and whom it would reach (round_open)."""
    with in_community(actor, Right.ROUND_OPEN, seen.community):
        targets = targets_of(actor, seen.draft)
        stops = tuple(stops_of(actor, seen.draft))
        notes = tuple(notes_of(actor, seen.draft, targets))
        return Review(targets, stops, notes, rules_name(actor, seen.draft))


def targets_seen(actor: Actor, seen: DraftSeen) -> TargetsAhead | None:
    """Return whom the round would reach now; None when its scope covers nothing (round_open)."""
    with in_community(actor, Right.ROUND_OPEN, seen.community):
        return targets_of(actor, seen.draft)


@dataclass(frozen=True)
class ScopeChoices:
    """The places of a community that a round can be limited to."""

    grids: tuple[tuple[UUID, str, int], ...]
    """Each with how many buildings, or parts of some, it covers."""
    compounds: tuple[tuple[UUID, str, tuple[tuple[UUID, str], ...]], ...]
    """Each with its buildings."""


def scope_choices(actor: Actor, community: int) -> ScopeChoices:
    """Return the grids, compounds and buildings of a community in the order of doors (round_open). Three queries."""
    with in_community(actor, Right.ROUND_OPEN, community):
        grids = Grid.objects.filter(community=community).annotate(covered=Count("parts")).order_by("number")
        buildings: dict[UUID, list[tuple[UUID, str]]] = {}
        for compound, id, name in Building.objects.filter(community=community).values_list("compound_id", "id", "name"):
            buildings.setdefault(compound, []).append((id, name))
        compounds = sorted(
            Compound.objects.filter(community=community).values_list("id", "name"), key=lambda row: natural(row[1])
        )
        return ScopeChoices(
            tuple((grid.pk, grid.name, grid.covered) for grid in grids),
            tuple((id, name, _by_name(buildings.get(id, []))) for id, name in compounds),
        )


def rules_seen(actor: Actor, seen: DraftSeen) -> RulePackRules | None:
    """Return the rules that the round would run by; None when none hold (round_open)."""
    with in_community(actor, Right.ROUND_OPEN, seen.community):
        try:
            return rules_for(actor, seen.told).reading()
        except LinliError:
            return None


def scope_names(actor: Actor, seen: DraftSeen) -> list[str]:
    """Return the places that a draft was limited to, by name; none: the whole community (round_open)."""
    scope = seen.told.scope
    if scope is None or not scope.is_limited:
        return []
    with in_community(actor, Right.ROUND_OPEN, seen.community):
        here = {"community": seen.community}
        grids = Grid.objects.filter(**here, pk__in=scope.grids).order_by("number").values_list("name", flat=True)
        compounds = Compound.objects.filter(**here, pk__in=scope.compounds).values_list("name", flat=True)
        rows = Building.objects.filter(**here, pk__in=scope.buildings).values_list("compound__name", "name")
        buildings = [f"{compound} {name}" for compound, name in rows]
        return [*grids, *sorted(compounds, key=natural), *sorted(buildings, key=natural)]


def venues_to_choose(actor: Actor, community: int) -> list[Venue]:
    """Return the venues of a community, by name (round_open)."""
    with in_community(actor, Right.ROUND_OPEN, community):
        return list(Venue.objects.filter(community=community).select_related("compound").order_by("name"))


@dataclass(frozen=True)
class StaffSeen:
    """Who can stand where: None of it when the actor may not see who works here."""

    colleagues: tuple[Colleague, ...]
    posts: tuple[Post, ...]
    sites: tuple[SitePost, ...]
    is_open: bool
    """Whether the actor may see who works here, and name them."""
    adrift: tuple[Colleague, ...] = ()
    """Those who were named for a post that there is no more."""

    @property
    def needed(self) -> int:
        return sum(post.needed for post in self.posts)

    @property
    def named(self) -> int:
        return sum(len(post.named) for post in self.posts)

    @property
    def short(self) -> int:
        return sum(post.short for post in self.posts)

    @property
    def by_duty(self) -> Mapping[str, tuple[int, int]]:
        """How many people each duty needs, and how many of them are named."""
        found: dict[str, tuple[int, int]] = {}
        for post in self.posts:
            needed, named = found.get(post.label, (0, 0))
            found[post.label] = (needed + post.needed, named + min(post.needed, len(post.named)))
        return found


def staff_seen(actor: Actor, seen: DraftSeen, staff: Staff | None = None) -> StaffSeen:
    """Return the posts of a draft with who is named for them, as it says or as `staff` does.

    For who may open rounds there (round_open); names only for who manages accounts there too (users_manage).
    """
    with in_community(actor, Right.ROUND_OPEN, seen.community):
        is_open = actor.has_all(Right.USERS_MANAGE, seen.community)
        colleagues = tuple(colleagues_in(actor, seen.community)) if is_open else ()
        sites = _sites_of(seen)
        rules = rules_seen(actor, seen)
        told = staff or seen.told.staff or Staff()
        posts = posts_of(told, sites, rules, colleagues) if rules else ()
        there = {post.key for post in posts}
        adrift = tuple(each for each in colleagues if told.posts.get(each.id, "") not in {"", *there})
        return StaffSeen(colleagues, posts, sites, is_open, adrift)


def _sites_of(seen: DraftSeen) -> tuple[SitePost, ...]:
    """Return the sites of the round once it is open, else as the plan has them; while there is none, the venues that were chosen."""
    if seen.draft.opened_at:
        rows = Site.objects.filter(community=seen.community, round=seen.id).order_by("number")
        return tuple(
            SitePost(str(site.venue_id or number), site.name, site.desks) for number, site in enumerate(rows, start=1)
        )
    if seen.plan.is_made:
        return tuple(SitePost(site.key, site.name, site.desks) for site in seen.plan.sites)
    desks: Mapping[UUID, int] = seen.told.sites.desks if seen.told.sites else {}
    venues = Venue.objects.filter(community=seen.community, pk__in=desks).order_by("name")
    return tuple(SitePost(str(venue.pk), venue.name, desks[venue.pk]) for venue in venues)


def _by_name(rows: list[tuple[UUID, str]]) -> tuple[tuple[UUID, str], ...]:
    return tuple(sorted(rows, key=lambda row: natural(row[1])))


def _state(seen: DraftSeen, step: Step) -> str:
    """Return how far a step is: `done`, `open`, `waiting`, or `help` where something has to be looked at again."""
    told: dict[Step, Any] = {
        Step.WHAT: seen.told.what, Step.SCOPE: seen.told.scope, Step.TARGETS: seen.told.seen, Step.SITES: seen.told.sites,
        Step.STAFF: seen.told.staff, Step.NOTICE: seen.told.notice,
    }  # fmt: skip
    if step is Step.PLAN:
        return _state_of_plan(seen)
    if told.get(step) is None:
        return "open"
    return "help" if _is_out_of_date(seen, step) else "done"


def _state_of_plan(seen: DraftSeen) -> str:
    rows = (
        (not seen.is_planned or seen.plan.is_made, "done"),
        (seen.plan.is_under_way, "waiting"),
        (bool(seen.plan.error), "help"),
    )
    return next((state for holds, state in rows if holds), "open")


def _is_out_of_date(seen: DraftSeen, step: Step) -> bool:
    told, draft = seen.told, seen.draft
    if step is Step.WHAT:
        return bool(decide_what(told.what, clock.now()))
    if step is Step.TARGETS:
        return told.seen is not None and told.seen.scope != scope_digest(draft)
    if step is Step.NOTICE:
        return told.notice is not None and told.notice.basis != notice_basis(draft)
    return False
