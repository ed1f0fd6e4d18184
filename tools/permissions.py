"""Write docs/permissions.md from what the views declare: `permissions.py [FILE]`, to standard output without one."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import django

HEAD = """# Permissions

Made by `make docs ARGS=--write` from what the views declare; a test compares them.
A page whose view declares nothing keeps Linli from starting.

- **public**: anybody, and no resident data. **signed in**: everybody with an account, and no resident data.
- **a right**: whoever holds it; the page's queries see the divisions in which they do.
  Another community's id is answered as one that does not exist.
- **closed**: a page of the sign-in library that exists for its links only and answers that there is no such page.
"""


def row(*cells: object) -> str:
    """Lay out one row of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def routes() -> list[str]:
    """Lay out each route with what it asks for."""
    from linli.core.web import route_table

    table = route_table()
    lines = [row(f"`/{route.path}`", f"`{route.name}`", route.access or "undeclared") for route in table]
    counts = ", ".join(f"{count} {access}" for access, count in sorted(Counter(str(r.access) for r in table).items()))
    return [
        "## Pages",
        "",
        f"{len(table)} routes: {counts}.",
        "",
        row("route", "name", "asks for"),
        row(*["---"] * 3),
        *lines,
    ]


def roles() -> list[str]:
    """Lay out the rights that each role bundles."""
    from linli.core.rights import RIGHTS_OF, Right, Role

    head = [row("right", *(role.value for role in Role)), row(*["---"] * (len(Role) + 1))]
    lines = [row(f"`{right}`", *("●" if right in RIGHTS_OF[role] else "" for role in Role)) for right in Right]
    return ["## Rights and roles", "", *head, *lines]


def departments() -> list[str]:
    """Lay out the rights of each department's grant (R49)."""
    from linli.core.rights import RIGHTS_OF_DEPARTMENT

    head = [row("department", "may"), row(*["---"] * 2)]
    lines = [
        row(f"`{department}`", ", ".join(f"`{right}`" for right in sorted(rights)))
        for department, rights in RIGHTS_OF_DEPARTMENT.items()
    ]
    return ["## Departments", "", *head, *lines]


def emergencies() -> list[str]:
    """Lay out who may take which role for a while, with a reason."""
    from linli.core.break_glass import EMERGENCIES, LASTS

    where = {"same": "the same division", "below": "a community below it"}
    head = [row("who", "of a", "takes", "in"), row(*["---"] * 4)]
    lines = [row(f"`{e.holder}`", e.level.name.lower(), f"`{e.takes}`", where[e.where]) for e in EMERGENCIES]
    hours = int(LASTS.total_seconds() // 3600)
    return [
        "## In an emergency",
        "",
        f"For {hours} hours at most, with a reason that is read above.",
        "",
        *head,
        *lines,
    ]


def matrix() -> list[str]:
    """Lay out which role reaches which page; `tests/permissions/test_matrix.py` proves it, own and foreign scope."""
    from linli.core.rights import RIGHTS_OF, Right, Role
    from linli.core.web import route_table

    asked = [route for route in route_table() if isinstance(route.access, Right)]
    head = [row("route", *(role.value for role in Role)), row(*["---"] * (len(Role) + 1))]
    lines = [row(f"`/{r.path}`", *("●" if r.access in RIGHTS_OF[role] else "" for role in Role)) for r in asked]
    return ["## Who reaches what, in their own scope", "", "In a foreign scope nobody reaches any.", "", *head, *lines]


def render() -> str:
    """Render the whole page; needs Django's settings, and no database."""
    parts = (roles(), departments(), emergencies(), routes(), matrix())
    return "\n".join([HEAD, *(line for part in parts for line in (*part, ""))])


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.web.settings")
    django.setup()
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(render(), encoding="utf-8")
    else:
        sys.stdout.write(render())


if __name__ == "__main__":
    main()
