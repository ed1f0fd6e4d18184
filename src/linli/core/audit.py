"""The audit chain: one entry for each service call, written in its transaction, chained by hash per community.

The values of an entry are sealed under the community's data key and the hash covers the ciphertext, so that destroying
the key destroys the values and leaves the chain whole. The hash is keyed with the key file: whoever has the database
alone cannot write a chain that holds. `core.chains` reads and checks them.
"""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from linli.core import clock, crypto, locks
from linli.core.actors import Actor
from linli.core.models import AuditEntry, DataKey
from linli.core.rights import Right
from linli.core.scope import NO_COMMUNITY, installation_scope

FIRST = b"\0" * 32
"""What the first entry of a chain has for its predecessor's hash."""
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
        previous_hash=bytes(last.hash) if last else FIRST,
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
    """Return the keyed hash that `entry` must carry: of its predecessor's hash and all its own fields."""
    fields = [
        entry.id, entry.community, entry.number, entry.at.astimezone(UTC).isoformat(), entry.actor, entry.right,
        entry.action, entry.object_type, entry.object_id, bytes(entry.detail).hex(), entry.request_id,
    ]  # fmt: skip
    own = json.dumps([str(field) for field in fields]).encode()
    return crypto.keyed_hash("audit", bytes(entry.previous_hash) + own)


def details_of(entries: Sequence[AuditEntry]) -> list[dict[str, Any]]:
    """Return before, after and reason of entries of one community, with one query.

    Raises KeyUnusable once their data key was destroyed.
    """
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
