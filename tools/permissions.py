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


def render() -> str:
    """Render the whole page; needs Django's settings, and no database."""
    return "\n".join([HEAD, *roles(), "", *routes(), ""])


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
