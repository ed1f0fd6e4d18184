"""Sheets that are no table of rows, written out as one: floors by rooms, people side by side, forms and cards.

A shape takes a grid and gives another with a header and one person or door a row, whose `numbers` say where each row
stood in the sheet; or nothing, where the sheet has another shape. A sheet with any ordinary table of people is left
to the tables.
"""

from __future__ import annotations

from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.shapes.doorlines import doorlines_as_rows
from linli.registry.ledger.shapes.forms import forms_as_rows
from linli.registry.ledger.shapes.matrix import matrix_as_rows
from linli.registry.ledger.shapes.transposed import transposed_as_rows
from linli.registry.ledger.shapes.wholenames import with_whole_names

_SHAPES = (matrix_as_rows, transposed_as_rows, forms_as_rows, doorlines_as_rows)


def as_rows(grid: Grid) -> Grid:
    """Return the sheet as a table of rows, itself where it is one or has no shape that is known."""
    whole = with_whole_names(grid)
    return next((rows for shape in _SHAPES if (rows := shape(whole)) is not None), whole)
