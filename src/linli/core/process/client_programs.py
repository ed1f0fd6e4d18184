"""Run PostgreSQL's client programs against a database of either kind, the password never among the arguments."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from psycopg.conninfo import conninfo_to_dict

from linli.core.postgres.binaries import Binaries, all_binaries
from linli.core.postgres.roles import make_url
from linli.core.problem import Problem

CHUNK = 1 << 20
_OTHER_SETTINGS = ("PGSERVICE", "PGOPTIONS", "PGPASSFILE")


def program_for(name: str, server_major: int) -> str:
    """Return a client program that is not older than the server, the nearest such. Raises Problem when there is none."""
    fitting = [each for each in _having(name) if each.major >= server_major]
    if fitting:
        return min(fitting, key=lambda each: each.major).program(name)
    raise Problem(
        f"数据库是 PostgreSQL {server_major}，这台机器上没有同版本或更新的 {name}。"
        f"请安装 postgresql-client-{server_major}。",
        f"The database is PostgreSQL {server_major}; this machine has no {name} that new. "
        f"Install postgresql-client-{server_major}.",
        code="no_client_programs",
    )


def newest_program(name: str) -> str:
    """Return the newest client program of this name: it reads every archive. Raises Problem when there is none."""
    found = _having(name)
    if found:
        return max(found, key=lambda each: each.major).program(name)
    raise Problem(
        f"这台机器上没有 {name}。请安装 PostgreSQL 的客户端程序。",
        f"This machine has no {name}. Install the client programs of PostgreSQL.",
        code="no_client_programs",
    )


def _having(name: str) -> list[Binaries]:
    return [each for each in all_binaries() if (each.bin / name).is_file()]


@contextmanager
def output_of(command: list[str], url: str) -> Iterator[IO[bytes]]:
    """Give what a program says about a database. Raises Problem with its words when it fails."""
    with _process(
        _on(command, url), env=_environment(url), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        yield process.stdout


@contextmanager
def input_of(command: list[str], url: str) -> Iterator[IO[bytes]]:
    """Give what a program does to a database its input. Raises Problem with its words when it fails."""
    with _process(
        _on(command, url), env=_environment(url), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            yield process.stdin


@contextmanager
def converted(command: list[str], source: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give what a program makes of `source`. Raises Problem with its words when it fails."""
    with _process(command, env=None, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        feeding = threading.Thread(target=_feed, args=[source, process.stdin])
        feeding.start()
        try:
            yield process.stdout
        finally:
            process.stdout.close()
            feeding.join()


def _feed(source: IO[bytes], target: IO[bytes]) -> None:
    with suppress(BrokenPipeError), target:
        shutil.copyfileobj(source, target, CHUNK)


@contextmanager
def _process(
    command: list[str], *, env: dict[str, str] | None, stdin: int, stdout: int
) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=env, stderr=said, stdin=stdin, stdout=stdout)
        try:
            yield process
        finally:
            _close(process)
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()
            raise Problem(f"{command[0]} 出错：{words}", f"{command[0]} failed: {words}", code="client_program_failed")


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()


def _on(command: list[str], url: str) -> list[str]:
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    parts.pop("password", None)
    user, database = parts.pop("user", ""), parts.pop("dbname", "")
    host, port = parts.pop("host", "localhost"), parts.pop("port", "5432")
    return [*command, "--dbname", make_url(user, None, database, host, port, **parts)]


def _environment(url: str) -> dict[str, str]:
    password = conninfo_to_dict(url).get("password") or ""
    return {name: value for name, value in os.environ.items() if name not in _OTHER_SETTINGS} | {
        "PGPASSWORD": str(password)
    }
