"""Who becomes a target of a round, and who of them ends at once: the one answer for opening it and for looking ahead."""

from dataclasses import dataclass

from linli.rounds.asked import ScopeAsked
from linli.rounds.joining import away_by_ledger, target_from
from linli.rounds.models import Round, Statement, Target
from linli.rounds.register import residents


@dataclass(frozen=True)
class Frozen:
    """The targets of a round, in the order of their doors, and what the ledger says of those who are not here; unsaved."""

    targets: tuple[Target, ...]
    statements: tuple[Statement, ...]


def freeze(round: Round, scope: ScopeAsked) -> Frozen:
    """Return what the register gives a round now (R1, R116). The round need not be stored. Call inside a scope."""
    found = list(residents(round.community, scope))
    targets = tuple(target_from(round, resident) for resident in found)
    away = [away_by_ledger(round, target, resident, round.t0) for target, resident in zip(targets, found, strict=True)]
    return Frozen(targets, tuple(statement for statement in away if statement))
