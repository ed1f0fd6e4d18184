"""Work for a sibling app: written in the same transaction as the fact that caused it, handed over by `command`."""

from typing import Any

from linli.core.models import OutboxEntry


def put(community: int, topic: str, payload: dict[str, Any]) -> OutboxEntry:
    """Leave a note for a sibling app; identifiers only, no personal values."""
    entry: OutboxEntry = OutboxEntry.objects.create(community=community, topic=topic, payload=payload)
    return entry
