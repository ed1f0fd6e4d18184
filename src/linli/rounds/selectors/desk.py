"""What a sampling desk looks up: the household that somebody means, with who of it is done and who is still to come."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.places.addresses import Address, address_key
from linli.places.models import Dwelling
from linli.registry.shown import address_of
from linli.rounds.corrections import taken_back
from linli.rounds.meant import Meaning
from linli.rounds.models import Arrival, Outcome, Round, Target
from linli.rounds.scope import in_round

SHOWN = 8
"""Households that a desk is offered to choose from; more are narrowed by typing more."""

FITTING_AT_MOST = 2_000


@dataclass(frozen=True)
class Member:
    """One target of a household."""

    id: UUID
    name: str
    outcome: str | None
    outcome_at: datetime | None
    cannot_come: bool
    waiting_since: datetime | None
    """When they were first entered in the queue of a site, while they are open."""
    born: str = ""
    """The year, where another of the household has the same name."""

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do for them at a desk."""
        return self.outcome == Outcome.DONE

    @property
    def is_expected(self) -> bool:
        """Whether a desk takes them for present until told otherwise."""
        return self.outcome is None and not self.cannot_come


@dataclass(frozen=True)
class Household:
    """Everybody of a household whom the round is to reach; who lives behind no known door stands alone."""

    id: UUID
    """Of any one of its targets: what the household is opened by."""
    address: Address | None
    members: tuple[Member, ...]

    @property
    def expected(self) -> int:
        """How many a desk takes for present."""
        return sum(member.is_expected for member in self.members)

    @property
    def is_settled(self) -> bool:
        """Whether everybody of it has been tested."""
        return all(member.is_done for member in self.members)


@dataclass(frozen=True)
class Found:
    """The households that somebody may mean, at most SHOWN of `count`; `wrong` is a key of `rounds.reasons.WHO`."""

    households: tuple[Household, ...] = ()
    count: int = 0
    wrong: str = ""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.households)


def households_meant(actor: Actor, round_id: UUID, meaning: Meaning) -> Found:
    """Return the households of whoever is meant, for who holds person_search there: it names people.

    A fixed number of queries. Raises Refused, NotFound.
    """
    with in_round(actor, round_id, Right.PERSON_SEARCH) as round:
        groups = _groups(_fitting(round, meaning), meaning.name)
        if not groups:
            return Found(wrong="nobody_fits")
        households = _households(round, groups[:SHOWN])
        return Found(tuple(sorted(households, key=lambda each: _order(each, meaning.name))), len(groups))


def household_with(actor: Actor, round_id: UUID, targets: Iterable[UUID]) -> Household:
    """Return the household of these targets with everybody of it (person_search). Raises Refused, NotFound."""
    with in_round(actor, round_id, Right.PERSON_SEARCH) as round:
        groups = _groups(_targets(round).filter(pk__in=targets), "")
        if not groups:
            raise NotFound
        return _households(round, groups[:1])[0]


@dataclass(frozen=True)
class _Group:
    """What holds the people of one household together."""

    household: UUID | None
    dwelling: UUID | None
    target: UUID

    @property
    def condition(self) -> Q:
        if self.household:
            return Q(household=self.household)
        return Q(household=None, dwelling=self.dwelling) if self.dwelling else Q(pk=self.target)

    @property
    def key(self) -> UUID:
        return self.household or self.dwelling or self.target


def _targets(round: Round) -> Any:
    return Target.objects.filter(community=round.community, round=round).order_by("name", "id")


def _fitting(round: Round, meaning: Meaning) -> Any:
    condition = Q(person__in=meaning.persons) | Q(dwelling__in=meaning.dwellings)
    if meaning.household:
        condition |= Q(household=meaning.household)
    if meaning.name:
        condition |= Q(name__icontains=meaning.name)
    return _targets(round).filter(condition)


def _groups(fitting: Any, name: str) -> list[_Group]:
    """Return the households of these targets, those of somebody with exactly this name first."""
    rows = list(fitting.values_list("household_id", "dwelling_id", "id", "name")[:FITTING_AT_MOST])
    rows.sort(key=lambda row: row[3] != name)
    groups = (_Group(household, dwelling, id) for household, dwelling, id, _name in rows)
    return list({group.key: group for group in reversed(list(groups))}.values())[::-1]


def _households(round: Round, groups: Sequence[_Group]) -> tuple[Household, ...]:
    wanted = Q(pk__in=[])
    for group in groups:
        wanted |= group.condition
    rows = list(_targets(round).filter(wanted).select_related("person"))
    came = _arrivals(round, [row.pk for row in rows])
    addresses = _addresses({row.dwelling_id for row in rows if row.dwelling_id})
    members: dict[UUID, list[Member]] = defaultdict(list)
    doors: dict[UUID, Address | None] = {}
    for row in rows:
        key = row.household_id or row.dwelling_id or row.pk
        members[key].append(_member(row, came))
        doors[key] = addresses.get(row.dwelling_id)
    return tuple(
        Household(members[group.key][0].id, doors[group.key], _told_apart(rows, members[group.key])) for group in groups
    )


def _told_apart(rows: Sequence[Target], members: Sequence[Member]) -> tuple[Member, ...]:
    """Add the year of birth to members of one name."""
    births = {row.pk: row.person.birth for row in rows if row.person}
    names = Counter(member.name for member in members)
    years = {id: f"{birth:%Y}" for id, birth in births.items() if birth}
    return tuple(replace(each, born=years.get(each.id, "")) if names[each.name] > 1 else each for each in members)


def _order(household: Household, name: str) -> tuple[object, ...]:
    """Sort who has exactly this name first, then by door, then those without one."""
    is_other = all(member.name != name for member in household.members)
    return is_other, household.address is None, address_key(household.address) if household.address else ()


def _member(target: Target, came: dict[UUID, datetime]) -> Member:
    is_open = target.outcome is None
    return Member(
        target.pk,
        target.name,
        target.outcome,
        target.outcome_at,
        is_open and target.home_sampling_asked_at is not None,
        came.get(target.pk) if is_open else None,
    )


def _arrivals(round: Round, targets: Sequence[UUID]) -> dict[UUID, datetime]:
    arrivals = Arrival.objects.filter(community=round.community, round=round, target__in=targets, at_desk=False)
    counted = arrivals.exclude(pk__in=taken_back(round)).order_by()
    return dict(counted.values_list("target_id").annotate(Min("at")))


def _addresses(dwellings: set[UUID]) -> dict[UUID | None, Address]:
    doors = Dwelling.objects.filter(pk__in=dwellings).select_related("unit__building__compound")
    return {door.pk: address_of(door) for door in doors}
