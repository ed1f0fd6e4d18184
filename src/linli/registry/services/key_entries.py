"""Who is on a key list by hand, who looks after them, and what was done for them (R43)."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.registry.access import access_key_list_entry, access_person
from linli.registry.key_keeping import How, Left, leaving_day, open_list, refuse_keeper
from linli.registry.key_words import mark_of
from linli.registry.models import KeyListDeed, KeyListEntry, Residency

LONGEST = 200
_SECOND_TAP = timedelta(minutes=1)


def put_on_key_list(
    actor: Actor, list_id: UUID, person_id: UUID, reason: str, *, leaves_on: date | None = None
) -> KeyListEntry:
    """Put somebody on a key list by hand; who is on it by its rule stays on it by hand from now on.

    For who holds key_list_write there. Without a day they stay for as long as the list says, or until taken off. Writes one
    audit entry. Raises NotFound for a person of another community, Invalid without a reason or for a day that has passed,
    Conflict for who is on it by hand already, has died or left, and for a list that has ended.
    """
    reason = _reason(reason, _("Say why this person belongs on the list."))
    today = clock.today()
    if leaves_on and leaves_on <= today:
        raise Invalid(_("The day on which they leave the list has to come yet."), code="day_has_passed")
    with scoped(actor, Right.KEY_LIST_WRITE):
        key_list = open_list(actor, list_id, Right.KEY_LIST_WRITE)
        person = access_person(actor, person_id, right=Right.KEY_LIST_WRITE)
        if person.community != key_list.community:
            raise NotFound
        if person.died_on or _has_left(person.community, person_id, person.without_door_since):
            raise Conflict(_("Who does not live here any more is on no list."), code="person_gone")
        mine = KeyListEntry.objects.filter(community=person.community, key_list=key_list, person=person)
        mine.filter(is_held_off=True).update(is_held_off=False)
        entry: KeyListEntry | None = mine.filter(until=None).first()
        if entry and entry.how == How.HAND:
            raise Conflict(_("This person is on the list already."), code="on_list_already")
        entry = entry or KeyListEntry(
            community=person.community,
            key_list=key_list,
            person=person,
            since=today,
            keeper=key_list.keeper,
            next_on=today,
        )
        entry.how, entry.reason, entry.leaves_on = How.HAND, reason, leaves_on or leaving_day(key_list, today)
        entry.save(force_insert=entry._state.adding)
        _record(actor, "put_on_key_list", entry, Right.KEY_LIST_WRITE, reason=reason)
    return entry


def take_off_key_list(actor: Actor, entry_id: UUID, reason: str) -> KeyListEntry:
    """Take somebody off a key list; its rule does not put them back as long as it holds without a break.

    For who holds key_list_write there. Writes one audit entry. Raises NotFound, Invalid without a reason, Conflict when they
    have left it already.
    """
    reason = _reason(reason, _("Say why this person does not belong on the list."))
    with scoped(actor, Right.KEY_LIST_WRITE):
        entry = _open_entry(actor, entry_id, Right.KEY_LIST_WRITE)
        entry.until, entry.left, entry.left_reason, entry.is_held_off = clock.today(), Left.HAND, reason, True
        entry.save(update_fields=["until", "left", "left_reason", "is_held_off"])
        _record(actor, "taken_off_key_list", entry, Right.KEY_LIST_WRITE, reason=reason)
    return entry


def give_to_keeper(actor: Actor, list_id: UUID, entries: Collection[UUID], keeper: str) -> int:
    """Let somebody else look after these people of a key list; return how many changed hands.

    For who holds key_list_write there. Writes one audit entry. Raises NotFound when one of them is not on the list, Invalid
    for a keeper who does not look after key lists there, and for nobody, Conflict for a list that has ended.
    """
    if not entries:
        raise Invalid(_("Tick at least one person."), code="nobody_chosen")
    with scoped(actor, Right.KEY_LIST_WRITE):
        key_list = open_list(actor, list_id, Right.KEY_LIST_WRITE)
        refuse_keeper(key_list.community, keeper)
        on = KeyListEntry.objects.filter(community=key_list.community, key_list=key_list, until=None)
        chosen = on.filter(pk__in=list(entries))
        if chosen.count() != len(set(entries)):
            left = KeyListEntry.objects.filter(key_list=key_list, pk__in=list(entries)).exclude(until=None)
            names = list(left.order_by("person__name").values_list("person__name", flat=True))
            if len(names) + chosen.count() != len(set(entries)):
                raise NotFound
            raise Conflict(
                _("Meanwhile off the list: %(names)s. Nobody changed hands; tick the others again."),
                code="left_meanwhile", names="、".join(names),
            )  # fmt: skip
        changed: int = chosen.exclude(keeper=keeper).update(keeper=keeper)
        audit.record(
            actor, "key_list_handed_over", community=key_list.community, right=Right.KEY_LIST_WRITE, object_type="key_list",
            object_id=key_list.pk, after={"keeper": keeper, "entries": sorted(map(str, entries))},
        )  # fmt: skip
    return changed


def record_deed(
    actor: Actor, entry_id: UUID, result: str, note: str = "", *, next_on: date | None = None, seen: str = ""
) -> KeyListDeed:
    """Write down that the task of a list was done for somebody, or that they were not reached; then the next is due.

    For who holds key_list_record there. After “done” it is due again when the list says, after “not reached” tomorrow, unless
    a day is given; who got what they asked for leaves the list of requests the next day. Writes the deed and one audit entry.
    With `seen`, the mark of what the page said they asked for, nothing is done that nobody has read. The same again within a
    minute, as a second tap is, changes nothing. Raises NotFound, Invalid for another result, a day that has passed or lies
    behind the list's end, Conflict when they have left the list or asked for more since.
    """
    today = clock.today()
    if result not in KeyListDeed.Result.values:
        raise Invalid(_("Choose what came of it."), code="result_unknown")
    if next_on and next_on < today:
        raise Invalid(_("The next day has to come yet."), code="day_has_passed")
    with scoped(actor, Right.KEY_LIST_RECORD):
        entry = _open_entry(actor, entry_id, Right.KEY_LIST_RECORD)
        if next_on and next_on > entry.key_list.ends_on and not entry.key_list.is_for_requests:
            raise Invalid(_("The list ends on %(day)s."), code="day_after_end", day=entry.key_list.ends_on)
        if seen and entry.key_list.is_for_requests and seen != mark_of(entry.reason):
            raise Conflict(
                _("%(name)s has asked for something else since: %(asked)s. Look again, then write down what was done."),
                code="asked_since", name=entry.person.name, asked=entry.reason,
            )  # fmt: skip
        double = _second_tap(actor, entry, result, note) if next_on is None else None
        if double:
            return double
        deed: KeyListDeed = KeyListDeed.objects.create(
            community=entry.community, entry=entry, result=result, note=" ".join(note.split())[:LONGEST], by=actor.name,
            at=clock.now(), next_before=entry.next_on,
        )  # fmt: skip
        days = entry.key_list.every_days if result == KeyListDeed.Result.DONE else 1
        entry.next_on = next_on or today + timedelta(days=days)
        if entry.key_list.is_for_requests and result == KeyListDeed.Result.DONE:
            entry.leaves_on = today + timedelta(days=1)
        entry.save(update_fields=["next_on", "leaves_on"])
        _record(
            actor, "key_list_deed", entry, Right.KEY_LIST_RECORD, after={"result": result, "next_on": entry.next_on}
        )
    return deed


def _second_tap(actor: Actor, entry: KeyListEntry, result: str, note: str) -> KeyListDeed | None:
    """Return the deed that is the same as this one and was written by the same hand just now."""
    mine = KeyListDeed.objects.filter(
        community=entry.community, entry=entry, by=actor.name, result=result, note=" ".join(note.split())[:LONGEST],
        taken_back_at=None, at__gt=clock.now() - _SECOND_TAP,
    )  # fmt: skip
    found: KeyListDeed | None = mine.order_by("-at").first()
    return found


def take_back_deed(actor: Actor, entry_id: UUID) -> KeyListDeed:
    """Take the last deed for somebody back: what was due before is due again.

    For who holds key_list_record there. Writes one audit entry. Raises NotFound, Conflict when there is none of today.
    """
    with scoped(actor, Right.KEY_LIST_RECORD):
        entry = _open_entry(actor, entry_id, Right.KEY_LIST_RECORD)
        rows = KeyListDeed.objects.filter(community=entry.community, entry=entry, taken_back_at=None)
        last: KeyListDeed | None = rows.order_by("-at", "-id").first()
        if last is None or last.at.astimezone(clock.local_zone()).date() != clock.today():
            raise Conflict(_("There is nothing of today to take back."), code="nothing_to_take_back")
        last.taken_back_at = clock.now()
        last.save(update_fields=["taken_back_at"])
        entry.next_on = last.next_before
        entry.leaves_on = None if entry.key_list.is_for_requests else entry.leaves_on
        entry.save(update_fields=["next_on", "leaves_on"])
        _record(actor, "key_list_deed_taken_back", entry, Right.KEY_LIST_RECORD)
    return last


def _open_entry(actor: Actor, entry_id: UUID, right: Right) -> KeyListEntry:
    entry = access_key_list_entry(actor, entry_id, right=right)
    if entry.until:
        raise Conflict(_("This person has left the list already."), code="left_list_already")
    return entry


def _has_left(community: int, person: UUID, without_door: date | None) -> bool:
    stays = Residency.objects.filter(community=community, person=person)
    return without_door is None and stays.exists() and not stays.filter(until=None).exists()


def _reason(text: str, missing: Any) -> str:
    text = " ".join(text.split())[:LONGEST]
    if not text or not text.isprintable():
        raise Invalid(missing, code="reason_missing")
    return text


def _record(
    actor: Actor,
    action: str,
    entry: KeyListEntry,
    right: Right,
    *,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    audit.record(
        actor, action, community=entry.community, right=right, object_type="person", object_id=entry.person_id,
        after={"list": str(entry.key_list_id), **(after or {})}, reason=reason,
    )  # fmt: skip
