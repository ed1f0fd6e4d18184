"""One round at a time: the scope in which services and selectors of rounds run."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from linli.core import locks
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scope_of, scoped
from linli.rounds.access import access_round
from linli.rounds.errors import RoundClosed
from linli.rounds.models import Round


@contextmanager
def in_round(actor: Actor, round_id: UUID, right: Right) -> Iterator[Round]:
    """Reach a round and see its community only. Raises Refused, NotFound."""
    with scoped(actor, right):
        round = access_round(actor, round_id, right=right)
        with scope_of(((round.community, round.community + 1),)):
            yield round


@contextmanager
def in_open_round(actor: Actor, round_id: UUID, right: Right) -> Iterator[Round]:
    """Reach a round that stays open until this transaction ends. Raises Refused, NotFound, RoundClosed."""
    with scoped(actor, right):
        hold_open(round_id)
        with in_round(actor, round_id, right) as round:
            if round.is_closed:
                raise RoundClosed(name=round.name)
            yield round


def hold_open(round_id: UUID) -> None:
    """Keep a round from being closed until this transaction ends. Facts share this; only closing takes it alone."""
    locks.hold_shared("round", round_id)


def hold_alone(round_id: UUID) -> None:
    """Wait for those who write into a round and keep others out until this transaction ends: for closing it."""
    locks.hold("round", round_id)
