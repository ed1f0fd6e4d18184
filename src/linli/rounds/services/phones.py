"""The phone list of a round: paper and files with numbers in full leave the office only on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.core import audit, crypto
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.registry.models import PersonPhone
from linli.rounds.directory import directory_of
from linli.rounds.models import Round, Target
from linli.rounds.scope import in_round


@dataclass(frozen=True)
class PhoneLine:
    """Somebody still to come, with when and where they are called and their numbers in full."""

    compound: str
    building: str
    unit: str
    room: str
    name: str
    phones: tuple[str, ...]
    starts_at: datetime | None
    site: str


def export_phone_list(actor: Actor, round_id: UUID, building: UUID | None = None) -> tuple[PhoneLine, ...]:
    """Return who of a round, or of one building, is still to come, with their phones, in the order of doors (R34).

    For who holds ledger_export there. Writes one audit entry. Four queries. Raises Refused, NotFound.
    """
    with in_round(actor, round_id, Right.LEDGER_EXPORT) as round:
        lines = _lines(round, building)
        audit.record(
            actor, "phone_list_exported", community=round.community, right=Right.LEDGER_EXPORT, object_type="round",
            object_id=round.pk, after={"people": len(lines), "building": building and str(building)},
        )  # fmt: skip
    return lines


def _lines(round: Round, building: UUID | None) -> tuple[PhoneLine, ...]:
    waiting = Target.objects.filter(community=round.community, round=round, outcome=None).order_by()
    if building is not None:
        waiting = waiting.filter(building=building)
    columns = ("dwelling_id", "name", "id", "person_id", "call_group__starts_at", "call_group__site__name")
    rows = list(waiting.values_list(*columns))
    places = directory_of(round.community)
    rank = {dwelling: number for number, dwelling in enumerate(places)}
    phones = _phones(round, [row[3] for row in rows if row[3]])
    found = []
    for dwelling, name, _id, person, starts_at, site in sorted(
        rows, key=lambda row: (rank.get(row[0], len(rank)), row[1], row[2])
    ):
        place = places.get(dwelling)
        door = (place.compound_name, place.building_name, place.unit, place.room) if place else ("", "", "", "")
        found.append(PhoneLine(*door, name, phones.get(person, ()), starts_at, site or ""))
    return tuple(found)


def _phones(round: Round, people: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    known = PersonPhone.objects.filter(community=round.community, person__in=people).order_by("person", "position")
    found: dict[UUID, tuple[str, ...]] = {}
    for person, number in known.values_list("person_id", "number"):
        found[person] = (*found.get(person, ()), crypto.unseal(number, "phone"))
    return found
