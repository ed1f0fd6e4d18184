"""The tables of rounds: rounds, sites, targets, facts, sweep."""

from linli.rounds.models.facts import Arrival, Correction, Fact, RefusedFact, Specimen, Visit
from linli.rounds.models.rounds import Round, RoundBuilding, RoundFigures, RoundScope
from linli.rounds.models.sites import CallGroup, Site
from linli.rounds.models.sweep import DoorSheet, SweepDoor, SweepTeam
from linli.rounds.models.targets import Outcome, Statement, Target

__all__ = [
    "Arrival",
    "CallGroup",
    "Correction",
    "DoorSheet",
    "Fact",
    "Outcome",
    "RefusedFact",
    "Round",
    "RoundBuilding",
    "RoundFigures",
    "RoundScope",
    "Site",
    "Specimen",
    "Statement",
    "SweepDoor",
    "SweepTeam",
    "Target",
    "Visit",
]
