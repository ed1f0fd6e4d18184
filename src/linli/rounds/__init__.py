"""Rounds: who must be reached, who was, by what evidence, and who is still outstanding.

A round freezes its targets from the register at T0, follows newcomers and leavers, takes immutable facts (arrivals,
specimens, visits) and statements, and closes only when nobody is outstanding. What becomes of a target is a pure
function of everything known of it (`rules.outcome`), whatever the order in which it became known.

Serves R1 to R6 (rounds and their clock), R92 to R98 (sites, call groups), R105 to R132 (waits, sweeps, nobody missed),
R256 (drills).
"""
