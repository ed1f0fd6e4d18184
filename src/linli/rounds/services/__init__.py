"""The only writers of rounds: one act a function, one transaction, one audit entry."""

from linli.rounds.services.closing import abandon_round, close_round
from linli.rounds.services.correcting import take_back_at_door, take_back_facts
from linli.rounds.services.desk import find_households, register_at_desk
from linli.rounds.services.discarding import discard_drills
from linli.rounds.services.door import record_at_door
from linli.rounds.services.following import follow_register
from linli.rounds.services.help import ask_help_at_door
from linli.rounds.services.joining import add_newcomer
from linli.rounds.services.layout import close_site, lay_out_round
from linli.rounds.services.mustering import mark_mobilised, mark_mustered, take_back_told
from linli.rounds.services.opening import open_round
from linli.rounds.services.recording import record_facts
from linli.rounds.services.sweeping import ask_home_sampling, start_sweep, state_outcome

__all__ = [
    "abandon_round",
    "add_newcomer",
    "ask_help_at_door",
    "ask_home_sampling",
    "close_round",
    "close_site",
    "discard_drills",
    "find_households",
    "follow_register",
    "lay_out_round",
    "mark_mobilised",
    "mark_mustered",
    "open_round",
    "record_at_door",
    "record_facts",
    "register_at_desk",
    "start_sweep",
    "state_outcome",
    "take_back_at_door",
    "take_back_facts",
    "take_back_told",
]
