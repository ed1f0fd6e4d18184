"""From the register to a microplan: which building at which site when, with how many desks and what waits to expect.

Serves R92 to R98, R105 to R113, R119. Reads the register, asks `linli_engine`, stores the plan and applies it through the
services of `rounds`.
"""
