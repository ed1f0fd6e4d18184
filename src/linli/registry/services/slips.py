"""Household slips: made for who has none, and made anew when they were lost or copied."""

from collections.abc import Collection
from uuid import UUID

from linli.core import audit, clock, crypto, locks
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.registry.models import HouseholdSlip
from linli.registry.slipped import SlipPlace, households_of, reach_place
from linli.registry.slips import new_code


def make_missing_slips(actor: Actor, place: SlipPlace) -> int:
    """Make slips for the households of a building or compound that have none, and return for how many.

    For who holds ledger_export there: paper leaves the office. Slips that were handed out stay valid. Writes the slips
    and one audit entry. Raises Refused, NotFound.
    """
    community = _community_of(actor, place)
    with in_community(actor, Right.LEDGER_EXPORT, community):
        locks.hold("household slips", community)
        households = set(households_of(community, place))
        have = HouseholdSlip.objects.filter(community=community, household__in=households, revoked_at=None)
        missing = households - set(have.values_list("household_id", flat=True))
        _make(community, missing)
        _record(actor, community, "household_slips_made", place, len(missing))
    return len(missing)


def renew_slips(actor: Actor, place: SlipPlace) -> int:
    """Make new slips for every household of a building or compound; the old ones are valid no more.

    For who holds ledger_export there. Writes the slips and one audit entry. Raises Refused, NotFound.
    """
    community = _community_of(actor, place)
    with in_community(actor, Right.LEDGER_EXPORT, community):
        locks.hold("household slips", community)
        households = set(households_of(community, place))
        valid = HouseholdSlip.objects.filter(community=community, household__in=households, revoked_at=None)
        revoked = valid.update(revoked_at=clock.now())
        _make(community, households)
        _record(actor, community, "household_slips_renewed", place, len(households), revoked=revoked)
    return len(households)


def _community_of(actor: Actor, place: SlipPlace) -> int:
    with scoped(actor, Right.LEDGER_EXPORT):
        return reach_place(actor, place).community


def _make(community: int, households: Collection[UUID]) -> None:
    HouseholdSlip.objects.bulk_create(_slip(community, household) for household in sorted(households))


def _slip(community: int, household: UUID) -> HouseholdSlip:
    code = new_code()
    return HouseholdSlip(
        community=community,
        household_id=household,
        code=crypto.seal(code, "slip"),
        code_index=crypto.blind_index("slip", code),
    )


def _record(actor: Actor, community: int, action: str, place: SlipPlace, count: int, *, revoked: int = 0) -> None:
    audit.record(
        actor,
        action,
        community=community,
        right=Right.LEDGER_EXPORT,
        object_type=place.kind,
        object_id=place.id,
        after={"made": count, "revoked": revoked},
    )
