"""The only writer of places: divisions, grids, doors, venues."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit
from linli.core.actors import Actor
from linli.core.divisions import Level, level_of, parent_of
from linli.core.errors import Conflict, Invalid
from linli.core.rights import Right
from linli.core.rows import delete_rows
from linli.core.scope import NO_COMMUNITY, ScopedModel, scoped
from linli.places.access import access_building, access_compound, access_grid
from linli.places.addresses import Address
from linli.places.csv_table import RowProblem
from linli.places.divisions_file import NAME_LENGTH, DivisionRow
from linli.places.doors import Doors, make_doors
from linli.places.grids_file import GridRow, GridsRefused
from linli.places.models import Building, Compound, Division, Dwelling, Grid, GridPart, Unit, Venue
from linli.places.scope import in_community

TOLD_OF_DWELLINGS = ("floor", "landlord_name", "landlord_phones", "remarks", "imported")


def load_divisions(actor: Actor, rows: Iterable[DivisionRow]) -> int:
    """Add divisions and rename those whose name changed; return how many rows changed anything.

    For who holds places_write; nothing is written when nothing changed. Serves R26.
    """
    wanted = {row.code: row.name for row in rows}
    with scoped(actor, Right.PLACES_WRITE):
        known = dict(Division.objects.filter(code__in=wanted).values_list("code", "name"))
        changed = [Division(code=code, name=name) for code, name in wanted.items() if known.get(code) != name]
        if changed:
            Division.objects.bulk_create(
                changed, update_conflicts=True, unique_fields=["code"], update_fields=["name"], batch_size=2000
            )
            audit.record(
                actor, "divisions_loaded", community=NO_COMMUNITY, right=Right.PLACES_WRITE, object_type="division",
                after={"changed": len(changed), "read": len(wanted)},
            )  # fmt: skip
    return len(changed)


def add_community(actor: Actor, code: int, name: str) -> Division:
    """Make a community that its office wants to work with; one that is there under this name is returned as it is.

    For who holds places_write there. Raises Invalid for a code that is no community's, an unknown parent
    and an empty name, Conflict when the code has another name. Serves R26.
    """
    name = name.strip()
    with in_community(actor, Right.PLACES_WRITE, code):
        _check_new_community(code, name)
        community, is_new = Division.objects.get_or_create(code=code, defaults={"name": name})
        if community.name != name:
            raise Conflict(
                _("The code %(division)s already belongs to %(known)s. Check the code, or leave out the name."),
                code="community_has_another_name", division=code, known=community.name,
            )  # fmt: skip
        if is_new:
            audit.record(
                actor, "community_added", community=code, right=Right.PLACES_WRITE, object_type="division",
                after={"name": name},
            )  # fmt: skip
    return community


def _check_new_community(code: int, name: str) -> None:
    if level_of(code) is not Level.COMMUNITY:
        raise Invalid(
            _("%(division)s is not the code of a community: all 12 digits are needed, and the last three are not 000."),
            code="not_a_community", division=code,
        )  # fmt: skip
    parent = parent_of(code) or NO_COMMUNITY
    if not Division.objects.filter(code=parent).exists():
        raise Invalid(
            _(
                "The sub-district %(parent)s is not known. Check the first nine digits, "
                "or load the divisions of your city first: linli divisions FILE"
            ),
            code="parent_unknown", parent=str(parent)[:9],
        )  # fmt: skip
    if not 0 < len(name) <= NAME_LENGTH:
        raise Invalid(_("A community needs a name of 1 to 80 characters."), code="name_missing")


def add_dwellings(actor: Actor, community: int, wanted: Mapping[Address, Mapping[str, Any]]) -> Doors:
    """Make the compounds, buildings, units and dwellings that are missing, as a part of the caller's act.

    `wanted` gives the columns of a dwelling that has to be made. For who holds ledger_import there. Writes no audit
    entry of its own: the caller's names the batch. Serves R35, R37.
    """
    with in_community(actor, Right.LEDGER_IMPORT, community):
        return make_doors(community, wanted)


def save_dwellings(
    actor: Actor, community: int, dwellings: Sequence[Dwelling], *, right: Right = Right.LEDGER_IMPORT
) -> None:
    """Write what is known about dwellings (floor, landlord, remarks), as a part of the caller's act.

    For who holds `right` there. Writes no audit entry of its own. Serves R39.
    """
    with in_community(actor, right, community):
        if dwellings:
            Dwelling.objects.bulk_update(dwellings, TOLD_OF_DWELLINGS, batch_size=500)


def take_back_places(actor: Actor, community: int, ids: Mapping[type[ScopedModel], Collection[UUID]]) -> None:
    """Remove places that an import made, inner ones first, as a part of the caller's act of undoing it.

    For who holds ledger_import there. Writes no audit entry of its own. The caller has made sure that nothing else
    refers to them.
    """
    with in_community(actor, Right.LEDGER_IMPORT, community):
        for model in (Dwelling, Unit, Building, Compound):
            delete_rows(model, community, ids.get(model, ()))


def add_grid(actor: Actor, community: int, number: int, name: str) -> Grid:
    """Add a grid, or rename the one with this number. For who holds places_write there. Serves R27."""
    with in_community(actor, Right.PLACES_WRITE, community):
        before = Grid.objects.filter(community=community, number=number).values("number", "name").first()
        grid = _named_grid(community, number, name)
        _record(actor, "grid_set", grid, before, {"number": number, "name": grid.name})
    return grid


def set_grid_parts(actor: Actor, grid_id: UUID, buildings: Iterable[UUID], units: Iterable[UUID] = ()) -> None:
    """Say what a grid covers: whole buildings, and single units of others. Replaces what it covered before.

    For who holds places_write there. Raises NotFound for a grid or building of another community. Serves R27.
    """
    with scoped(actor, Right.PLACES_WRITE):
        grid = access_grid(actor, grid_id, right=Right.PLACES_WRITE)
        before = _parts_of(grid)
        _cover(grid, [access_building(actor, id, right=Right.PLACES_WRITE).pk for id in buildings], units)
        _record(actor, "grid_parts_set", grid, before, _parts_of(grid))


def set_grids(actor: Actor, community: int, rows: Sequence[GridRow]) -> int:
    """Say what the grids named in the rows cover, all of them or none; return how many grids that are.

    For who holds places_write there. Writes one audit entry. Raises GridsRefused, which names every row whose place is not in
    the register. Serves R27.
    """
    with in_community(actor, Right.PLACES_WRITE, community):
        named = _Places(community)
        found = [(row, named.covered_by(row)) for row in rows]
        problems = [part for _row, part in found if isinstance(part, RowProblem)]
        if problems:
            raise GridsRefused(problems)
        names = {row.grid: row.name for row in reversed(rows) if row.name}
        numbers = list(dict.fromkeys(row.grid for row in rows))
        before = _grids(community, numbers)
        for number in numbers:
            mine = [part for row, part in found if row.grid == number and not isinstance(part, RowProblem)]
            _cover(
                _named_grid(community, number, names.get(number) or str(number)),
                [id for buildings, _units in mine for id in buildings], [id for _buildings, units in mine for id in units],
            )  # fmt: skip
        audit.record(
            actor, "grids_set", community=community, right=Right.PLACES_WRITE, object_type="grid",
            before={"grids": before}, after={"grids": _grids(community, numbers)},
        )  # fmt: skip
    return len(numbers)


def _named_grid(community: int, number: int, name: str) -> Grid:
    grid: Grid = Grid.objects.update_or_create(community=community, number=number, defaults={"name": name.strip()})[0]
    return grid


def _cover(grid: Grid, buildings: Iterable[UUID], units: Iterable[UUID]) -> None:
    """Have a grid cover these buildings and units of its community, and nothing else."""
    grid.parts.all().delete()
    for building in dict.fromkeys(buildings):
        GridPart.objects.create(community=grid.community, grid=grid, building_id=building)
    for unit in Unit.objects.filter(community=grid.community, id__in=list(units)):
        GridPart.objects.create(community=grid.community, grid=grid, building_id=unit.building_id, unit=unit)


def _grids(community: int, numbers: Sequence[int]) -> list[dict[str, Any]]:
    found = Grid.objects.filter(community=community, number__in=numbers).order_by("number")
    return [{"name": grid.name, **_parts_of(grid)} for grid in found]


class _Places:
    """The buildings and units of a community by their names."""

    def __init__(self, community: int) -> None:
        self.buildings: dict[str, dict[str, UUID]] = defaultdict(dict)
        self.units: dict[tuple[str, str], dict[str, UUID]] = defaultdict(dict)
        buildings = Building.objects.filter(community=community).values_list("compound__name", "name", "id")
        for compound, building, id in buildings:
            self.buildings[compound][building] = id
        units = Unit.objects.filter(community=community)
        for compound, building, unit, id in units.values_list(
            "building__compound__name", "building__name", "name", "id"
        ):
            self.units[compound, building][unit] = id

    def covered_by(self, row: GridRow) -> tuple[list[UUID], list[UUID]] | RowProblem:
        """Return the buildings and the units that a row names, or what is wrong with it."""
        buildings = self.buildings.get(row.compound)
        if buildings is None:
            return RowProblem(row.file, row.row, "compound", row.compound, _("a compound of the register"))
        if not row.building:
            return list(buildings.values()), []
        if row.building not in buildings:
            return RowProblem(row.file, row.row, "building", row.building, _("a building of this compound"))
        if not row.unit:
            return [buildings[row.building]], []
        unit = self.units[row.compound, row.building].get(row.unit)
        if unit is None:
            return RowProblem(row.file, row.row, "unit", row.unit, _("a unit of this building"))
        return [], [unit]


def add_venue(
    actor: Actor, community: int, name: str, *, compound_id: UUID | None = None, desks_at_most: int | None = None
) -> Venue:
    """Add a place that can hold a sampling site, or change the one of this name. Serves R93."""
    name = name.strip()
    if not 0 < len(name) <= NAME_LENGTH:
        raise Invalid(_("A venue needs a name of 1 to 80 characters."), code="name_missing")
    with in_community(actor, Right.PLACES_WRITE, community):
        compound = access_compound(actor, compound_id, right=Right.PLACES_WRITE) if compound_id else None
        before = Venue.objects.filter(name=name).values("name", "desks_at_most").first()
        venue, _made = Venue.objects.update_or_create(
            community=community, name=name, defaults={"compound": compound, "desks_at_most": desks_at_most}
        )
        _record(actor, "venue_set", venue, before, {"name": name, "desks_at_most": desks_at_most})
    return venue


def _parts_of(grid: Grid) -> dict[str, Any]:
    parts = grid.parts.values_list("building_id", "unit_id")
    return {"number": grid.number, "parts": sorted(f"{building}/{unit}" for building, unit in parts)}


def _record(actor: Actor, action: str, row: Any, before: Any, after: dict[str, Any]) -> None:
    audit.record(
        actor, action, community=row.community, right=Right.PLACES_WRITE, object_type=row._meta.model_name,
        object_id=row.id, before=before, after=after,
    )  # fmt: skip
