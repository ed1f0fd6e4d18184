"""Reading the audit chains, one of each community and one of the installation, and checking that they hold.

A chain shows by itself what was edited or taken out of its middle. What was cut off its end shows against a head that
was kept elsewhere: each backup keeps them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from linli.core.actors import Actor
from linli.core.audit import FIRST, details_of, hash_of
from linli.core.errors import NotFound
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scoped

MISSING, EDITED = "missing", "edited"


class Head(NamedTuple):
    """The last entry of a chain: its number, and its hash in hex."""

    number: int
    hash: str


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold."""

    number: int
    what: str


@dataclass(frozen=True)
class Chain:
    """A chain that was walked to its end."""

    community: int
    entries: int
    breaks: tuple[Break, ...]


def heads(actor: Actor) -> dict[int, Head]:
    """Return the head of each chain that this actor may read (audit_read), by community; 0 is the installation's."""
    with scoped(actor, Right.AUDIT_READ):
        last = AuditEntry.objects.order_by("community", "-number").distinct("community")
        return {entry.community: Head(entry.number, bytes(entry.hash).hex()) for entry in last}


def check_chains(actor: Actor, kept: Mapping[int, Head], community: int | None = None) -> list[Chain]:
    """Walk the chains that this actor may read (audit_read), or one of them, and compare them with heads that were kept."""
    found = heads(actor)
    wanted = found.keys() | kept.keys() if community is None else {community}
    with scoped(actor, Right.AUDIT_READ):
        return [_checked(each, found.get(each), kept.get(each)) for each in sorted(wanted)]


def latest_entries(actor: Actor, community: int, limit: int) -> list[tuple[AuditEntry, dict[str, Any]]]:
    """Return the last entries of a chain with what they hold, newest first (audit_read there).

    Raises NotFound, KeyUnusable.
    """
    if not actor.has(Right.AUDIT_READ, community):
        raise NotFound
    with scoped(actor, Right.AUDIT_READ):
        entries = list(AuditEntry.objects.filter(community=community).order_by("-number")[:limit])
        return list(zip(entries, details_of(entries), strict=True))


def breaks_in(entries: Iterable[AuditEntry]) -> Iterator[Break]:
    """Yield each place where these entries, oldest first from number 1, do not form a chain."""
    number, previous = 0, FIRST
    for entry in entries:
        if entry.number != number + 1:
            yield Break(number + 1, MISSING)
        elif bytes(entry.previous_hash) != previous or bytes(entry.hash) != hash_of(entry):
            yield Break(entry.number, EDITED)
        number, previous = entry.number, bytes(entry.hash)


def _checked(community: int, head: Head | None, kept: Head | None) -> Chain:
    entries = AuditEntry.objects.filter(community=community).order_by("number")
    breaks = list(breaks_in(entries.iterator()))
    if kept is not None:
        breaks += _differs(entries.filter(number=kept.number).first(), kept)
    return Chain(community, head.number if head else 0, tuple(breaks))


def _differs(entry: AuditEntry | None, kept: Head) -> list[Break]:
    """Say how the entry at a kept head differs from it, if it does."""
    if entry is None:
        return [Break(kept.number, MISSING)]
    return [] if bytes(entry.hash).hex() == kept.hash else [Break(kept.number, EDITED)]
