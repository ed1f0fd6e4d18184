"""How large a blank form may be, and how long reading one may take."""

from __future__ import annotations

from linli.registry.ledger.limits import MIB, Limits

LIMITS = Limits(
    file_bytes=10 * MIB, unpacked_bytes=100 * MIB, rows=20_000, columns=300, memory_bytes=2048 * MIB, seconds=60
)  # fmt: skip
"""A blank form is a few kilobytes; filled with 60,000 rows it needs 15 s and 700 MiB at most."""
