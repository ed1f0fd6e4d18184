"""From the register to a microplan: which building at which site when, with how many desks and what waits to expect.

A round is prepared step by step in a draft (`drafting`), looked at with its plan, and opened in the background (`opening`).

Serves R1, R92 to R98, R105 to R113, R119, R256. Reads the register, asks `linli_engine`, stores the plan and puts it into
force through the services of `rounds`; plays drills, whole testing days without live effect, through the same services.
"""
