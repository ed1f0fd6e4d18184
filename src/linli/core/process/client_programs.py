"""Run pg_dump and pg_restore against a database of either kind, the password never among the arguments."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from psycopg.conninfo import conninfo_to_dict

from linli.core.postgres.binaries import all_binaries
from linli.core.postgres.roles import make_url
from linli.core.problem import Problem

_OTHER_SETTINGS = ("PGSERVICE", "PGOPTIONS", "PGPASSFILE")


def program_for(name: str, server_major: int) -> str:
    """Return pg_dump or pg_restore that is not older than the server. Raises Problem when there is none."""
    for binaries in all_binaries():
        if binaries.major >= server_major and (binaries.bin / name).is_file():
            return binaries.program(name)
    raise Problem(
        f"数据库是 PostgreSQL {server_major}，这台机器上没有同版本或更新的 {name}。请安装 "
        f"postgresql-client-{server_major}。",
        f"The database is PostgreSQL {server_major}; this machine has no {name} that new. Install "
        f"postgresql-client-{server_major}.",
        code="no_client_programs",
    )


@contextmanager
def running(command: list[str], url: str, *, give: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program on a database for the block. Raises Problem with its words when it fails."""
    address, password = _without_password(url)
    env = {name: value for name, value in os.environ.items() if name not in _OTHER_SETTINGS} | {"PGPASSWORD": password}
    stdin, stdout = (subprocess.PIPE, subprocess.DEVNULL) if give else (subprocess.DEVNULL, subprocess.PIPE)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([*command, "--dbname", address], env=env, stderr=said, stdin=stdin, stdout=stdout)
        try:
            yield process
        finally:
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with suppress(BrokenPipeError):
                        pipe.close()
            code = process.wait()
        if code:
            said.seek(0)
            raise _failed(command[0], said.read().decode(errors="replace").strip())


def _without_password(url: str) -> tuple[str, str]:
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    password = parts.pop("password", "")
    user, database = parts.pop("user", ""), parts.pop("dbname", "")
    host, port = parts.pop("host", "localhost"), parts.pop("port", "5432")
    return make_url(user, None, database, host, port, **parts), password


def _failed(program: str, said: str) -> Problem:
    return Problem(f"{program} 出错：{said}", f"{program} failed: {said}", code="client_program_failed")
