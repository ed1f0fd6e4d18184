"""The audit chain: one entry for each service call, written in its transaction, chained by hash per community.

The values of an entry are sealed under the community's data key and the hash covers the ciphertext, so that destroying
the key destroys the values and leaves the chain whole.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from linli.core import clock, crypto, locks
from linli.core.actors import Actor
from linli.core.models import AuditEntry, DataKey
from linli.core.rights import Right
from linli.core.scope import NO_COMMUNITY, installation_scope

_FIRST = b"\0" * 32
_STANDING = "standing"


def record(  # noqa: PLR0913  # an audit entry has these parts
    actor: Actor,
    action: str,
    *,
    community: int,
    right: Right,
    object_type: str,
    object_id: UUID | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Append one entry to the community's chain. Call once in each service, inside its scope; a batch is one entry."""
    locks.hold("audit", community)
    last = AuditEntry.objects.filter(community=community).order_by("-number").first()
    entry = AuditEntry(
        community=community,
        number=last.number + 1 if last else 1,
        at=clock.now(),
        actor=actor.name,
        right=right,
        action=action,
        object_type=object_type,
        object_id=object_id,
        detail=_seal(community, {"before": before, "after": after, "reason": reason}),
        request_id=actor.request_id,
        previous_hash=bytes(last.hash) if last else _FIRST,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def record_refusal(actor: Actor, route: str, code: str) -> None:
    """Write down that an actor was refused, in a transaction of its own, on the installation's chain."""
    with installation_scope():
        record(
            actor,
            "refused",
            community=NO_COMMUNITY,
            right=Right.AUDIT_READ,
            object_type="route",
            after={"route": route, "code": code},
        )


def hash_of(entry: AuditEntry) -> bytes:
    """Return the hash that `entry` must carry: of its predecessor's hash and all its own fields."""
    fields = [
        entry.id, entry.community, entry.number, entry.at.astimezone(UTC).isoformat(), entry.actor, entry.right,
        entry.action, entry.object_type, entry.object_id, bytes(entry.detail).hex(), entry.request_id,
    ]  # fmt: skip
    digest = hashlib.sha256(bytes(entry.previous_hash))
    digest.update(json.dumps([str(field) for field in fields]).encode())
    return digest.digest()


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold."""

    number: int
    what: str


def breaks(community: int) -> Iterator[Break]:
    """Walk a community's chain and yield each place where an entry is missing or was edited."""
    return breaks_in(AuditEntry.objects.filter(community=community).order_by("number").iterator())


def breaks_in(entries: Iterable[AuditEntry]) -> Iterator[Break]:
    """Yield each place where these entries, oldest first from number 1, do not form a chain."""
    number, previous = 0, _FIRST
    for entry in entries:
        if entry.number != number + 1:
            yield Break(number + 1, "missing")
        elif bytes(entry.previous_hash) != previous or bytes(entry.hash) != hash_of(entry):
            yield Break(entry.number, "edited")
        number, previous = entry.number, bytes(entry.hash)


def detail_of(entry: AuditEntry) -> dict[str, Any]:
    """Return before, after and reason of an entry. Raises KeyUnusable once its data key was destroyed."""
    return details_of([entry])[0]


def details_of(entries: Sequence[AuditEntry]) -> list[dict[str, Any]]:
    """Return the same of entries of one community, with one query. Raises KeyUnusable."""
    if not entries:
        return []
    key = DataKey.objects.filter(community=entries[0].community, purpose=_STANDING).first()
    if key is None:
        raise crypto.KeyUnusable(
            "这条审计记录的数据密钥已销毁。",
            "The data key of this audit entry has been destroyed.",
            code="key_destroyed",
        )
    cipher = crypto.open_data_key(bytes(key.wrapped))
    return [dict(json.loads(crypto.decrypt(cipher, bytes(entry.detail), b"audit"))) for entry in entries]


def _seal(community: int, detail: dict[str, Any]) -> bytes:
    key = DataKey.objects.filter(community=community, purpose=_STANDING).first()
    if key is None:
        key = DataKey.objects.create(community=community, purpose=_STANDING, wrapped=crypto.new_data_key())
    plain = json.dumps(detail, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
    return crypto.encrypt(crypto.open_data_key(bytes(key.wrapped)), plain, b"audit")
