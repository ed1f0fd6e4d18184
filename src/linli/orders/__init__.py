"""Rules with a source: versioned rule packs with effective dates, chosen per round.

Serves R85, R96, R107, R211 (numbers that differ by place and year are data, never constants). Incidents and orders in
force will live here too.
"""
