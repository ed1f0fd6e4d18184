"""The launcher as root, and as an ordinary user (a second one too, when root runs the tests)."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from linli.core.postgres import ensure_running
from linli.core.postgres.cluster import cluster_of
from tests.core.postgres.conftest import postmaster, python_as, throw_away

NOBODY = 65534
MINE = {"python": sys.executable}
START = """
from linli.core.home import home
from linli.core.postgres import ensure_running
cluster = ensure_running(home())
assert cluster.answers()
cluster.stop()
assert not cluster.is_alive()
"""


def runs_as_nobody(python):
    """Whether a user without rights can run this Python and read this checkout: not when it lies in root's own folder."""
    code = f"import sys; assert sys.version_info[:2] == {sys.version_info[:2]!r}; import linli.core.postgres"
    try:
        process = python_as(code, Path("/nonexistent"), python=python, user=NOBODY, group=NOBODY, extra_groups=[])
    except OSError:
        return False
    process.communicate(timeout=60)
    return process.returncode == 0


def identities():
    pythons = [
        python for python in (sys.executable, "/usr/bin/python3") if os.geteuid() == 0 and runs_as_nobody(python)
    ]
    return [MINE, *({"python": python, "user": NOBODY, "group": NOBODY, "extra_groups": []} for python in pythons[:1])]


@pytest.mark.parametrize("who", identities(), ids=lambda who: str(who.get("user", "me")))
def test_starts_and_stops_for_whoever_runs_it(who):
    parent = Path(tempfile.mkdtemp(prefix="linli-user-", dir="/tmp"))
    parent.chmod(0o755)
    os.chown(parent, who.get("user", -1), who.get("group", -1))
    try:
        process = python_as(START, parent / "home", **who)
        _out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    finally:
        shutil.rmtree(parent)


def test_the_server_runs_as_an_ordinary_user_and_its_log_is_its_own(cluster):
    runs_as = Path(f"/proc/{postmaster(cluster)}").stat().st_uid
    assert runs_as != 0
    assert cluster.place.log.stat().st_uid == runs_as


def test_works_in_a_home_that_only_its_owner_can_reach():
    closed = Path(tempfile.mkdtemp(prefix="linli-closed-", dir="/tmp"))
    home = closed / "home"
    home.mkdir()
    try:
        assert closed.stat().st_mode & 0o077 == 0
        assert ensure_running(home).answers()
        assert (home / "postgres").resolve() == cluster_of(home).place.base.resolve()
    finally:
        throw_away(home)
        shutil.rmtree(closed)
