"""Two entries of one person made one, taken apart again, or said to be two people."""

import json
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock, crypto, locks
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.registry.access import access_merge, access_person
from linli.registry.models import KeyList, KeyListEntry, Merge, Person, TwoPeople
from linli.registry.turns import editing
from linli.registry.uniting import CHOSEN, HOME, Done, changed_since, is_here_without_door, part, stay_of, unite


def merge_people(actor: Actor, kept_id: UUID, absorbed_id: UUID, taken: Collection[str] = ()) -> Merge:
    """Make one person of two entries: what hangs on the absorbed one goes to the kept one, and open rounds are told.

    `taken` names the fields in which the absorbed entry's word counts, among `uniting.CHOSEN` and `HOME`; what only one of
    them says always counts, and phones, care needs and remarks are put together. One transaction: all or nothing.

    For who holds person_write there. Writes the merge and one audit entry that names both and what was taken. Raises NotFound for either,
    also for two of different communities, Invalid for the same entry twice or an unknown field, Conflict when one is dead
    by the register and the other lives here, RegisterBusy.
    """
    if kept_id == absorbed_id:
        raise Invalid(_("This is one entry already."), code="one_entry")
    if unknown := set(taken) - {*CHOSEN, HOME}:
        raise Invalid(_("“%(read)s” is no field to choose."), code="field_unknown", read=min(unknown)[:20])
    with scoped(actor, Right.PERSON_WRITE):
        community = _of_one_community(actor, kept_id, absorbed_id)
        with editing(community):
            kept, absorbed = _held(actor, kept_id, absorbed_id)
            _refuse_dead_and_alive(kept, absorbed)
            _lock_key_lists(kept, absorbed)
            now = clock.now()
            done = unite(kept, absorbed, taken, now)
            _forget_two_people(kept, absorbed)
            merge: Merge = Merge.objects.create(
                community=community, kept=kept, absorbed=absorbed, done=crypto.seal(json.dumps(done.as_json())),
                made_at=now, made_by=actor.name,
            )  # fmt: skip
            _record(actor, "people_merged", kept, absorbed=str(absorbed.pk), taken=sorted(taken))
    return merge


def undo_merge(actor: Actor, merge_id: UUID) -> Person:
    """Make two entries again of one, as they were; returns the one that was kept.

    For who holds person_write there. Writes one audit entry. Raises NotFound, Conflict when either was changed since,
    RegisterBusy.
    """
    with scoped(actor, Right.PERSON_WRITE):
        community = access_merge(actor, merge_id).community
        with editing(community):
            merge = access_merge(actor, merge_id, alone=True)
            for person in sorted((merge.kept_id, merge.absorbed_id)):
                locks.hold("person", person)
            kept: Person = merge.kept
            absorbed: Person = merge.absorbed
            done = Done(**json.loads(crypto.unseal(merge.done)))
            if changed_since(kept, absorbed, done, merge.made_at):
                raise Conflict(
                    _("%(name)s was changed since: take that back first, or correct what is wrong on their page."),
                    code="changed_since_merge", name=kept.name,
                )  # fmt: skip
            _lock_key_lists(kept, absorbed)
            part(kept, absorbed, done)
            merge.delete()
            _record(actor, "merge_undone", kept, absorbed=str(absorbed.pk))
    return kept


def say_two_people(actor: Actor, first_id: UUID, second_id: UUID) -> None:
    """Say that two entries that look like one person are two people: they are not asked about again.

    For who holds person_write there. Writes one audit entry; saying it twice changes nothing. Raises NotFound for either,
    also for two of different communities, Invalid for the same entry twice.
    """
    if first_id == second_id:
        raise Invalid(_("This is one entry already."), code="one_entry")
    with scoped(actor, Right.PERSON_WRITE):
        community = _of_one_community(actor, first_id, second_id)
        first, second = sorted((first_id, second_id))
        _said, is_new = TwoPeople.objects.get_or_create(
            community=community, first_id=first, second_id=second, defaults={"said_by": actor.name}
        )
        if is_new:
            _record(
                actor, "said_two_people", access_person(actor, first_id, right=Right.PERSON_WRITE), other=str(second_id)
            )


def take_back_two_people(actor: Actor, first_id: UUID, second_id: UUID) -> None:
    """Take back that two entries are two people: they are asked about again if they look like one.

    For who holds person_write there. Writes one audit entry. Raises NotFound for either and when nobody said so.
    """
    with scoped(actor, Right.PERSON_WRITE):
        community = _of_one_community(actor, first_id, second_id)
        first, second = sorted((first_id, second_id))
        gone, _rows = TwoPeople.objects.filter(community=community, first=first, second=second).delete()
        if not gone:
            raise NotFound
        _record(
            actor,
            "two_people_taken_back",
            access_person(actor, first_id, right=Right.PERSON_WRITE),
            other=str(second_id),
        )


def _of_one_community(actor: Actor, first_id: UUID, second_id: UUID) -> int:
    first, second = (access_person(actor, id, right=Right.PERSON_WRITE) for id in (first_id, second_id))
    if first.community != second.community:
        raise NotFound
    return first.community


def _held(actor: Actor, kept_id: UUID, absorbed_id: UUID) -> tuple[Person, Person]:
    """Return both entries as they are now, and keep everybody else from changing them."""
    for person in sorted((kept_id, absorbed_id)):
        locks.hold("person", person)
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=[kept_id, absorbed_id]).order_by("id")
    found = {row.pk: row for row in rows}
    if len(found) < len((kept_id, absorbed_id)):
        raise NotFound
    return found[kept_id], found[absorbed_id]


def _refuse_dead_and_alive(kept: Person, absorbed: Person) -> None:
    for dead, other in ((kept, absorbed), (absorbed, kept)):
        if dead.died_on and not other.died_on and (stay_of(other) or is_here_without_door(other)):
            raise Conflict(
                _("By the register one of the two died on %(day)s and the other lives here. Put that right first."),
                code="dead_and_alive", day=dead.died_on,
            )  # fmt: skip


def _lock_key_lists(*people: Person) -> None:
    """Hold the key lists that any of them is on, in one order for everybody."""
    lists = KeyListEntry.objects.filter(person__in=[person.pk for person in people]).values("key_list")
    list(KeyList.objects.select_for_update().filter(pk__in=lists).order_by("id"))


def _forget_two_people(kept: Person, absorbed: Person) -> None:
    first, second = sorted((kept.pk, absorbed.pk))
    TwoPeople.objects.filter(community=kept.community, first=first, second=second).delete()


def _record(actor: Actor, action: str, person: Person, **after: object) -> None:
    audit.record(
        actor, action, community=person.community, right=Right.PERSON_WRITE, object_type="person", object_id=person.pk,
        after={"name": person.name, **after},
    )  # fmt: skip
