"""Put sites and call groups into force."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from linli.core import audit, clock, locks
from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Venue
from linli.rounds.access import access_site
from linli.rounds.asked import CallGroupAsked, SiteAsked
from linli.rounds.errors import UnusableLayout
from linli.rounds.models import Arrival, CallGroup, Round, Site, Specimen, Target
from linli.rounds.rules.layout import decide_layout
from linli.rounds.scope import in_open_round
from linli.rounds.settling import lock_targets

_CALL = """
update rounds_target t set call_group_id = v.call_group
from unnest(%s::bigint[], %s::uuid[], %s::uuid[]) as v (community, id, call_group)
where t.community = v.community and t.id = v.id
"""


def lay_out_round(
    actor: Actor, round_id: UUID, sites: Sequence[SiteAsked], call_groups: Sequence[CallGroupAsked]
) -> Round:
    """Put a layout into force in place of the one before (R92, R95, R96, R113; R9 for a new plan on the day).

    For who may plan (plan_write). Writes sites, call groups, who is called where, and one audit entry. A site that is
    in both layouts keeps its number; a site where somebody has been cannot be left out. Groups are numbered by site in
    the order of their start; of two layouts at once the later one stays. Raises Refused, NotFound, RoundClosed, and
    UnusableLayout saying why.
    """
    with in_open_round(actor, round_id, Right.PLAN_WRITE) as round:
        locks.hold("layout", round_id)
        _check(round, sites, call_groups)
        _lock_called(round, call_groups)
        _clear(round, {site.id for site in sites})
        _write_sites(round, sites)
        _write_groups(round, call_groups)
        _call(round, call_groups)
        audit.record(
            actor,
            "lay_out_round",
            community=round.community,
            right=Right.PLAN_WRITE,
            object_type="round",
            object_id=round.pk,
            after={"sites": len(sites), "desks": sum(site.desks for site in sites), "call_groups": len(call_groups)},
        )
    return round


def close_site(actor: Actor, site_id: UUID, at: datetime | None = None) -> Site:
    """Note that a site stopped working before or after its hour. For who may plan (plan_write).

    Raises Refused, NotFound, RoundClosed.
    """
    with scoped(actor, Right.PLAN_WRITE):
        site = access_site(actor, site_id, right=Right.PLAN_WRITE)
        with in_open_round(actor, site.round_id, Right.PLAN_WRITE) as round:
            before, site.closes_at = site.closes_at, max(at or clock.now(), site.opens_at)
            site.save(update_fields=["closes_at"])
            audit.record(
                actor,
                "close_site",
                community=round.community,
                right=Right.PLAN_WRITE,
                object_type="site",
                object_id=site.pk,
                before={"closes_at": before},
                after={"closes_at": site.closes_at},
            )
    return site


def _check(round: Round, sites: Sequence[SiteAsked], call_groups: Sequence[CallGroupAsked]) -> None:
    targets = set(Target.objects.filter(community=round.community, round=round).values_list("id", flat=True))
    wrong = decide_layout(sites, call_groups, targets, round.rule_pack.reading()) or _wrong_venue(round, sites)
    if wrong:
        raise UnusableLayout(wrong)


def _wrong_venue(round: Round, sites: Sequence[SiteAsked]) -> str:
    venues = Venue.objects.filter(community=round.community, pk__in={site.venue for site in sites if site.venue})
    room = dict(venues.values_list("id", "desks_at_most"))
    for site in sites:
        if site.venue and site.venue not in room:
            return "site_unknown_venue"
        if site.venue and (most := room[site.venue]) is not None and site.desks > most:
            return "site_has_more_desks_than_room"
    return ""


def _lock_called(round: Round, call_groups: Sequence[CallGroupAsked]) -> None:
    """Lock whoever is or was called, in the order in which facts lock them."""
    called = Target.objects.filter(community=round.community, round=round).exclude(call_group=None)
    wanted = {target for group in call_groups for target in group.targets}
    lock_targets(round, wanted.union(called.values_list("id", flat=True)))


def _clear(round: Round, kept: set[UUID]) -> None:
    mine = {"community": round.community, "round": round}
    gone = set(Site.objects.filter(**mine).exclude(pk__in=kept).values_list("id", flat=True))
    used = [facts.objects.filter(**mine, site__in=gone).exists() for facts in (Arrival, Specimen)]
    if any(used):
        raise UnusableLayout("site_in_use")
    Target.objects.filter(**mine).exclude(call_group=None).update(call_group=None)
    CallGroup.objects.filter(**mine).delete()
    Site.objects.filter(**mine, pk__in=gone).delete()


def _write_sites(round: Round, sites: Sequence[SiteAsked]) -> None:
    known = dict(Site.objects.filter(community=round.community, round=round).values_list("id", "number"))
    next_number = max(known.values(), default=0) + 1
    rows = []
    for site in sites:
        number = known.get(site.id)
        if number is None:
            number, next_number = next_number, next_number + 1
        rows.append(
            Site(
                id=site.id,
                community=round.community,
                round=round,
                number=number,
                name=site.name,
                desks=site.desks,
                venue_id=site.venue,
                opens_at=site.opens_at,
                closes_at=site.closes_at,
            )
        )
    Site.objects.bulk_update(
        [row for row in rows if row.pk in known], ["name", "desks", "venue", "opens_at", "closes_at"]
    )
    Site.objects.bulk_create(row for row in rows if row.pk not in known)


def _write_groups(round: Round, call_groups: Sequence[CallGroupAsked]) -> None:
    numbers: dict[UUID, int] = {}
    rows = []
    for group in sorted(call_groups, key=lambda group: (group.starts_at, group.id)):
        numbers[group.site] = numbers.get(group.site, 0) + 1
        rows.append(
            CallGroup(
                id=group.id,
                community=round.community,
                round=round,
                site_id=group.site,
                number=numbers[group.site],
                starts_at=group.starts_at,
                size=len(group.targets),
            )
        )
    copy_rows(CallGroup, rows)


def _call(round: Round, call_groups: Sequence[CallGroupAsked]) -> None:
    pairs = sorted((target, group.id) for group in call_groups for target in group.targets)
    communities = [round.community] * len(pairs)
    with connection.cursor() as cursor:
        cursor.execute(_CALL, [communities, [target for target, _ in pairs], [group for _, group in pairs]])
