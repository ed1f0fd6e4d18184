"""A form's layout and the register put together: what is to be written into which cell. Call inside a scope."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from linli.paperwork.content.cells import Around, Row, cell_of, kind_of, opened_for
from linli.paperwork.content.fitting import counted
from linli.paperwork.content.outcomes import add_outcomes
from linli.paperwork.content.register import Register, register_on
from linli.paperwork.content.rows import everybody, named_place, rows_of
from linli.paperwork.content.splitting import in_boxes
from linli.paperwork.content.wish import Wish
from linli.paperwork.content.words import DATE_STYLES
from linli.paperwork.sheet.asked import Filling, SheetFill, Value
from linli.paperwork.sheet.conditions import read_condition
from linli.paperwork.sheet.lexicon import COUNT
from linli.paperwork.sheet.records import FIGURES, PLACE, Column, FormLayout, SheetForm
from linli.places.models import Division
from linli.rounds.models import Round

_ADDED_UP = ("household_size",)


def register_for(layout: FormLayout, community: int, wish: Wish) -> Register:
    """Return the register of a day with what a form asks of it."""
    columns = [column for sheet in layout.sheets for column in sheet.columns]
    register = register_on(community, wish.day, opened_for(columns))
    if wish.round:
        add_outcomes(register, community, wish.round)
    return register


def around(register: Register, community: int, wish: Wish, clerk: str, *, sees_numbers: bool) -> Around:
    """Return what is the same in every row. Two queries."""
    codes = [community // 10**digits * 10**digits for digits in (0, 3, 6, 8, 10)]
    names = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    round_name = Round.objects.filter(pk=wish.round).values_list("name", flat=True).first() if wish.round else ""
    community_name, subdistrict, district, city, province = (names.get(code, "") for code in codes)
    return Around(
        register,
        community_name,
        subdistrict,
        district,
        city,
        province,
        clerk,
        round_name or "",
        sees_numbers,
        community,
    )


def filling(source: Path, target: Path, layout: FormLayout, wish: Wish, told: Around) -> tuple[Filling, int]:
    """Return what is to be written, and how many rows that is."""
    fills = [_sheet(sheet, _wish_of(sheet, layout, wish, told.register), told) for sheet in layout.sheets]
    return Filling(str(source), str(target), [fill for fill, _ in fills]), sum(rows for _, rows in fills)


def _wish_of(sheet: SheetForm, layout: FormLayout, wish: Wish, register: Register) -> Wish:
    """Return what is wanted of one sheet: where a workbook has a sheet for each compound, that compound."""
    wish = wish.for_sheet(sheet.about)
    if len(layout.sheets) < 2 or wish.compound or wish.building or wish.grid:
        return wish
    name = sheet.name.strip().removesuffix("小区")
    compounds = {place.address.compound.removesuffix("小区"): place.compound_id for place in register.places}
    return replace(wish, compound=compounds.get(name))


def _sheet(sheet: SheetForm, wish: Wish, told: Around) -> tuple[SheetFill, int]:
    columns = [column for column in sheet.columns if column.field]
    everyone = everybody(told.register, wish)
    fill = SheetFill(
        sheet.name,
        sheet.first,
        sheet.last,
        sheet.style_row,
        max(sheet.header_rows, default=1),
        {},
        [],
        total_row=sheet.total_row,
    )
    if sheet.kind == FIGURES:
        fill.cells = _figures(sheet, columns, everyone, told)
        rows = len(sheet.figures)
    else:
        made = rows_of(sheet.kind, columns, told.register, wish)
        cells = [cell_of(column, _naming(sheet, told)) for column in columns]
        values = [tuple(cell(row) for cell in cells) for row in made]
        fill.columns = {index: kind_of(column) for column in columns for index in column.indexes}
        fill.rows = _spread(sheet, columns, values, told)
        fill.totals = _totals(sheet, columns, values, everyone, told)
        if sheet.blocks:
            _lay_side_by_side(sheet, fill)
        rows = len(made)
    fill.cells += [
        (
            spot.row,
            spot.column,
            counted(read_condition(spot.condition), everyone.members, everyone.places, told.register.day),
        )
        for spot in sheet.spots
    ]
    fill.cells += [(mark.row, mark.column, completed(mark.text, told, everyone)) for mark in sheet.marks]
    return fill, rows


def _lay_side_by_side(sheet: SheetForm, fill: SheetFill) -> None:
    """Put a list into parts side by side: down the first, then down the next."""
    blocks = len(sheet.blocks) + 1
    lines = max(sheet.last - sheet.first + 1, -(-len(fill.rows) // blocks))
    empty: tuple[Value, ...] = (None,) * len(fill.columns)
    parts = [fill.rows[lines * block : lines * (block + 1)] for block in range(blocks)]
    fill.rows = [
        tuple(value for part in parts for value in (part[line] if line < len(part) else empty))
        for line in range(max(map(len, parts)))
    ]
    fill.columns |= {index + offset: kind for offset in sheet.blocks for index, kind in dict(fill.columns).items()}


def _spread(
    sheet: SheetForm, columns: Sequence[Column], rows: list[tuple[Value, ...]], told: Around
) -> list[tuple[Value, ...]]:
    """Return rows with the values of columns of boxes one character each; what is too long is left empty and counted."""
    if all(column.boxes == 1 for column in columns):
        return rows

    def spread(column: Column, value: Value) -> tuple[Value, ...]:
        if column.boxes == 1:
            return (value,)
        pieces = in_boxes(value, column.boxes)
        if pieces is None:
            told.left[sheet.name, column.letter, column.header, ""] += 1
        return pieces or (None,) * column.boxes

    return [
        tuple(piece for column, value in zip(columns, row, strict=True) for piece in spread(column, value))
        for row in rows
    ]


def _naming(sheet: SheetForm, told: Around) -> Around:
    """Return the same for one sheet, with compounds before the buildings where no column says which of several it is."""
    says_compound = {"compound", "address"} & {column.field for column in sheet.columns}
    several = len({place.address.compound for place in told.register.places}) > 1
    return replace(told, sheet=sheet.name, names_compounds=several and not says_compound)


def _figures(sheet: SheetForm, columns: Sequence[Column], everyone: Row, told: Around) -> list[tuple[int, int, Value]]:
    """Return the numbers of rows that are there already: who fits both the row's words and the column's."""
    cells: list[tuple[int, int, Value]] = []
    for figure in sheet.figures:
        of_row = read_condition(figure.condition)
        there = everyone if figure.condition else named_place(figure.label, everyone, told.community)
        if there is None:
            continue
        for column in columns:
            asked = (
                of_row.and_also(read_condition(column.field.removeprefix(COUNT)))
                if column.field.startswith(COUNT)
                else None
            )
            value: Value = counted(asked, there.members, there.places, told.register.day) if asked else column.text
            cells.append((figure.row, column.index, value))
    return cells


def _totals(
    sheet: SheetForm, columns: Sequence[Column], rows: Sequence[tuple[Value, ...]], everyone: Row, told: Around
) -> dict[int, Value]:
    """Return what a row of totals says of each column of numbers; of places everybody once, of others the sum."""
    totals: dict[int, Value] = {}
    for place, column in enumerate(columns):
        if not sheet.total_row or not (column.field.startswith(COUNT) or column.field in _ADDED_UP):
            continue
        if sheet.kind == PLACE:
            asked = read_condition(column.field.removeprefix(COUNT))
            totals[column.index] = counted(asked, everyone.members, everyone.places, told.register.day)
        else:
            numbers = [value for row in rows if isinstance(value := row[place], int | float)]
            totals[column.index] = sum(numbers)
    return totals


def completed(text: str, told: Around, everyone: Row) -> str:
    """Return the text of a mark with what belongs into it."""
    values: Mapping[str, Any] = {
        "community": told.community,
        "community_bare": told.community.removesuffix("社区"),
        "subdistrict": told.subdistrict,
        "subdistrict_bare": _without(told.subdistrict, "街道办事处", "街道", "镇", "乡"),
        "district": told.district,
        "district_bare": _without(told.district, "区", "县", "市"),
        "city": told.city,
        "city_bare": told.city.removesuffix("市"),
        "clerk": told.clerk,
        "date": DATE_STYLES["chinese"](told.register.day),
        "people": len(everyone.members),
        "households": len({one.household for one in everyone.members if one.household}),
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _without(name: str, *endings: str) -> str:
    ending = next((ending for ending in endings if name.endswith(ending)), "")
    return name.removesuffix(ending) if ending else name
