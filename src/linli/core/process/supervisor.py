"""`linli serve`: start the web server, the jobs worker and the embedded database, and restart what dies."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psycopg

from linli.core.postgres import ensure_running
from linli.core.problem import Problem
from linli.core.process.child import PARENT
from linli.core.process.database import APP_URL, OWNER_URL
from linli.core.process.running import write_status

TICK_SECONDS = 0.25
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
END_SECONDS = 15.0


@dataclass
class Child:
    """A process that is started again when it ends; each time sooner dead than steady doubles the pause."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    _pause_seconds: float = FIRST_PAUSE_SECONDS
    _started_at: float = 0.0
    _start_after: float = 0.0

    def tend(self) -> bool:
        """Start the process if it is not there and its pause is over; tell whether anything changed."""
        now = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return False
            self._rest(now)
        elif now >= self._start_after:
            self._start(now)
        else:
            return False
        return True

    def end(self) -> None:
        """Ask the process to stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait for the process to stop, and kill it when it has not by then."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start(self, now: float) -> None:
        self.process = subprocess.Popen(
            self.command, env=_child_environment(), stdin=subprocess.DEVNULL, start_new_session=True
        )
        self._started_at = now

    def _rest(self, now: float) -> None:
        assert self.process is not None
        steady = now - self._started_at >= STEADY_SECONDS
        pause_seconds = FIRST_PAUSE_SECONDS if steady else self._pause_seconds
        say(f"{self.name}: exit {self.process.returncode}; restart in {pause_seconds:g} s")
        self.process, self.restarts = None, self.restarts + 1
        self._start_after = now + pause_seconds
        self._pause_seconds = min(pause_seconds * 2, LONGEST_PAUSE_SECONDS)


@dataclass
class DatabaseWatch:
    """One connection that breaks the moment the database dies; then the embedded one is started again."""

    home: Path
    embedded: bool
    connection: psycopg.Connection | None = None
    restarts: int = -1

    def tend(self) -> bool:
        """Ask the database for an answer; tell whether it had to be brought back."""
        try:
            if self.connection is not None:
                self.connection.execute("select 1")
                return False
            if self.embedded:
                ensure_running(self.home)
            self.connection = psycopg.connect(os.environ[APP_URL], autocommit=True, connect_timeout=10)
        except (psycopg.Error, Problem) as error:
            self.connection = None
            say(f"database: {str(error).strip().splitlines()[0]}")
            return False
        self.restarts += 1
        return True


@dataclass
class Supervisor:
    """Tends its children until it is told to stop."""

    home: Path
    children: list[Child]
    database: DatabaseWatch
    facts: dict[str, object] = field(default_factory=dict)
    on_ready: Callable[[], bool] = lambda: True
    is_ready: Callable[[], bool] = lambda: True
    _told: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Start everything, call `on_ready` once the pages answer, return after SIGTERM or SIGINT.

        `on_ready` returns False when it could not be done now (the database just died); it is called again then.
        """
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, self._stop)
        ready = False
        try:
            while not self._told.is_set():
                if self._tend():
                    self._write_status()
                if not ready and self.is_ready():
                    ready = self.on_ready()
                self._told.wait(TICK_SECONDS)
        finally:
            self._end()

    def _tend(self) -> bool:
        return any([self.database.tend(), *(child.tend() for child in self.children)])

    def _end(self) -> None:
        for child in self.children:
            child.end()
        deadline = time.monotonic() + END_SECONDS
        for child in self.children:
            child.wait(deadline)
        if self.database.connection is not None:
            self.database.connection.close()

    def _write_status(self) -> None:
        children = {
            child.name: {"pid": child.process.pid if child.process else None, "restarts": child.restarts}
            for child in self.children
        }
        write_status(
            self.home, {"pid": os.getpid(), **self.facts, **children, "database": {"restarts": self.database.restarts}}
        )

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._told.set()


def _child_environment() -> dict[str, str]:
    """Return our environment without the addresses that row-level security does not bind."""
    kept = {name: value for name, value in os.environ.items() if name not in (OWNER_URL, "LINLI_DATABASE_URL")}
    return kept | {PARENT: str(os.getpid())}


def web_command(host: str, port: int, workers: int, certificate: tuple[Path, Path] | None) -> list[str]:
    """Return the command of the web server's process."""
    secure = ["--cert", str(certificate[0]), "--key", str(certificate[1])] if certificate else []
    where = ["--host", host, "--port", str(port), "--workers", str(workers)]
    return [sys.executable, "-m", "linli.core.process.web_server", *where, *secure]


def first_visit_command(host: str, port: int) -> list[str]:
    """Return the command of the process that hands phones the authority's certificate without HTTPS."""
    return [*web_command(host, port, 1, None), "--target", "linli.web.first_visit.wsgi:application"]


def worker_command(queue: str) -> list[str]:
    """Return the command of the process that works off a queue of jobs."""
    return [sys.executable, "-m", "linli", "worker", "--queue", queue]


def say(line: str) -> None:
    """Write a line where the operator looks."""
    print(f"linli: {line}", file=sys.stderr, flush=True)  # noqa: T201
