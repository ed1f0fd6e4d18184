import http.client
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from linli.core.postgres.waiting import until
from linli.core.process import running
from tests.core.postgres.conftest import throw_away

ROOT = Path(__file__).parents[3]


def environment(home: Path) -> dict[str, str]:
    """Ours without any database of ours: the home decides."""
    kept = {name: value for name, value in os.environ.items() if "DATABASE" not in name and name != "LINLI_HOME"}
    return kept | {"LINLI_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}


def linli(home: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    command = [sys.executable, "-m", "linli", *arguments]
    return subprocess.run(
        command, env=environment(home), capture_output=True, text=True, timeout=120, check=False, cwd="/", **more
    )


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A LINLI_HOME for all tests of a module."""
    path = Path(tempfile.mkdtemp(prefix="linli-process-", dir="/tmp"))
    yield path
    throw_away(path)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A `linli serve` of its own process, on one port."""

    def __init__(self, home: Path, *options: str, host: str = "127.0.0.1") -> None:
        self.home, self.options, self.host, self.port = home, options, host, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.output = home / ".serve.txt"

    def start(self) -> "Server":
        """Start it if it does not run."""
        if self.process is not None and self.process.poll() is None:
            return self
        where = ["--bind", f"{self.host}:{self.port}", "--workers", "1"]
        command = [sys.executable, "-m", "linli", "serve", *where, *self.options]
        with self.output.open("w") as out:
            process = subprocess.Popen(command, env=environment(self.home), stdout=out, stderr=out, cwd="/")
        assert until(lambda: process.poll() is not None or "Linli 邻里" in self.said(), 90), self.said()
        assert process.poll() is None, self.said()
        self.process = process
        return self

    def said(self) -> str:
        return self.output.read_text()

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with suppress(OSError, http.client.HTTPException), closing(connection):
            connection.request("GET", "/")
            return connection.getresponse().read() is not None
        return False

    def status(self) -> dict[str, Any]:
        return running.status(self.home)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


@pytest.fixture(scope="module")
def only_server(home) -> Iterator[Server]:
    made = Server(home)
    yield made
    made.close()


@pytest.fixture
def server(only_server) -> Server:
    """The running server of the module's home."""
    return only_server.start()
