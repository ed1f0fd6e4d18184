"""Who stands where: the posts that a round needs, who is named for them, and the roles they are given until it closes."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor, HeldRole
from linli.core.grants import may_give
from linli.core.models import User
from linli.core.rights import Right, Role
from linli.orders.rules import RulePackRules
from linli.planning.drafting.errors import MayNotGiveRole
from linli.planning.drafting.reading import told_of
from linli.planning.drafting.told import Staff
from linli.planning.models import RoundDraft
from linli.planning.wording import TEAM
from linli.rounds.endings import KIND
from linli.workforce.selectors import Colleague, colleagues_in
from linli.workforce.services import WantedRole, give_role

TEAM_NEEDS = 3
"""People in a sweep team at least: the field had three or four (R121)."""


@dataclass(frozen=True)
class Duty:
    """What somebody does at a post, the right it needs, and the role that brings it to who lacks it."""

    label: Promise
    right: Right | None = None
    role: Role | None = None


DUTIES = {
    "medic": Duty(_("medic"), Right.FACT_RECORD, Role.SAMPLER),
    "cadre": Duty(_("cadre")),
    "community_worker": Duty(_("community worker"), Right.FACT_RECORD, Role.DESK_CLERK),
    "team": Duty(_("sweep team member"), Right.SWEEP_RECORD, Role.SWEEPER),
}
"""The three of a desk (R108), and sweep teams. A cadre keeps order and needs no right for that."""


@dataclass(frozen=True)
class SitePost:
    """A site as posts are named after it: its venue's id, or its number where it stands in open space."""

    key: str
    name: str
    desks: int


@dataclass(frozen=True)
class Post:
    """A place and a duty, how many people it needs, and who is named."""

    key: str
    place: str
    duty: str
    needed: int
    named: tuple[Colleague, ...] = ()
    desks: int = 0

    @property
    def label(self) -> str:
        """The duty in a word."""
        return str(DUTIES[self.duty].label)

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, self.needed - len(self.named))

    @property
    def by_desk(self) -> list[tuple[int, Colleague]]:
        """Who stands at which desk: as they were named, one desk after the other."""
        return [(number % self.desks + 1 if self.desks else 0, each) for number, each in enumerate(self.named)]


def posts_of(
    staff: Staff, sites: Sequence[SitePost], rules: RulePackRules, colleagues: Sequence[Colleague]
) -> tuple[Post, ...]:
    """Return every post of sites and sweep teams with who is named for it; who works here no more is left out."""
    named: dict[str, list[Colleague]] = {}
    for each in colleagues:
        if each.id in staff.posts:
            named.setdefault(staff.posts[each.id], []).append(each)
    team = rules.desk_team
    each_desk = {"medic": team.medic, "cadre": team.cadre, "community_worker": team.community_worker}
    at_sites = [
        Post(
            f"{site.key}/{duty}",
            site.name,
            duty,
            site.desks * number,
            tuple(named.get(f"{site.key}/{duty}", ())),
            site.desks,
        )
        for site in sites
        for duty, number in each_desk.items()
    ]
    teams = [
        Post(f"team/{number}", team_name(number), "team", TEAM_NEEDS, tuple(named.get(f"team/{number}", ())))
        for number in range(1, staff.teams + 1)
    ]
    return (*at_sites, *teams)


def team_name(number: int) -> str:
    """Return what a sweep team is called."""
    return str(TEAM) % {"number": number}


def duty_of(post: str) -> Duty:
    """Return what is done at a post, from its key."""
    place, _slash, what = post.rpartition("/")
    return DUTIES["team" if place == "team" else what]


def standing(staff: Staff, sites: AbstractSet[str]) -> Staff:
    """Return who is named for posts that there are: at one of these sites, or in one of the teams."""
    places = {*sites, "team"}
    return replace(staff, posts={each: post for each, post in staff.posts.items() if post.partition("/")[0] in places})


def role_for(colleague: Colleague, post: str, draft: RoundDraft) -> Role | None:
    """Return the role that somebody needs for a post and does not have for as long as the round of a draft lasts."""
    duty, deadline = duty_of(post), told_of(draft).what.deadline
    lasting = colleague.rights_through(_ending(draft), deadline)
    return duty.role if duty.right and duty.right not in lasting else None


def refuse_roles(actor: Actor, draft: RoundDraft, staff: Staff) -> None:
    """Raise MayNotGiveRole when somebody would need a role that the actor may not give until the round closes."""
    for colleague, role in _roles_to_give(actor, draft, staff):
        if not may_give(actor, HeldRole(role, draft.community, None, "", _ending(draft))):
            raise MayNotGiveRole(name=colleague.name, role=str(role.label))


def give_roles(actor: Actor, draft: RoundDraft, staff: Staff) -> int:
    """Give who is named the roles their posts need until the round closes, and return how many: a part of opening it.

    For who may give these roles there. Writes what `workforce` writes. Raises Refused.
    """
    wanted = _roles_to_give(actor, draft, staff)
    users = User.objects.in_bulk([colleague.id for colleague, _role in wanted])
    for colleague, role in wanted:
        give_role(actor, users[colleague.id], WantedRole(role, draft.community, ends_with=_ending(draft)))
    return len(wanted)


def _roles_to_give(actor: Actor, draft: RoundDraft, staff: Staff) -> list[tuple[Colleague, Role]]:
    if not staff.posts:
        return []
    named = [each for each in colleagues_in(actor, draft.community) if each.id in staff.posts]
    wanted = [(each, role_for(each, staff.posts[each.id], draft)) for each in named]
    return [(each, role) for each, role in wanted if role]


def _ending(draft: RoundDraft) -> str:
    return f"{KIND}:{draft.pk}"
