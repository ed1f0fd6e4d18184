"""The one register: households, persons, residencies, care needs, and the ledger (spreadsheet in and out).

Serves R37 (one room, one household), R39 (landlord and tenant both clear), R40 and R45 (residents and floating people),
R43 and R44 (key lists), R48 (one person key), R169 (people with care needs). Everything else in Linli is derived from it.
"""
