"""Who works here: members with their roles, helpers for a shift with printed sign-in cards, phones that several share.

A coordinator adds people and gives them no more than they may do themselves, until a shift, a day or a round ends.
Whoever is signed in sees their own roles and phones, and may take a role in an emergency, with a reason that is read
above. Accounts, roles and devices are tables of `core`; the pages and the reading of lists are here.

Serves R26 (scope by division), R49 (departments), R183 to R206 (volunteers, seconded staff and helpers).
"""
