"""Where people live and where things happen: divisions, grids, compounds, buildings, units, dwellings, gates, venues.

Serves R26 to R30 (levels and grids), R35 to R37 (compounds, one line a dwelling), R54 (gates), R93 (venues), R269
(address chain). Coordinates are optional everywhere.
"""
