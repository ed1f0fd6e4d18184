"""Where Linli writes: one folder, LINLI_HOME, so that two instances run side by side.

keys/       the data key and the database passwords, 0700
postgres/   the embedded database (a link when another folder holds it)
run/        locks, what is running, the schema state
uploads/    ledgers between upload and import
spool/      requests while they arrive, exports until they are handed over
logs/  tls/
"""

import os
from pathlib import Path

from linli.core.problem import Problem

ROOT_HOME = Path("/var/lib/linli")


def home() -> Path:
    """Return the folder everything is written to, made when missing. Raises Problem when it is not ours."""
    path = home_path()
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    _check(path)
    return path


def home_path() -> Path:
    """Return where LINLI_HOME is, without touching it."""
    named = os.environ.get("LINLI_HOME")
    return Path(named).absolute() if named else _usual_home()


def use_demo_home() -> None:
    """Have this process and its children write to a folder of the demo's own, unless LINLI_HOME names one."""
    os.environ.setdefault("LINLI_HOME", str(demo_home()))


def demo_home() -> Path:
    """Return the folder of a demo that nobody gave another one."""
    return Path(f"{_usual_home()}-demo")


def _usual_home() -> Path:
    if os.geteuid() == 0:
        return ROOT_HOME
    data = os.environ.get("XDG_DATA_HOME", "")
    return (Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share") / "linli"


def folder(name: str, base: Path | None = None) -> Path:
    """Return a private folder (0700) of LINLI_HOME, made when missing."""
    path = (base or home()) / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _check(path: Path) -> None:
    found, mine = path.stat(), os.geteuid()
    if found.st_uid != mine:
        raise Problem(
            f"数据目录 {path} 属于用户编号 {found.st_uid}，不属于当前用户（{mine}）。请换用该用户运行，或另设 "
            "LINLI_HOME。",
            f"{path} belongs to user id {found.st_uid}, not to you ({mine}). Run as that user, or set LINLI_HOME.",
            code="home_of_another",
        )
    if not _is_ours(path):
        raise Problem(
            f"目录 {path} 里有别的文件，不能用作 LINLI_HOME。请指定一个空目录或新目录。",
            f"{path} holds other files and cannot be LINLI_HOME. Name an empty or a new folder.",
            code="home_in_use",
        )
    if found.st_mode & (0o027 if mine == 0 else 0o077):
        path.chmod(0o710 if mine == 0 else 0o700)


def _is_ours(path: Path) -> bool:
    names = {each.name for each in path.iterdir() if not each.name.startswith(".")} - {"lost+found"}
    return path == ROOT_HOME or not names or bool(names & {"keys", "run", "postgres"})
