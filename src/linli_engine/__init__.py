"""Algorithms of Linli: pure functions over frozen data.

No Django, no database, no clock, no network, no global state: numbers and keys in, a plan or a script out. Whoever
calls passes the moment, the seed and every parameter; the same input gives the same output.

- ``siting``: which building goes to which sampling site.
- ``staffing``: how many desks, for how long.
- ``timetable``: which household is called when.
- ``queueing``: how long people then wait.
- ``routing``: who knocks at which doors in which order.
- ``microplan``: the five above composed into one plan of a testing round.
- ``drill``: how a day then goes, as a script of timed events.

Times are minutes, distances metres, rates persons per hour unless a name says otherwise. Keys are strings of the
caller's choice; results depend on keys only through their order, so stable keys give stable results.
"""
