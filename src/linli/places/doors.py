"""Making the buildings, units and dwellings that a list of addresses names, in bulk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from linli.core.bulk import copy_rows
from linli.core.scope import ScopedModel
from linli.places.addresses import Address
from linli.places.models import Building, Compound, Dwelling, Unit


@dataclass
class Doors:
    """Where each address of a community is, and the rows that had to be made for it."""

    ids: dict[Address, UUID]
    made: list[ScopedModel] = field(default_factory=list)


def find_doors(community: int) -> dict[Address, UUID]:
    """Return every dwelling of a community by its address."""
    rows = Dwelling.objects.filter(community=community).values_list(
        "id", "unit__building__compound__name", "unit__building__name", "unit__name", "room"
    )
    return {Address(*parts): id for id, *parts in rows}


def make_doors(community: int, wanted: Mapping[Address, Mapping[str, Any]]) -> Doors:
    """Make what is missing so that every address has its dwelling, a new one with these columns."""
    doors = Doors(find_doors(community))
    missing = [address for address in wanted if address not in doors.ids]
    if missing:
        _Maker(community, doors).make(missing, wanted)
    return doors


class _Maker:
    """Remembers what is there on each level while it makes the rest."""

    def __init__(self, community: int, doors: Doors) -> None:
        self.community, self.doors = community, doors
        self.known: dict[type[ScopedModel], dict[tuple[Any, ...], UUID]] = {
            Compound: self._known(Compound, "name"),
            Building: self._known(Building, "compound_id", "name"),
            Unit: self._known(Unit, "building_id", "name"),
        }
        self.new: dict[type[ScopedModel], list[ScopedModel]] = {Compound: [], Building: [], Unit: [], Dwelling: []}

    def make(self, missing: list[Address], wanted: Mapping[Address, Mapping[str, Any]]) -> None:
        for address in missing:
            compound = self._ensure(Compound, (address.compound,), name=address.compound)
            building = self._ensure(Building, (compound, address.building), compound_id=compound, name=address.building)
            unit = self._ensure(Unit, (building, address.unit), building_id=building, name=address.unit)
            dwelling = Dwelling(community=self.community, unit_id=unit, room=address.room, **wanted[address])
            self.new[Dwelling].append(dwelling)
            self.doors.ids[address] = dwelling.id
        for model, rows in self.new.items():
            if rows:
                copy_rows(model, rows)
                self.doors.made += rows

    def _known(self, model: type[ScopedModel], *fields: str) -> dict[tuple[Any, ...], UUID]:
        rows = model.objects.filter(community=self.community).values_list("id", *fields)
        return {tuple(key): id for id, *key in rows}

    def _ensure(self, model: type[ScopedModel], key: tuple[Any, ...], **values: Any) -> UUID:
        found = self.known[model].get(key)
        if found is None:
            row = model(community=self.community, **values)
            self.new[model].append(row)
            found = self.known[model][key] = row.id
        return found
