"""Many people changed by one act, and taken back by one."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.registry.access import access_bulk_edit
from linli.registry.models import BulkEdit, CareNeed, Person, Residency
from linli.registry.selectors.chosen import MANY_AT_MOST
from linli.registry.turns import editing

Kind = BulkEdit.Kind


def edit_many(actor: Actor, community: int, people: Collection[UUID], kind: str, value: str) -> BulkEdit:
    """Set the residency kind of many people, or add or take away a care need, as one act; whoever has it already stays.

    For who holds person_write there. At most 600 people; all are changed or none. A fixed number of queries. Writes the
    change, what each had before, and one audit entry. Raises Refused, NotFound when one of them is not of the
    community, Invalid for nobody, too many, another kind or value, Conflict when nobody would change, RegisterBusy.
    """
    value = " ".join(value.split())
    _refuse_unusable(people, kind, value)
    with in_community(actor, Right.PERSON_WRITE, community), editing(community):
        known = Person.objects.select_for_update(no_key=True).filter(community=community, pk__in=list(people))
        if set(known.order_by("id").values_list("id", flat=True)) != set(people):
            raise NotFound
        now = clock.now()
        before = _change(community, people, kind, value)
        if not before:
            raise Conflict(_("All of them have this already; nothing was changed."), code="nothing_to_change")
        Person.objects.filter(community=community, pk__in=list(before)).update(edited_at=now)
        made: BulkEdit = BulkEdit.objects.create(
            community=community, kind=kind, value=value, made_by=actor.name, made_at=now,
            before={str(person): had for person, had in before.items()},
        )  # fmt: skip
        _record(actor, "people_edited", made, len(before))
    return made


def undo_many(actor: Actor, edit_id: UUID) -> tuple[int, int]:
    """Give everybody back what they had before a bulk edit, but who was changed since; return how many of each.

    For who holds person_write there. One transaction, one audit entry. Raises Refused, NotFound, Conflict when it was
    taken back already, RegisterBusy.
    """
    with scoped(actor, Right.PERSON_WRITE):
        community = access_bulk_edit(actor, edit_id).community
        with editing(community):
            made = access_bulk_edit(actor, edit_id, alone=True)
            if made.undone_at:
                raise Conflict(_("This change has been taken back already."), code="undone_already")
            since = Person.objects.filter(community=community, pk__in=list(made.before), edited_at=made.made_at)
            untouched = set(since.values_list("id", flat=True))
            _give_back(made, untouched)
            Person.objects.filter(community=community, pk__in=untouched).update(edited_at=clock.now())
            made.undone_at = clock.now()
            made.save(update_fields=["undone_at"])
            _record(actor, "people_edit_undone", made, len(untouched))
    return len(untouched), len(made.before) - len(untouched)


def _refuse_unusable(people: Collection[UUID], kind: str, value: str) -> None:
    if not people:
        raise Invalid(_("Tick at least one person."), code="nobody_chosen")
    if len(people) > MANY_AT_MOST:
        raise Invalid(
            _("At most %(most)s people are changed together; these are %(read)s."),
            code="too_many_people", most=MANY_AT_MOST, read=len(people),
        )  # fmt: skip
    usable = value in Residency.Kind.values if kind == Kind.RESIDENCY else 0 < len(value) <= 60 and value.isprintable()
    if kind not in Kind.values or not usable:
        raise Invalid(_("“%(read)s” cannot be set. Choose what is to change."), code="change_unknown", read=value[:20])


def _change(community: int, people: Collection[UUID], kind: str, value: str) -> dict[UUID, str]:
    """Change those who differ, and return what each of them had."""
    mine = {"community": community, "person__in": list(people)}
    if kind == Kind.RESIDENCY:
        stays = Residency.objects.filter(**mine, until=None).exclude(kind=value)
        had = dict(stays.values_list("person_id", "kind"))
        stays.update(kind=value)
        return had
    having = set(CareNeed.objects.filter(**mine, kind=value).values_list("person_id", flat=True))
    if kind == Kind.REMOVE_NEED:
        CareNeed.objects.filter(**mine, kind=value).delete()
        return dict.fromkeys(having, "")
    new = sorted(set(people) - having)
    CareNeed.objects.bulk_create(CareNeed(community=community, person_id=each, kind=value) for each in new)
    return dict.fromkeys(new, "")


def _give_back(made: BulkEdit, people: Collection[UUID]) -> None:
    mine = {"community": made.community, "person__in": list(people)}
    if made.kind == Kind.ADD_NEED:
        CareNeed.objects.filter(**mine, kind=made.value).delete()
    elif made.kind == Kind.REMOVE_NEED:
        CareNeed.objects.bulk_create(
            (CareNeed(community=made.community, person_id=each, kind=made.value) for each in sorted(people)),
            ignore_conflicts=True,
        )
    else:
        for kind in set(made.before.values()):
            had = [each for each in people if made.before[str(each)] == kind]
            stays = Residency.objects.filter(community=made.community, person__in=had, until=None, kind=made.value)
            stays.update(kind=kind)


def _record(actor: Actor, action: str, made: BulkEdit, count: int) -> None:
    audit.record(
        actor, action, community=made.community, right=Right.PERSON_WRITE, object_type="bulk_edit", object_id=made.pk,
        after={"kind": made.kind, "value": made.value, "people": count, "ids": sorted(made.before)},
    )  # fmt: skip
