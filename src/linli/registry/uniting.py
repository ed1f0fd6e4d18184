"""Two entries of one person made one, and two again: what moves, what ends, what is put together. Call inside a scope.

The absorbed entry stays as it was; what hangs on it goes to the kept one, and all of it is noted to be taken back.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from linli.core import clock, rows
from linli.registry.models import CareNeed, Household, KeyListEntry, Person, PersonPhone, RegisterFlag, Residency

CHOSEN = ("name", "sex", "birth", "id_number", "hukou_division")
"""What one of the two entries says and the other does not count for; remarks, phones and care needs are put together."""
HOME = "home"
MERGED = "merged"
"""Why the stay of an entry ended that lived behind another door, or behind the same one a second time."""
_COLUMNS = {"id_number": ("id_kind", "id_number", "id_index", "id_tail")}
_LOOKS_TWICE = ("duplicate_person", "id_shared", "possible_duplicate", "duplicate_other_address")
_BETWEEN_REMARKS = "\n"


@dataclass
class Done:
    """What a merge changed. Ids are texts: it is kept as JSON."""

    columns: dict[str, Any] = field(default_factory=dict)
    """What the kept entry had in the columns that changed, when it was last changed too, as `core.rows.as_plain` tells it."""
    phones: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    """Rows that were added to the kept entry."""
    stay_taken: str = ""
    stay_ended: str = ""
    household_ended: str = ""
    entries_moved: list[str] = field(default_factory=list)
    entries_ended: list[str] = field(default_factory=list)
    flags_moved: list[str] = field(default_factory=list)
    flags_resolved: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def stay_of(person: Person) -> Residency | None:
    """Return where somebody lives."""
    found: Residency | None = Residency.objects.filter(person=person, until=None).select_related("household").first()
    return found


def is_here_without_door(person: Person) -> bool:
    """Tell whether somebody is here and lives behind no known door."""
    ends = list(Residency.objects.filter(person=person).values_list("until", flat=True))
    if person.died_on or None in ends:
        return False
    since = person.without_door_since
    return not ends or (since is not None and since >= max(end for end in ends if end))


def unite(kept: Person, absorbed: Person, taken: Collection[str], at: datetime) -> Done:
    """Put two entries together at a moment; `taken` names what the absorbed one says that counts, among `CHOSEN` and `HOME`."""
    done = Done()
    was_here = is_here_without_door(kept), is_here_without_door(absorbed)
    _take_stay(kept, absorbed, done, prefers_absorbed=HOME in taken)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    _take_columns(kept, absorbed, taken, done, was_here, at)
    _take_rows(kept, absorbed, done)
    _take_entries(kept, absorbed, done)
    _take_flags(kept, absorbed, done)
    return done


def _take_stay(kept: Person, absorbed: Person, done: Done, *, prefers_absorbed: bool) -> None:
    """Leave the kept entry one open stay: its own, or that of the absorbed one."""
    own, other = stay_of(kept), stay_of(absorbed)
    takes = other is not None and (own is None or prefers_absorbed)
    ending = own if takes else other
    if ending is not None:
        today = max(clock.today(), ending.since)
        Residency.objects.filter(pk=ending.pk).update(until=today, end_reason=MERGED)
        done.stay_ended = str(ending.pk)
        if not Residency.objects.filter(household=ending.household_id, until=None).exists():
            Household.objects.filter(pk=ending.household_id).update(until=today)
            done.household_ended = str(ending.household_id)
    if takes and other is not None:
        Residency.objects.filter(pk=other.pk).update(person=kept)
        done.stay_taken = str(other.pk)


def _take_columns(
    kept: Person, absorbed: Person, taken: Collection[str], done: Done, was_here: tuple[bool, bool], at: datetime
) -> None:
    """Write what counts into the kept entry; what only one of them says always counts."""
    new: dict[str, Any] = {"edited_at": at}
    for name in CHOSEN:
        says, other = getattr(kept, name), getattr(absorbed, name)
        if other and (name in taken or not says):
            new |= {column: getattr(absorbed, column) for column in _COLUMNS.get(name, (name,))}
    if absorbed.remarks and absorbed.remarks not in kept.remarks:
        new["remarks"] = _BETWEEN_REMARKS.join(text for text in (kept.remarks, absorbed.remarks) if text)
    if kept.imported is None and absorbed.imported is not None:
        new["imported"] = absorbed.imported
    if absorbed.died_on and not kept.died_on:
        new["died_on"] = absorbed.died_on
    if done.stay_taken:
        new["without_door_since"] = None
    elif was_here[1] and not was_here[0] and stay_of(kept) is None:
        new["without_door_since"] = clock.today()
    changed = {name: value for name, value in new.items() if _bytes(getattr(kept, name)) != _bytes(value)}
    before = rows.as_plain(kept)
    done.columns = {name: before[name] for name in changed}
    for name, value in changed.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(changed))


def _take_rows(kept: Person, absorbed: Person, done: Done) -> None:
    """Copy phones and care needs that the kept entry has not."""
    mine = list(PersonPhone.objects.filter(person=kept).order_by("position"))
    known = {bytes(phone.number_index) for phone in mine}
    last = max((phone.position for phone in mine), default=-1)
    others = PersonPhone.objects.filter(person=absorbed).order_by("position")
    new_phones = [phone for phone in others if bytes(phone.number_index) not in known]
    phones = [
        PersonPhone(
            community=kept.community, person=kept, position=last + at, number=phone.number,
            number_index=phone.number_index, number_tail=phone.number_tail,
        )
        for at, phone in enumerate(new_phones, start=1)
    ]  # fmt: skip
    has = set(CareNeed.objects.filter(person=kept).values_list("kind", flat=True))
    told = CareNeed.objects.filter(person=absorbed).order_by("kind").values_list("kind", flat=True)
    needs = [CareNeed(community=kept.community, person=kept, kind=kind) for kind in told if kind not in has]
    done.phones = _ids(PersonPhone.objects.bulk_create(phones))
    done.needs = _ids(CareNeed.objects.bulk_create(needs))


def _take_entries(kept: Person, absorbed: Person, done: Done) -> None:
    """Move entries of key lists; of two open ones on a list that of the absorbed entry ends."""
    open_lists = set(KeyListEntry.objects.filter(person=kept, until=None).values_list("key_list_id", flat=True))
    mine = KeyListEntry.objects.filter(person=absorbed)
    twice = mine.filter(until=None, key_list__in=open_lists)
    done.entries_ended = _ids(twice)
    twice.update(until=clock.today(), left=KeyListEntry.Left.TWICE)
    moved = mine.exclude(pk__in=done.entries_ended)
    done.entries_moved = _ids(moved)
    moved.update(person=kept)


def _take_flags(kept: Person, absorbed: Person, done: Done) -> None:
    """Move what is to be looked at; that somebody looks like two people has been looked at now."""
    both = RegisterFlag.objects.filter(person__in=[kept.pk, absorbed.pk], resolved_at=None, kind__in=_LOOKS_TWICE)
    done.flags_resolved = _ids(both)
    both.update(resolved_at=clock.now())
    mine = RegisterFlag.objects.filter(person=absorbed)
    done.flags_moved = _ids(mine)
    mine.update(person=kept)


def part(kept: Person, absorbed: Person, done: Done) -> None:
    """Make two entries of one again, as they were: call only while `changed_since` finds nothing."""
    RegisterFlag.objects.filter(pk__in=done.flags_moved).update(person=absorbed)
    RegisterFlag.objects.filter(pk__in=done.flags_resolved).update(resolved_at=None)
    KeyListEntry.objects.filter(pk__in=done.entries_moved).update(person=absorbed)
    KeyListEntry.objects.filter(pk__in=done.entries_ended, key_list__ended_at=None).update(until=None, left="")
    PersonPhone.objects.filter(pk__in=done.phones).delete()
    CareNeed.objects.filter(pk__in=done.needs).delete()
    before = rows.from_plain(Person, done.columns)
    for name in done.columns:
        setattr(kept, name, getattr(before, name))
    kept.save(update_fields=list(done.columns))
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    if done.household_ended:
        Household.objects.filter(pk=done.household_ended).update(until=None)
    if done.stay_taken:
        Residency.objects.filter(pk=done.stay_taken).update(person=absorbed)
    if done.stay_ended:
        Residency.objects.filter(pk=done.stay_ended).update(until=None, end_reason="")


def changed_since(kept: Person, absorbed: Person, done: Done, made_at: datetime) -> bool:
    """Tell whether either was changed by somebody or by an import, moved or merged on since they were put together."""
    stays = Residency.objects.filter(person__in=[kept.pk, absorbed.pk], until=None)
    taken_stays = not done.stay_taken or stays.filter(pk=done.stay_taken, person=kept).exists()
    ended = Residency.objects.filter(pk=done.stay_ended, end_reason=MERGED) if done.stay_ended else None
    return (
        kept.merged_into_id is not None
        or kept.edited_at != made_at
        or not taken_stays
        or (ended is not None and not ended.exists())
        or (done.household_ended != "" and _is_lived_in_again(done.household_ended))
        or _phones_differ(done)
    )


def _phones_differ(done: Done) -> bool:
    """Tell whether an import has rewritten what the merge added."""
    there = PersonPhone.objects.filter(pk__in=done.phones).count() + CareNeed.objects.filter(pk__in=done.needs).count()
    return there != len(done.phones) + len(done.needs)


def _is_lived_in_again(household_id: str) -> bool:
    """Tell whether another household has the ended one's place behind its door."""
    household = Household.objects.get(pk=household_id)
    same = Household.objects.filter(dwelling=household.dwelling_id, number=household.number, until=None)
    return household.until is None or same.exists()


def _ids(rows: "QuerySet[Any] | Iterable[Any]") -> list[str]:
    return [str(row.pk) for row in rows]


def _bytes(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
