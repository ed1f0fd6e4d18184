"""Entries that may be one person: which pairs, why, and two of them side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.registry.access import access_person
from linli.registry.care_words import care_words
from linli.registry.masking import masked
from linli.registry.models import Merge, Person, RegisterFlag, Residency, TwoPeople
from linli.registry.shown import PersonShown, address_words, shown_people
from linli.registry.uniting import CHOSEN, HOME
from linli.registry.versions import version_of

MOST_PAIRS = 2_000
"""Pairs that are listed; where there are more, something is wrong with the ledger as a whole."""
_MOST_NUMBERS = 500
_FEW = 20
_CLIQUE = 6

NUMBER, PHONE, BIRTH, DOOR, BIRTH_AND_DOOR = "number", "phone", "birth", "door", "birth_and_door"
REASONS = (NUMBER, BIRTH, PHONE, DOOR, BIRTH_AND_DOOR)
"""Why two entries look like one person, the surest first."""

_PAIRS = """
with p as materialized (
  select p.id, p.name, p.birth, p.sex, p.id_index, h.dwelling_id
  from registry_person p
  left join registry_residency r on r.community = p.community and r.person_id = p.id and r.until is null
  left join registry_household h on h.community = r.community and h.id = r.household_id
  where p.community = %(community)s and p.merged_into_id is null and p.died_on is null
), keyed as (
  select id, 'birth' as because, name || ' ' || birth as key from p where birth is not null
  union all
  select p.id, 'phone', name || ' ' || encode(f.number_index, 'hex') from p
    join (select distinct person_id, number_index from registry_personphone where community = %(community)s) f
    on f.person_id = p.id
  union all
  select id, 'door', name || ' ' || dwelling_id from p where dwelling_id is not null
  union all
  select id, 'birth_and_door', left(name, 1) || ' ' || birth || ' ' || sex || ' ' || dwelling_id from p
    where birth is not null and dwelling_id is not null
), alike as materialized (
  select id, because, key, count(*) over same as size, row_number() over (same order by id) as place
  from keyed window same as (partition by because, key)
), two as (
  select f.id as first, g.id as second, f.because
  from (select * from alike where size > 1) f join (select * from alike where size > 1) g
    on g.because = f.because and g.key = f.key and g.place > f.place
    and (f.size <= %(clique)s or g.place = f.place + 1)
), found as (
  select two.first, two.second, two.because from two
    join p a on a.id = two.first join p b on b.id = two.second
    where two.because = 'birth' or (
      (a.id_index is null or b.id_index is null) and (a.birth is null or b.birth is null or a.birth = b.birth)
      and (two.because <> 'birth_and_door' or a.name <> b.name)
    )
  union
  select least(n.first, n.second), greatest(n.first, n.second), 'number'
    from unnest(%(flagged)s::uuid[], %(holders)s::uuid[]) as n (first, second)
    join p a on a.id = n.first join p b on b.id = n.second
)
select first, second, array_agg(because) from found
where not exists (
  select from registry_twopeople t
  where t.community = %(community)s and t.first_id = found.first and t.second_id = found.second
)
group by first, second
order by min(array_position(%(order)s::text[], because)), first, second
limit %(limit)s
"""
"""Who shares a key is grouped once, so that the work grows with the people and not with the pairs; in a group of more than
`_CLIQUE` each is compared with the next only."""


@dataclass(frozen=True)
class Pair:
    """Two entries that look like one person, and why."""

    first: PersonShown
    second: PersonShown
    because: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    """One page of the pairs of a community, and how many there are in all, `MOST_PAIRS` at most."""

    pairs: tuple[Pair, ...]
    count: int
    is_cut: bool


def pairs_that_look_alike(actor: Actor, community: int, *, page: int = 1, size: int = 50) -> Pairs:
    """Return pairs of entries that may be one person, the surest first, for who holds person_write there.

    One set-based query finds them, whatever the size of the register; three more show a page.
    """
    with in_community(actor, Right.PERSON_WRITE, community):
        rows = _pairs(community)
        first = min(max(page - 1, 0), max(len(rows) - 1, 0) // size) * size
        shown = rows[first : first + size]
        ids = {id for one, other, _because in shown for id in (one, other)}
        people = {one.id: one for one in shown_people(Person.objects.filter(pk__in=ids))}
        pairs = tuple(Pair(people[one], people[other], because) for one, other, because in shown)
        return Pairs(pairs, len(rows), len(rows) == MOST_PAIRS)


def count_of_pairs(actor: Actor, community: int) -> int:
    """Return how many pairs look like one person, `MOST_PAIRS` at most, for who holds person_write there."""
    with in_community(actor, Right.PERSON_WRITE, community):
        return len(_pairs(community))


def _pairs(community: int) -> list[tuple[UUID, UUID, tuple[str, ...]]]:
    numbers = _one_number_two_names(community)
    asked: dict[str, Any] = {
        "community": community, "flagged": list(numbers), "holders": list(numbers.values()), "order": list(REASONS),
        "limit": MOST_PAIRS, "clique": _CLIQUE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, asked)
        rows = cursor.fetchall()
    return [(first, second, tuple(sorted(why, key=REASONS.index))) for first, second, why in rows]


def _one_number_two_names(community: int) -> dict[UUID, UUID]:
    """Return who was entered without their number because it is another's, with who has it."""
    flags = RegisterFlag.objects.filter(
        community=community, kind="id_shared", resolved_at=None, person__isnull=False, read__isnull=False
    )
    read = dict(flags.order_by("id").values_list("person_id", "read")[:_MOST_NUMBERS])
    index_of = {
        person: crypto.blind_index("id_number", crypto.unseal(sealed).upper())
        for person, sealed in read.items()
        if sealed
    }
    having = Person.objects.filter(community=community, id_index__in=set(index_of.values()))
    holder_of = {bytes(index or b""): person for person, index in having.values_list("id", "id_index")}
    return {
        person: holder_of[index]
        for person, index in index_of.items()
        if index in holder_of and holder_of[index] != person
    }


@dataclass(frozen=True)
class Line:
    """One field of two entries; `asks` where both say something and not the same, and one of them has to count."""

    field: str
    kept: str
    absorbed: str
    asks: bool = False


@dataclass(frozen=True)
class Compared:
    """Two entries side by side: what each says, and what hangs on each. Numbers are masked."""

    kept: PersonShown
    absorbed: PersonShown
    lines: tuple[Line, ...]
    version: str
    """Changes with either entry: what was chosen beside other words is asked for again."""
    said_two_people: tuple[str, datetime] | None
    """Who said that they are two people, and when."""


def compared(actor: Actor, kept_id: UUID, absorbed_id: UUID) -> Compared:
    """Return two entries of one community side by side, for who holds person_write there. Raises NotFound."""
    with scoped(actor, Right.PERSON_WRITE):
        kept, absorbed = (access_person(actor, id, right=Right.PERSON_WRITE) for id in (kept_id, absorbed_id))
        if kept.community != absorbed.community or kept.pk == absorbed.pk:
            raise NotFound
        shown = {one.id: one for one in shown_people([kept, absorbed])}
        first, second = sorted((kept.pk, absorbed.pk))
        said = TwoPeople.objects.filter(community=kept.community, first=first, second=second)
        lines = _lines(kept, absorbed, shown)
        version = f"{version_of(kept)}{version_of(absorbed)}"
        who = said.values_list("said_by", "said_at").first()
        return Compared(shown[kept.pk], shown[absorbed.pk], lines, version, who)


def _lines(kept: Person, absorbed: Person, shown: Mapping[UUID, PersonShown]) -> tuple[Line, ...]:
    told, other = _told(kept, shown[kept.pk]), _told(absorbed, shown[absorbed.pk])
    same = {name for name in CHOSEN if getattr(kept, name) == getattr(absorbed, name)}
    same |= {"id_number"} if kept.id_index == absorbed.id_index else set()
    return tuple(
        Line(field, told[field], other[field], _asks(field, told[field], other[field], is_same=field in same))
        for field in told
    )


def _asks(field: str, kept: str, absorbed: str, *, is_same: bool) -> bool:
    """Tell whether one of two words has to be chosen; masked numbers look alike and may differ."""
    if field not in (*CHOSEN, HOME) or not (kept and absorbed):
        return False
    return kept != absorbed if field == HOME else not is_same


def _told(person: Person, one: PersonShown) -> dict[str, str]:
    return {
        "name": one.name,
        "sex": str(Person.Sex(one.sex).label) if one.sex else "",
        "birth": one.birth.isoformat() if one.birth else "",
        "id_number": one.id_number,
        HOME: address_words(one.address),
        "hukou_division": masked(person.hukou_division),
        "phones": "、".join(one.phones),
        "care_needs": care_words(one.care_needs),
        "remarks": masked(person.remarks),
    }


def merges_of(actor: Actor, person_id: UUID) -> list[Merge]:
    """Return what was merged into somebody, the latest first, for who holds person_write there. Raises NotFound."""
    with scoped(actor, Right.PERSON_WRITE):
        person = access_person(actor, person_id, right=Right.PERSON_WRITE)
        return list(Merge.objects.filter(kept=person).select_related("absorbed").order_by("-made_at"))


def kept_instead_of(actor: Actor, person_id: UUID) -> UUID | None:
    """Return the entry that counts instead of one that was merged, for who holds person_search there, else None."""
    with scoped(actor, Right.PERSON_SEARCH):
        entry = Person.entries.filter(pk=person_id, merged_into__isnull=False).first()
        while entry is not None and entry.merged_into_id is not None:
            entry = Person.entries.filter(pk=entry.merged_into_id).first()
        return entry.pk if entry is not None and actor.has(Right.PERSON_SEARCH, entry.community) else None


def look_alikes_of(actor: Actor, person_id: UUID) -> list[PersonShown]:
    """Return who has the same name as somebody or lives behind the same door, for who holds person_write there.

    At most 20, those of the same name first. Raises NotFound.
    """
    with scoped(actor, Right.PERSON_WRITE):
        person = access_person(actor, person_id, right=Right.PERSON_WRITE)
        others = Person.objects.filter(community=person.community).exclude(pk=person.pk)
        named = list(others.filter(name=person.name).order_by("id")[:_FEW])
        doors = Residency.objects.filter(person=person, until=None).values("household__dwelling")
        near = others.filter(residencies__until=None, residencies__household__dwelling__in=doors)
        behind = list(near.exclude(name=person.name).order_by("id").distinct()[: _FEW - len(named)])
        return shown_people([*named, *behind])
