import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.core.postgres.cluster import Cluster, cluster_of, ensure_running

ROOT = Path(__file__).parents[3]


@pytest.fixture
def home() -> Iterator[Path]:
    """A LINLI_HOME of its own; whatever runs in it is stopped afterwards."""
    path = Path(tempfile.mkdtemp(prefix="linli-home-", dir="/tmp"))
    yield path
    throw_away(path)


@pytest.fixture(scope="module")
def lived_in() -> Iterator[Path]:
    """A LINLI_HOME for all tests of a module: each finds a database that starts, in whatever state."""
    path = Path(tempfile.mkdtemp(prefix="linli-lived-in-", dir="/tmp"))
    yield path
    throw_away(path)


@pytest.fixture
def cluster(lived_in) -> Cluster:
    """The running server of the lived-in home."""
    return ensure_running(lived_in)


def throw_away(path: Path) -> None:
    cluster = cluster_of(path)
    cluster.stop()
    shutil.rmtree(cluster.place.base, ignore_errors=True)
    shutil.rmtree(cluster.place.socket_folder, ignore_errors=True)
    shutil.rmtree(path, ignore_errors=True)


def python_as(code: str, home: Path, **more: Any) -> subprocess.Popen[str]:
    """Run Python lines in another process (of another user, if told) with Linli importable."""
    paths = [str(ROOT / "src"), *(path for path in sys.path if path.endswith("site-packages"))]
    env = {"LINLI_HOME": str(home), "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}
    python = more.pop("python", sys.executable)
    pipe, env = subprocess.PIPE, env | {"PATH": os.defpath}
    return subprocess.Popen([python, "-c", code], env=env, cwd="/", stdout=pipe, stderr=pipe, text=True, **more)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.place.data / "postmaster.pid").read_text().split()[0])


def kill_postmaster(cluster: Cluster) -> None:
    os.kill(postmaster(cluster), signal.SIGKILL)
