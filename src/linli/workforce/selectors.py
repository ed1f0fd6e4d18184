"""Who works where: members with their roles, and what was done to an account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Prefetch, Q
from django.db.models.functions import Mod

from linli.core import audit, clock, crypto
from linli.core.actors import Actor, HeldRole
from linli.core.break_glass import enabling, notices_for
from linli.core.divisions import Level, level_of, range_of
from linli.core.errors import Refused
from linli.core.grants import held_by, may_give
from linli.core.links import card_end
from linli.core.models import AuditEntry, Grant, User
from linli.core.pins import LOCKED_AFTER
from linli.core.rights import LEVEL_OF, Department, Right, Role, rights_of
from linli.core.scope import NO_COMMUNITY, installation_scope, within
from linli.places.models import Division

TRAIL_SHOWN = 50
BELOW_SHOWN = 300


@dataclass(frozen=True)
class MemberRole:
    """A role of somebody, in words."""

    id: UUID
    label: str
    division: int
    place: str
    ends_at: datetime | None
    ends_with: str
    is_over: bool
    given_by: str


@dataclass(frozen=True)
class Member:
    """Somebody who works in a division, with the roles that whoever looks may know of."""

    id: UUID
    username: str
    name: str
    phone: str
    is_open: bool
    roles: tuple[MemberRole, ...]
    last_sign_in: datetime | None
    has_pin: bool
    is_locked: bool
    can_have_card: bool

    @property
    def is_at_work(self) -> bool:
        """Whether one of the roles has not ended."""
        return self.is_open and any(not role.is_over for role in self.roles)


def members_of(actor: Actor, division: int, *, named: str = "") -> list[Member]:
    """Return who holds or has held a role in a division or below it, by name, those at work first.

    For who manages accounts in all of it (users_manage). Four queries. Raises Refused.
    """
    if not actor.has_all(Right.USERS_MANAGE, division):
        raise Refused
    low, high = range_of(division)
    here = Grant.objects.filter(division__gte=low, division__lt=high)
    users = User.objects.filter(grants__in=here).distinct()
    if named:
        users = users.filter(Q(name__icontains=named) | Q(username__icontains=named))
    members = _told(users.order_by("name", "username"), actor)
    return sorted(members, key=lambda member: not member.is_at_work)


def member_told(actor: Actor, user: User) -> Member:
    """Return one member, for who manages accounts where they work; of their own account with every role."""
    [member] = _told(User.objects.filter(pk=user.pk), actor)
    return member


@dataclass(frozen=True)
class Colleague:
    """Somebody who works in a community now: their roles there in words, and what these let them do."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    rights: frozenset[Right]
    ends_at: datetime | None
    """When the last of these roles ends; None when one goes on."""
    held: tuple[HeldRole, ...] = ()

    def rights_through(self, ending: str, until: datetime) -> frozenset[Right]:
        """Return what their roles let them do until a moment at least, or until what `ending` names ends."""
        lasting = [
            each
            for each in self.held
            if each.ends_with in ("", ending) and (each.ends_at is None or each.ends_at >= until)
        ]
        return frozenset().union(*(rights_of(each.role, each.department) for each in lasting))


def colleagues_in(actor: Actor, community: int) -> list[Colleague]:
    """Return who holds a role in a community now, by name. For who manages accounts in it (users_manage).

    Two queries. Raises Refused.
    """
    if not actor.has_all(Right.USERS_MANAGE, community):
        raise Refused
    here = Grant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()), division=community).order_by("id")
    users = User.objects.filter(grants__in=here, is_active=True).distinct().order_by("name", "username")
    found = users.prefetch_related(Prefetch("grants", queryset=here, to_attr="held_here"))
    return [_colleague(user) for user in found]


def _colleague(user: Any) -> Colleague:
    held: list[Grant] = user.held_here
    ends = [each.ends_at for each in held]
    return Colleague(
        user.pk,
        user.get_full_name(),
        tuple(str(Department(each.department).label if each.department else Role(each.role).label) for each in held),
        frozenset().union(*(rights_of(Role(each.role), each.department) for each in held)),
        None if None in ends else max(end for end in ends if end),
        tuple(HeldRole(Role(each.role), each.division, each.ends_at, each.department, each.ends_with) for each in held),
    )


def _told(users: Any, actor: Actor) -> list[Member]:
    rows = users.annotate(last_sign_in=Max("sign_ins__began_at")).select_related("pin").prefetch_related("grants")
    found = list(rows)
    names = place_names(actor, {grant.division for user in found for grant in user.grants.all()})
    return [_member(user, actor, names) for user in found]


def _member(user: Any, actor: Actor, names: dict[int, str]) -> Member:
    pin = getattr(user, "pin", None)
    return Member(
        id=user.pk,
        username=user.username,
        name=user.get_full_name(),
        phone=crypto.unseal(user.phone, "phone") if user.phone else "",
        is_open=user.is_active,
        roles=tuple(_role(grant, names) for grant in _seen(user, actor)),
        last_sign_in=user.last_sign_in,
        has_pin=pin is not None,
        is_locked=pin is not None and pin.failures >= LOCKED_AFTER,
        can_have_card=user.is_active and card_end(user) is not None,
    )


def _seen(user: User, actor: Actor) -> list[Grant]:
    """Return the roles of somebody that this actor may know of, those that go on first."""
    known = [
        each
        for each in user.grants.all()
        if user.pk == actor.user_id or actor.has_all(Right.USERS_MANAGE, each.division)
    ]
    return sorted(known, key=lambda each: (_is_over(each), each.division, each.role))


def _is_over(grant: Grant) -> bool:
    return grant.ends_at is not None and grant.ends_at <= clock.now()


def _role(grant: Grant, names: dict[int, str]) -> MemberRole:
    label = Department(grant.department).label if grant.department else Role(grant.role).label
    return MemberRole(
        grant.pk, str(label), grant.division, names.get(grant.division, ""), grant.ends_at, grant.ends_with,
        _is_over(grant), grant.granted_by,
    )  # fmt: skip


def place_names(actor: Actor, divisions: Iterable[int]) -> dict[int, str]:
    """Return the names of divisions, or their codes where Linli knows no name. Names of divisions are public."""
    known = dict(Division.objects.filter(code__in=divisions).values_list("code", "name"))
    return {code: known.get(code) or (f"{code:012d}" if code else "") for code in divisions}


def places_managed(actor: Actor) -> list[tuple[int, str]]:
    """Return the divisions where this actor manages accounts, the widest first (users_manage)."""
    codes = {held.division for held in actor.present if Right.USERS_MANAGE in held.rights}
    names = place_names(actor, codes)
    return sorted(names.items(), key=lambda place: -level_of(place[0]))


def places_below(actor: Actor, division: int) -> list[tuple[int, str]]:
    """Return the nearest divisions below that Linli knows, by code, for who manages accounts in all of it (users_manage)."""
    if not actor.has_all(Right.USERS_MANAGE, division):
        raise Refused
    below = Division.objects.filter(within((range_of(division),), "code")).exclude(code=division).order_by("code")
    for level in sorted((each for each in Level if each < level_of(division)), reverse=True):
        rows = below.annotate(part=Mod(F("code"), int(level))).filter(part=0)
        if found := list(rows.values_list("code", "name")[:BELOW_SHOWN]):
            return found
    return []


def emergency_places(actor: Actor) -> list[tuple[int, str]]:
    """Return where this actor may take a coordinator's role in an emergency, for their own account."""
    known = Division.objects.filter(within(tuple(range_of(held.division) for held in actor.present), "code"))
    return [
        place
        for place in known.order_by("code").values_list("code", "name")
        if enabling(actor.present, Role.COORDINATOR, place[0]) and not actor.has_all(Right.ROUND_OPEN, place[0])
    ]


def roles_to_give(actor: Actor, division: int) -> list[Role]:
    """Return the roles that this actor may give in a division of this level, for as long as they hold their own."""
    now = [held for held in actor.present if Right.USERS_MANAGE in held.rights and held.covers(division)]
    level = level_of(division)
    return [
        role
        for role in Role
        if LEVEL_OF.get(role, level) is level
        and any(may_give(actor, HeldRole(role, division, each.ends_at, "", each.ends_with)) for each in now)
    ]


@dataclass(frozen=True)
class EmergencyNotice:
    """A role that somebody took, for whoever manages accounts above."""

    id: UUID
    name: str
    place: str
    reason: str
    taken_at: datetime
    ends_at: datetime


def emergency_notices(actor: Actor) -> list[EmergencyNotice]:
    """Return the roles that others took where this actor manages accounts and that nobody has noted (users_manage)."""
    found = notices_for(actor) if actor.has_anywhere(Right.USERS_MANAGE) else []
    names = place_names(actor, {each.grant.division for each in found})
    return [
        EmergencyNotice(
            each.pk,
            each.grant.user.get_full_name(),
            names[each.grant.division],
            each.reason,
            each.taken_at,
            each.ends_at,
        )
        for each in found
    ]


@dataclass(frozen=True)
class TrailEntry:
    """One line of an account's audit trail."""

    at: datetime
    actor: str
    action: str
    detail: dict[str, Any]
    reason: str


def account_trail(actor: Actor, user: User) -> list[TrailEntry]:
    """Return what was done to and by an account, the latest first (users_manage over each of its roles).

    Raises Refused where one of its roles lies outside.
    """
    if not all(actor.has_all(Right.USERS_MANAGE, held.division) for held in held_by(user)):
        raise Refused
    with installation_scope():
        about = Q(object_id=user.pk) | Q(actor=user.username)
        entries = list(AuditEntry.objects.filter(about, community=NO_COMMUNITY).order_by("-number")[:TRAIL_SHOWN])
        details = audit.details_of(entries)
    return [
        TrailEntry(each.at, each.actor, each.action, detail.get("after") or {}, detail.get("reason") or "")
        for each, detail in zip(entries, details, strict=True)
    ]
