"""The web server as a child of the supervisor: Granian in WSGI mode, its workers tied to it."""

import argparse
import multiprocessing
import os
import sys
from functools import partial
from pathlib import Path

from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server import Server

from linli.core.process.child import die_with, die_with_supervisor

TARGET = "linli.web.wsgi:application"
MOST_THREADS = 80
"""Each thread keeps a connection of its own; the embedded database takes 120."""
KILL_SECONDS = 10


def main(arguments: list[str] | None = None) -> None:
    """Serve until told to stop."""
    options = _parser().parse_args(arguments)
    die_with_supervisor()
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
        os.register_at_fork(after_in_child=partial(die_with, os.getpid()))
    Server(
        options.target,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=max(2, min(8, MOST_THREADS // options.workers)),
        websockets=False,
        log_level=LogLevels.error,
        ssl_cert=options.cert,
        ssl_key=options.key,
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,
    ).serve()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--cert", type=Path)
    parser.add_argument("--key", type=Path)
    parser.add_argument("--target", default=TARGET)
    return parser


if __name__ == "__main__":
    main()
