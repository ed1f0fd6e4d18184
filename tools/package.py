"""Compare a wheel with the checkout that it was built from: `package.py WHEEL`."""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZipFile

SOURCE = Path(__file__).resolve().parent.parent / "src"
NOT_SHIPPED = {"pyproject.toml", ".DS_Store"}


def expected() -> set[str]:
    """List what a wheel must carry: every file of both packages, each catalogue compiled, the front-end bundle."""
    files = {path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    compiled = {path.with_suffix(".mo") for path in files if path.suffix == ".po"}
    bundle = {SOURCE / "linli/web/static/linli/manifest.json"}
    wanted = {path for path in files | compiled | bundle if path.name not in NOT_SHIPPED}
    return {path.relative_to(SOURCE).as_posix() for path in wanted}


def main() -> None:
    """Name what is missing or too much, and fail if there is any."""
    wheel = Path(sys.argv[1])
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    missing, surplus = sorted(expected() - names), sorted(names - expected())
    for title, found in (("Missing", missing), ("Not in the checkout", surplus)):
        if found:
            print(f"{title} in {wheel.name}:", *found, sep="\n  ")
    if missing or surplus:
        sys.exit(1)
    print(f"{wheel.name}: {len(names)} files, {wheel.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
