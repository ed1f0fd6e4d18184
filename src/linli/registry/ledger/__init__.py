"""The ledger reader: from a community office's spreadsheet to clean typed records with flags.

`read_ledger` runs everything in a child process: `reading/` opens the file and gives plain grids; `shapes/` writes
plans, forms and tables on their side out as rows; `tables` and `columns` find header rows and what each column is;
`rows` and `placing` tell people from totals and signatures and find each row's address, `homesteads` those of villages
without doors; `people` reads a person; `assembly` groups doors and merges repeated identity numbers.

Nobody is dropped: a row with a name becomes a person, whatever else is wrong with it, and carries a flag. A file
that cannot be read at all raises `LedgerRefused`, whose sentence says what was read and what to do. Nothing here
knows the database. Serves R39 (landlords stay with the dwelling) and part of R5 (nobody types a fact twice).
"""

from linli.registry.ledger.limits import Limits
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.process import read_ledger
from linli.registry.ledger.records import (
    ColumnView,
    DwellingRecord,
    Flag,
    HouseholdRecord,
    Landlord,
    Ledger,
    PersonRecord,
    Problem,
    SheetView,
    SkippedRow,
)
from linli.registry.ledger.refusals import LedgerRefused

__all__ = [
    "ColumnMapping",
    "ColumnView",
    "DwellingRecord",
    "Flag",
    "HouseholdRecord",
    "Landlord",
    "Ledger",
    "LedgerRefused",
    "Limits",
    "PersonRecord",
    "Problem",
    "SheetView",
    "SkippedRow",
    "read_ledger",
]
