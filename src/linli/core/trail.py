"""Reading what stands in the audit chains, newest first, of all communities that somebody may audit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.crypto import KeyUnusable
from linli.core.errors import Invalid, NotFound
from linli.core.ids import first_uuid7_at
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import NO_COMMUNITY, installation_scope, scoped

EXPORTED_AT_MOST = 20_000

Told = tuple[AuditEntry, dict[str, Any] | None]
"""An entry with what it holds: before, after and reason; None once the key of its values was destroyed."""


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for; what is empty narrows nothing."""

    day: date | None = None
    actor: str = ""
    action: str = ""
    community: int | None = None


def entries_wanted(actor: Actor, wanted: Wanted, most: int, older: UUID | None = None) -> list[AuditEntry]:
    """Return entries newest first, those before one of them (audit_read). Raises Refused, NotFound."""
    with scoped(actor, Right.AUDIT_READ):
        found = _found(actor, wanted)
        return list((found.filter(pk__lt=older) if older else found)[:most])


def entry_told(actor: Actor, entry_id: UUID) -> Told:
    """Return one entry with what it holds (audit_read where it was written). Raises Refused, NotFound."""
    with scoped(actor, Right.AUDIT_READ):
        entry = AuditEntry.objects.filter(pk=entry_id).first()
        if entry is None:
            raise NotFound
        return _told([entry])[0]


def export_entries(actor: Actor, wanted: Wanted) -> list[Told]:
    """Return all entries that are asked for with what they hold, for a file (audit_read).

    Writes one audit entry, into the installation's chain. Raises Refused, NotFound, Invalid when they are too many.
    """
    with scoped(actor, Right.AUDIT_READ):
        entries = list(_found(actor, wanted)[: EXPORTED_AT_MOST + 1])
        if len(entries) > EXPORTED_AT_MOST:
            raise Invalid(
                _("These are more than %(most)d entries: choose a day, a community or a person, and export again."),
                code="too_many_entries", most=EXPORTED_AT_MOST,
            )  # fmt: skip
        told = _told(entries)
    with installation_scope():
        audit.record(
            actor, "audit_exported", community=NO_COMMUNITY, right=Right.AUDIT_READ, object_type="audit",
            after={"entries": len(entries), "day": wanted.day, "actor": wanted.actor, "action": wanted.action,
                   "community": wanted.community},
        )  # fmt: skip
    return told


def _found(actor: Actor, wanted: Wanted) -> QuerySet[AuditEntry]:
    found: QuerySet[AuditEntry] = AuditEntry.objects.order_by("-pk")
    if wanted.community is not None:
        if not actor.has(Right.AUDIT_READ, wanted.community):
            raise NotFound
        found = found.filter(community=wanted.community)
    if wanted.day is not None:
        begins = datetime.combine(wanted.day, time(), clock.local_zone())
        found = found.filter(pk__gte=first_uuid7_at(begins), pk__lt=first_uuid7_at(begins + timedelta(days=1)))
    exact = {"actor": wanted.actor, "action": wanted.action}
    return found.filter(**{name: value for name, value in exact.items() if value})


def _told(entries: Sequence[AuditEntry]) -> list[Told]:
    """Open what entries hold, one query for each community among them."""
    by_community: dict[int, list[AuditEntry]] = defaultdict(list)
    for entry in entries:
        by_community[entry.community].append(entry)
    details: dict[UUID, dict[str, Any]] = {}
    for each in by_community.values():
        try:
            details |= {entry.pk: detail for entry, detail in zip(each, audit.details_of(each), strict=True)}
        except KeyUnusable:
            continue
    return [(entry, details.get(entry.pk)) for entry in entries]
