"""Make, start and stop the embedded server.

Every process of a running server inherits a locked descriptor (`server.lock`). So whether anything of it is alive is
one question to the kernel, and a stale `postmaster.pid`, a reused process number or another container cannot mislead.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from linli.core.postgres.binaries import Binaries, find_binaries
from linli.core.postgres.config import SUPERUSER, write_config
from linli.core.postgres.locks import is_held, open_lock, try_lock
from linli.core.postgres.place import Place
from linli.core.postgres.service_user import readable_binaries
from linli.core.postgres.waiting import until
from linli.core.problem import Problem

ORPHAN_SECONDS = 3
RETRY_SECONDS = 3
END_SECONDS = 10
RECOVERY_SECONDS = 600
STOP_SECONDS = 60
LOG_BYTES = 8 << 20
BUILTIN_LOCALE_SINCE = 17
SYNC_METHOD_SINCE = 17
_LAST_LINES = 12
_PROC = Path("/proc")


def binaries_for(place: Place) -> Binaries:
    """Return the programs that fit the data of this place."""
    made_with = place.data / "PG_VERSION"
    found = find_binaries(int(made_with.read_text().split(".")[0]) if made_with.exists() else None)
    return readable_binaries(found, place.user) if place.user else found


def is_alive(place: Place) -> bool:
    """Tell whether any process of the server is left, ready or not."""
    return is_held(place.server_lock)


def has_postmaster(place: Place) -> bool:
    """Tell whether the process that answers for the server is there; without it only orphans are left."""
    with suppress(OSError, ValueError, IndexError):
        number = (place.data / "postmaster.pid").read_text().split()[0]
        return number in _processes(place) if _PROC.is_dir() else _exists(int(number))
    return False


def make_data(place: Place, binaries: Binaries, durability: dict[str, str]) -> None:
    """Make the data folder when there is none: whole or not at all."""
    if place.data.exists():
        return
    draft = place.base / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    locale = ["--locale=C", "--encoding=UTF8"]
    if binaries.major >= BUILTIN_LOCALE_SINCE:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    sync = ["--no-sync"] if durability.get("fsync") == "off" else _fast_sync(binaries)
    command = [binaries.program("initdb"), "-D", str(draft), "-U", SUPERUSER, "--auth=peer", *locale, *sync]
    _run(place, command)
    write_config(place, draft, durability)
    draft.rename(place.data)


def _fast_sync(binaries: Binaries) -> list[str]:
    return ["--sync-method=syncfs"] if binaries.major >= SYNC_METHOD_SINCE and sys.platform == "linux" else []


def start(place: Place, binaries: Binaries, durability: dict[str, str]) -> None:
    """Start the server, of which no postmaster is left. Whoever calls holds the start lock. Raises Problem."""
    descriptor = open_lock(place.server_lock)
    try:
        if not until(lambda: try_lock(descriptor), ORPHAN_SECONDS):
            _kill_orphans(place)
            if not until(lambda: try_lock(descriptor), END_SECONDS):
                raise _failed(place)
        _forget_the_dead(place)
        write_config(place, place.data, durability)
        _turn_log(place.log)
        _pg_ctl_start(place, binaries, descriptor)
    finally:
        os.close(descriptor)


def stop(place: Place, binaries: Binaries) -> None:
    """Stop the server and return when its last process is gone."""
    if not is_alive(place):
        return
    for mode in ("fast", "immediate"):
        _pg_ctl(place, binaries, f"stop -w -s -t {STOP_SECONDS} -m {mode}")
        if until(lambda: not is_alive(place), END_SECONDS):
            return
    _kill_orphans(place)
    until(lambda: not is_alive(place), END_SECONDS)


def last_log_lines(place: Place) -> str:
    """Return the end of the server's log, for a message."""
    if not place.log.exists():
        return ""
    return "\n".join(place.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:])


def _forget_the_dead(place: Place) -> None:
    """Remove what a killed server left: its number may be a zombie's or another process's by now."""
    for path in (place.data / "postmaster.pid", *place.socket_folder.glob(".s.PGSQL.*")):
        path.unlink(missing_ok=True)


def _pg_ctl_start(place: Place, binaries: Binaries, descriptor: int) -> None:
    def started() -> bool:
        return _pg_ctl(place, binaries, f"start -w -s -t {RECOVERY_SECONDS}", "-l", str(place.log), inherit=descriptor)

    if not until(started, RETRY_SECONDS, every_seconds=0.2):
        raise _failed(place)


def _pg_ctl(place: Place, binaries: Binaries, what: str, *more: str, inherit: int | None = None) -> bool:
    command = [binaries.program("pg_ctl"), *what.split(), "-D", str(place.data), *more]
    descriptors = () if inherit is None else (inherit,)
    null = subprocess.DEVNULL
    answer = subprocess.run(
        command, stdin=null, stdout=null, stderr=null, pass_fds=descriptors, check=False, **place.as_server()
    )
    return answer.returncode == 0


def _run(place: Place, command: list[str]) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False, **place.as_server())
    if answer.returncode:
        raise _failed(place, answer.stderr.strip())


def _failed(place: Place, detail: str = "") -> Problem:
    said = detail or last_log_lines(place)
    return Problem(
        f"内置数据库无法启动，日志在 {place.log}。最后几行：\n{said}",
        f"The embedded database does not start; its log is {place.log}. Its last lines:\n{said}",
        code="database_start",
    )


def _turn_log(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name("server.log.1"))


def _kill_orphans(place: Place) -> None:
    """End what is left of a server whose postmaster was killed."""
    for number in _processes(place):
        with suppress(ProcessLookupError):
            os.kill(int(number), signal.SIGKILL)


def _processes(place: Place) -> list[str]:
    """Return the numbers of PostgreSQL processes that work in this data folder, where the kernel tells."""
    return [process.name for process in _PROC.glob("[0-9]*") if _works_in(process, place.data.resolve())]


def _works_in(process: Path, data: Path) -> bool:
    try:
        return (process / "exe").readlink().name.startswith("postgres") and (process / "cwd").readlink() == data
    except OSError:
        return False


def _exists(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
