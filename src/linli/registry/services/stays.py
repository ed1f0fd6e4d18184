"""Households that move, and people who leave, die or come back."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_dwelling
from linli.places.scope import in_community
from linli.registry.access import access_household, access_person
from linli.registry.errors import BeforeStay, DayNotCome, PersonDead
from linli.registry.households import household_of
from linli.registry.models import Household, Person, Residency
from linli.registry.turns import editing

EndReason = Literal["moved", "dead"]
END_REASONS = ("moved", "dead")


def end_residency(
    actor: Actor, person_id: UUID, reason: EndReason, *, on: date | None = None, right: Right = Right.PERSON_WRITE
) -> Residency:
    """Write down that somebody has moved away or died; the register keeps them, the household ends when it is empty.

    For who holds `right` there. Raises NotFound, Invalid for another reason, DayNotCome, BeforeStay for somebody who moved,
    Conflict when the person lives nowhere here, RegisterBusy.
    """
    day = _day_that_has_come(on)
    if reason not in END_REASONS:
        raise Invalid(_("The reason is “moved” or “dead”; read “%(read)s”."), code="reason_unknown", read=reason)
    with scoped(actor, right):
        community = access_person(actor, person_id, right=right).community
        with editing(community):
            person = access_person(actor, person_id, right=right)
            residency = _end_open_residency(person, day, reason)
            person.died_on = day if reason == "dead" else person.died_on
            person.edited_at = clock.now()
            person.save(update_fields=["died_on", "edited_at"])
            audit.record(
                actor, "residency_ended", community=community, right=right, object_type="person", object_id=person.id,
                after={"reason": reason, "until": residency.until},
            )  # fmt: skip
    return residency


def move_household(
    actor: Actor, household_id: UUID, dwelling_id: UUID, *, on: date | None = None, right: Right = Right.PERSON_WRITE
) -> Household:
    """Move everybody of a household to another dwelling of the same community; its history stays.

    For who holds `right` there. Raises NotFound for either, also when they belong to different communities, DayNotCome,
    BeforeStay, RegisterBusy.
    """
    day = _day_that_has_come(on)
    with scoped(actor, right):
        community = access_household(actor, household_id, right=right).community
        with in_community(actor, right, community), editing(community):
            old = access_household(actor, household_id, right=right)
            dwelling = access_dwelling(actor, dwelling_id, right=right)
            new = Household.objects.create(
                community=old.community, dwelling=dwelling, number=_free_number(dwelling_id, old.number), since=day
            )
            for residency in list(Residency.objects.filter(household=old, until=None)):
                _move(residency, new, _day_of_stay(residency, day))
            Household.objects.filter(id=old.id).update(until=day)
            audit.record(
                actor, "household_moved", community=old.community, right=right, object_type="household",
                object_id=new.id, before={"dwelling": old.dwelling_id}, after={"dwelling": dwelling_id},
            )  # fmt: skip
    return new


def move_person(
    actor: Actor, person_id: UUID, dwelling_id: UUID, *, on: date | None = None, right: Right = Right.PERSON_WRITE
) -> Residency:
    """Move one person of a household to another dwelling, into the household there or a new one; the others stay.

    For who holds `right` there. Raises NotFound for either, also when they belong to different communities, Conflict for
    somebody who lives nowhere here or behind that door already, DayNotCome, BeforeStay, RegisterBusy.
    """
    day = _day_that_has_come(on)
    with scoped(actor, right):
        community = access_person(actor, person_id, right=right).community
        with in_community(actor, right, community), editing(community):
            person = access_person(actor, person_id, right=right)
            dwelling = access_dwelling(actor, dwelling_id, right=right)
            old = Residency.objects.filter(person=person, until=None).select_related("household").first()
            if old is None:
                raise Conflict(_("This person does not live here any more."), code="not_resident")
            if old.household.dwelling_id == dwelling_id:
                raise Conflict(_("This person lives behind that door already."), code="lives_there")
            _move(old, household_of(dwelling), _day_of_stay(old, day))
            if not Residency.objects.filter(household_id=old.household_id, until=None).exists():
                Household.objects.filter(id=old.household_id).update(until=day)
            audit.record(
                actor, "person_moved", community=community, right=right, object_type="person", object_id=person.id,
                before={"dwelling": old.household.dwelling_id}, after={"dwelling": dwelling_id},
            )  # fmt: skip
            moved: Residency = Residency.objects.get(person=person, until=None)
    return moved


def come_back(actor: Actor, person_id: UUID, dwelling_id: UUID | None, *, right: Right = Right.LEDGER_IMPORT) -> Person:
    """Write down that somebody who lives nowhere in the register is here, behind this door or behind none that is known.

    For who holds `right` there. Writes the residency, or since when they are here without a door, and one audit entry;
    the history stays. Raises NotFound for either, also when they belong to different communities, Conflict for somebody
    who lives here already or has died, RegisterBusy. Serves R45.
    """
    with scoped(actor, right):
        community = access_person(actor, person_id, right=right).community
        with in_community(actor, right, community), editing(community):
            person = access_person(actor, person_id, right=right)
            _refuse_unless_gone(person)
            household = household_of(access_dwelling(actor, dwelling_id, right=right)) if dwelling_id else None
            if household:
                Residency.objects.create(community=community, person=person, household=household)
            person.without_door_since = None if household else clock.today()
            person.edited_at = clock.now()
            person.save(update_fields=["without_door_since", "edited_at"])
            audit.record(
                actor, "person_came_back", community=community, right=right, object_type="person",
                object_id=person.id, after={"dwelling": dwelling_id},
            )  # fmt: skip
    return person


def _refuse_unless_gone(person: Person) -> None:
    if person.died_on:
        raise PersonDead(day=person.died_on)
    if Residency.objects.filter(person=person, until=None).exists():
        raise Conflict(_("This person lives here already."), code="resident_already")


def _day_that_has_come(on: date | None) -> date:
    """Return the day that was named, or today. Raises DayNotCome."""
    today = clock.today()
    if on and on > today:
        raise DayNotCome(day=on)
    return on or today


def _day_of_stay(residency: Residency, day: date) -> date:
    """Return the day again if the stay can end on it. Raises BeforeStay."""
    if day < residency.since:
        raise BeforeStay(day=day, since=residency.since)
    return day


def _free_number(dwelling_id: UUID, number: str) -> str:
    """The household's own number, unless another household behind that door has it."""
    taken = set(Household.objects.filter(dwelling_id=dwelling_id, until=None).values_list("number", flat=True))
    return next(name for name in (number, *(f"{number}·{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _end_open_residency(person: Person, day: date, reason: str) -> Residency:
    residency = Residency.objects.filter(person=person, until=None).first()
    if residency is None:
        raise Conflict(_("This person does not live here any more."), code="not_resident")
    # a ledger may still hold who died before it was taken in: the day of death stays true, the stay ends as it began
    residency.until = max(day, residency.since) if reason == "dead" else _day_of_stay(residency, day)
    residency.end_reason = reason
    residency.save(update_fields=["until", "end_reason"])
    if not Residency.objects.filter(household_id=residency.household_id, until=None).exists():
        Household.objects.filter(id=residency.household_id).update(until=residency.until)
    return residency


def _move(residency: Residency, household: Household, day: date) -> None:
    Residency.objects.filter(id=residency.id).update(until=day, end_reason="moved")
    Residency.objects.create(
        community=residency.community, person_id=residency.person_id, household=household, kind=residency.kind,
        relation=residency.relation, since=day,
    )  # fmt: skip
    Person.objects.filter(id=residency.person_id).update(edited_at=clock.now())
