"""Pages of the register: a ledger's way in and out, search, persons, dwellings, buildings."""
