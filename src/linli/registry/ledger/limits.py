"""How large and how slow a ledger may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading.

    A community of 20,000 people is 2 MiB as .xlsx, 20 MiB unpacked, and is read in about 2 s and 200 MiB;
    the defaults leave ten times that.
    """

    file_bytes: int = 50 * MIB
    unpacked_bytes: int = 400 * MIB
    unpacked_ratio: int = 100
    ratio_free_bytes: int = 20 * MIB
    zip_entries: int = 2_000
    rows: int = 100_000
    columns: int = 400
    memory_bytes: int = 1536 * MIB
    seconds: int = 60
