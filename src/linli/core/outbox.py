"""Work for a sibling app: a note in the same transaction as the fact that caused it, handed over by a job soon after.

The app that puts a note does not know who reads it; the app that reads registers a handler in its `tasks` module:

    @handles("register_changed")
    def follow(community: int, payload: dict[str, Any]) -> None: ...
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from linli.core import clock
from linli.core.jobs import app
from linli.core.models import OutboxEntry
from linli.core.scope import everywhere, scope_of

HAND_OVER = "core.hand_over"
Handler = Callable[[int, dict[str, Any]], None]
_handlers: dict[str, list[Handler]] = defaultdict(list)


class NobodyHandles(RuntimeError):
    """A note waits for which no app has registered a handler: it stays, and somebody has to look."""


def put(community: int, topic: str, payload: dict[str, Any]) -> OutboxEntry:
    """Leave a note for a sibling app; identifiers only, no personal values. Call inside a scope."""
    entry: OutboxEntry = OutboxEntry.objects.create(community=community, topic=topic, payload=payload)
    app.configure_task(HAND_OVER, lock=f"outbox {community}").defer(community=community)
    return entry


def forget(handed_over_before: datetime) -> None:
    """Remove the notes that were handed over before a moment, everywhere."""
    with everywhere():
        OutboxEntry.objects.filter(handed_over_at__lt=handed_over_before).delete()


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Register what is called with (community, payload) for each note of a topic, in no scope; it must bear being called twice."""

    def register(handler: Handler) -> Handler:
        _handlers[topic].append(handler)
        return handler

    return register


def hand_over(community: int) -> int:
    """Hand the waiting notes of a community to whoever handles them, oldest first; equal ones once. Returns how many.

    Raises NobodyHandles, after all others, for notes of an unknown topic.
    """
    here = ((community, community + 1),)
    with scope_of(here):
        waiting = list(OutboxEntry.objects.filter(community=community, handed_over_at=None).order_by("id"))
    alike: dict[str, list[OutboxEntry]] = defaultdict(list)
    for entry in waiting:
        alike[repr((entry.topic, sorted(entry.payload.items())))].append(entry)
    for entries in alike.values():
        if handlers := _handlers.get(entries[0].topic):
            for handler in handlers:
                handler(community, entries[0].payload)
            with scope_of(here):
                OutboxEntry.objects.filter(id__in=[entry.id for entry in entries]).update(handed_over_at=clock.now())
    if unknown := {entry.topic for entry in waiting} - _handlers.keys():
        raise NobodyHandles(", ".join(sorted(unknown)))
    return len(waiting)
