"""A drill: a whole testing day played through the services that people use, marked as a drill, without live effect.

`day` asks the engine for the script of the day, `acts` turns it into what phones would upload, `play` uploads it and
can take up where it was cut off, `report` reads back what happened from what was stored (R105 to R132, R256).
"""
