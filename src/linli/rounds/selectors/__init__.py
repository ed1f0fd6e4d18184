"""What is read of rounds: plain frozen data, the same number of queries whatever the size of the round."""

from linli.rounds.heads import RoundHead
from linli.rounds.selectors.board import Board, board
from linli.rounds.selectors.heads import CLOSED_SHOWN, count_live_rounds, round_head, round_version, rounds_of
from linli.rounds.selectors.lists import outstanding_targets, people_behind, sweep_list, sweep_teams
from linli.rounds.selectors.reports import closing_report, reconciliation, waits

__all__ = [
    "CLOSED_SHOWN",
    "Board",
    "RoundHead",
    "board",
    "closing_report",
    "count_live_rounds",
    "outstanding_targets",
    "people_behind",
    "reconciliation",
    "round_head",
    "round_version",
    "rounds_of",
    "sweep_list",
    "sweep_teams",
    "waits",
]
