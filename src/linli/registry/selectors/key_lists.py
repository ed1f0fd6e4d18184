"""Key lists as pages show them: what is kept, who is on it, what is due (R43)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from linli.core import clock
from linli.core.accounts import names_of, who_holds
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.addresses import Address, address_key
from linli.places.scope import in_community
from linli.registry.access import access_key_list, access_person
from linli.registry.key_rules import Rule, age_on
from linli.registry.key_scope import is_open_to
from linli.registry.masking import masked
from linli.registry.models import KeyList, KeyListDeed, KeyListEntry, Person, Residency
from linli.registry.shown import PersonShown, shown_people

DEEDS_SHOWN = 20
PER_PAGE = 60
SHOWS = ("due", "all", "left")


@dataclass(frozen=True)
class ListShown:
    """A key list and how far it has come today."""

    id: UUID
    community: int
    name: str
    purpose: str
    task: str
    every_days: int
    stays_days: int | None
    keeper: str
    keeper_name: str
    department: str
    department_code: str
    rule: Rule
    made_at: datetime
    made_by: str
    ends_on: date
    ended_at: datetime | None
    on: int = 0
    due: int = 0
    done_today: int = 0


@dataclass(frozen=True)
class Deed:
    """What was done for somebody."""

    at: datetime
    by: str
    result: str
    label: str
    note: str
    is_taken_back: bool


@dataclass(frozen=True)
class EntryShown:
    """Somebody on a key list."""

    id: UUID
    person: PersonShown
    how: str
    because: tuple[str, ...]
    reason: str
    since: date
    leaves_on: date | None
    keeper: str
    keeper_name: str
    next_on: date
    until: date | None
    left: str
    left_reason: str
    last: Deed | None = None

    def is_due(self, today: date) -> bool:
        """Tell whether the task is due on a day."""
        return self.until is None and self.next_on <= today

    @property
    def age(self) -> int | None:
        """How many years old the person is today, where that is known."""
        return age_on(self.person.birth, clock.today()) if self.person.birth else None

    @property
    def done_today(self) -> bool:
        """Whether the last deed is of today, and stands."""
        return self.last is not None and self.last.at.astimezone(clock.local_zone()).date() == clock.today()


@dataclass(frozen=True)
class Listed:
    """One page of a key list."""

    key_list: ListShown
    entries: tuple[EntryShown, ...]
    count: int
    """How many fit in all."""
    keepers: tuple[tuple[str, str], ...]
    """Who looks after somebody on the list: user name, and what they are called."""


def key_lists(actor: Actor, community: int) -> tuple[ListShown, ...]:
    """Return the key lists of a community that are open to this actor (key_list_read), those that are kept first. Five queries.

    Raises Refused, NotFound.
    """
    with in_community(actor, Right.KEY_LIST_READ, community):
        rows = [each for each in _counted(KeyList.objects.filter(community=community)) if is_open_to(actor, each)]
        done = _done_today(community, [row.id for row in rows])
        names = _keepers(community, [row.keeper for row in rows])
        return tuple(_shown(row, names, done.get(row.id, 0)) for row in rows)


def lists_everywhere(actor: Actor) -> tuple[ListShown, ...]:
    """Return every kept list that is open to this actor in all communities, most due first, for who holds key_list_read."""
    with scoped(actor, Right.KEY_LIST_READ):
        rows = [each for each in _counted(KeyList.objects.filter(ended_at=None)) if is_open_to(actor, each)]
        names = names_of(row.keeper for row in rows)
        return tuple(sorted((_shown(row, names) for row in rows), key=lambda one: (-one.due, one.community, one.name)))


def due_today(actor: Actor, community: int) -> int:
    """Return how many people of key lists open to this actor are due, nothing for who may not read key lists there."""
    if not actor.has(Right.KEY_LIST_READ, community):
        return 0
    return sum(each.due for each in key_lists(actor, community))


def key_list(
    actor: Actor, list_id: UUID, *, show: str = "due", keeper: str = "", page: int = 1, size: int = PER_PAGE
) -> Listed:
    """Return a page of a key list, for who holds key_list_read there: in the order of doors, who is due (`due`), all who are
    on it (`all`) or who have left it (`left`), of one keeper or of all. The number of queries is constant. Raises NotFound.
    """
    with scoped(actor, Right.KEY_LIST_READ):
        found = access_key_list(actor, list_id)
        row = _counted(KeyList.objects.filter(pk=found.pk, community=found.community))[0]
        mine = KeyListEntry.objects.filter(community=found.community, key_list=found)
        keepers = mine.filter(until=None).order_by("keeper").values_list("keeper", flat=True).distinct()
        chosen = _chosen(mine, show).filter(**({"keeper": keeper} if keeper else {}))
        order = _in_order(found.community, chosen)
        first = max(page - 1, 0) * size
        shown = _entries(found.community, order[first : first + size])
        done = _done_today(found.community, [found.pk])
        names = _keepers(found.community, [row.keeper, *keepers])
        return Listed(
            _shown(row, names, done.get(found.pk, 0)), shown, len(order), tuple((each, names[each]) for each in keepers)
        )


def entries_of(actor: Actor, person_id: UUID) -> tuple[tuple[ListShown, EntryShown], ...]:
    """Return the key lists somebody is on that are open to this actor, each with their entry; nothing without key_list_read."""
    if not actor.has_anywhere(Right.KEY_LIST_READ):
        return ()
    with scoped(actor, Right.KEY_LIST_READ):
        rows = (
            KeyListEntry.objects.filter(person=person_id, until=None).select_related("key_list").order_by("since", "id")
        )
        mine = [row for row in rows if is_open_to(actor, row.key_list)]
        if not mine:
            return ()
        shown = {entry.id: entry for entry in _entries(mine[0].community, [row.id for row in mine])}
        names = _keepers(mine[0].community, [row.key_list.keeper for row in mine])
        return tuple((_shown(row.key_list, names), shown[row.id]) for row in mine)


def entry_card(actor: Actor, entry_id: UUID) -> tuple[ListShown, EntryShown, tuple[Deed, ...]]:
    """Return somebody's entry of a key list with what was done, newest first, for who holds key_list_read. Raises NotFound."""
    with scoped(actor, Right.KEY_LIST_READ):
        row = KeyListEntry.objects.filter(pk=entry_id).first()
        found = access_key_list(actor, row.key_list_id if row else entry_id)
        deeds = KeyListDeed.objects.filter(community=found.community, entry=entry_id).order_by("-at", "-id")
        return (
            _shown(found, _keepers(found.community, [found.keeper])),
            _entries(found.community, [entry_id])[0],
            tuple(map(_deed, deeds[:DEEDS_SHOWN])),
        )


def lists_without(actor: Actor, person_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Return the kept lists that somebody can be put on, for who holds key_list_write there. Raises NotFound."""
    with scoped(actor, Right.KEY_LIST_WRITE):
        person = access_person(actor, person_id, right=Right.KEY_LIST_WRITE)
        on = KeyListEntry.objects.filter(
            community=person.community, person=person, until=None, how=KeyListEntry.How.HAND
        )
        kept = KeyList.objects.filter(community=person.community, ended_at=None).exclude(pk__in=on.values("key_list"))
        return tuple(kept.order_by("name").values_list("id", "name"))


def _keepers(community: int, usernames: list[str]) -> dict[str, str]:
    """Return what keepers are called, and say of each who looks after key lists there no longer that it is so."""
    here = who_holds(Right.KEY_LIST_RECORD, community)
    gone = _("%(name)s (works here no longer)")
    return {each: name if each in here else gone % {"name": name} for each, name in names_of(usernames).items()}


def _counted(rows: QuerySet[KeyList]) -> list[KeyList]:
    stays = Q(entries__leaves_on=None) | Q(entries__leaves_on__gt=clock.today())
    on = Q(entries__until=None, entries__isnull=False) & stays
    due = on & Q(entries__next_on__lte=clock.today())
    counted = rows.annotate(on=Count("entries", filter=on), due=Count("entries", filter=due))
    return list(counted.order_by(F("ended_at").desc(nulls_first=True), "name"))


def _done_today(community: int, lists: list[UUID]) -> dict[UUID, int]:
    today = clock.now().astimezone(clock.local_zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    deeds = KeyListDeed.objects.filter(
        community=community,
        entry__key_list__in=lists,
        at__gte=today,
        taken_back_at=None,
        result=KeyListDeed.Result.DONE,
    )
    return dict(deeds.order_by().values_list("entry__key_list_id").annotate(Count("entry", distinct=True)))


def _chosen(mine: QuerySet[KeyListEntry], show: str) -> QuerySet[KeyListEntry]:
    if show == "left":
        return mine.exclude(until=None)
    on = mine.filter(Q(leaves_on=None) | Q(leaves_on__gt=clock.today()), until=None)
    return on.filter(next_on__lte=clock.today()) if show == "due" else on


def _in_order(community: int, chosen: QuerySet[KeyListEntry]) -> list[UUID]:
    """Return the entries in the order of their doors, who has none last."""
    people = dict(chosen.order_by("id").values_list("id", "person_id"))
    doors = _doors(community, set(people.values()))
    return sorted(
        people, key=lambda entry: (people[entry] not in doors, doors.get(people[entry]), people[entry], entry)
    )


def _doors(community: int, people: set[UUID]) -> dict[UUID, tuple[object, ...]]:
    door = "household__dwelling__"
    names = (f"{door}unit__building__compound__name", f"{door}unit__building__name", f"{door}unit__name", f"{door}room")
    stays = Residency.objects.filter(community=community, person__in=people, until=None)
    return {person: address_key(Address(*told)) for person, *told in stays.values_list("person_id", *names)}


def _entries(community: int, ids: list[UUID]) -> tuple[EntryShown, ...]:
    rows = {row.id: row for row in KeyListEntry.objects.filter(community=community, pk__in=ids)}
    people = Person.objects.filter(community=community, pk__in=[row.person_id for row in rows.values()])
    shown = {one.id: one for one in shown_people(people)}
    last: dict[UUID, Deed] = {}
    deeds = KeyListDeed.objects.filter(community=community, entry__in=ids, taken_back_at=None)
    for deed in deeds.order_by("entry", "-at", "-id").distinct("entry"):
        last[deed.entry_id] = _deed(deed)
    names = _keepers(community, [row.keeper for row in rows.values()])
    return tuple(_entry(rows[id], shown[rows[id].person_id], names, last.get(id)) for id in ids if id in rows)


def _entry(row: KeyListEntry, person: PersonShown, names: dict[str, str], last: Deed | None) -> EntryShown:
    return EntryShown(
        row.id, person, row.how, tuple(row.because), masked(row.reason), row.since, row.leaves_on, row.keeper,
        names[row.keeper], row.next_on, row.until, row.get_left_display() if row.left else "", masked(row.left_reason), last,
    )  # fmt: skip


def _deed(row: KeyListDeed) -> Deed:
    return Deed(row.at, row.by, row.result, row.get_result_display(), masked(row.note), row.taken_back_at is not None)


def _shown(row: KeyList, names: dict[str, str], done: int = 0) -> ListShown:
    return ListShown(
        row.id, row.community, row.name, row.purpose, row.task, row.every_days, row.stays_days, row.keeper,
        names[row.keeper], row.get_department_display() if row.department else "", row.department,
        Rule.from_json(row.rule), row.made_at, row.made_by, row.ends_on, row.ended_at, getattr(row, "on", 0), getattr(row, "due", 0), done,
    )  # fmt: skip
