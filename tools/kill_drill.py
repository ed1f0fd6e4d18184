"""Kill server and database at seeded points of a played drill, start them again, and compare with a drill left alone.

kill_drill.py [--kills 10] [--seed 1] [--ledger FILE] [--community CODE] [--port 8970]

The default is a ledger of 783 people, a minute and a half; Balicha is
--ledger src/linli/planning/demo_data/balicha.xlsx --community 421303004001.

Everything happens in a folder of its own, which is deleted at the end. Exit 0: every fact that was acknowledged is there
once, the round closed, and the report is the one of the drill that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
LEDGER = ROOT / "tests/data/registry/huili.xlsx"
STORED = (
    "select id::text from rounds_arrival union all select id::text from rounds_specimen "
    "union all select id::text from rounds_visit"
)
PATIENCE_SECONDS = 180
LAST_LETTERS = 8000
"""How much of what the server said is shown when the drill does not end."""
VICTIMS = ("server", "database", "worker", "server and database")


@dataclass
class Instance:
    """One Linli in a home of its own."""

    home: Path
    port: int
    server: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """Return the environment of its commands."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
        return kept | {"LINLI_HOME": str(self.home)}

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of `linli ...`."""
        return [sys.executable, "-m", "linli", *arguments]

    def run(self, *arguments: str) -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(
            self.command(*arguments), env=self.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"linli {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def serve(self) -> None:
        """Start the server and wait until it says that all its processes run."""
        with (self.home / "serve.out").open("ab") as out:
            self.server = subprocess.Popen(
                self.command("serve", "--bind", f"127.0.0.1:{self.port}"),
                env=self.environment(), stdout=out, stderr=out, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        mine = self.server.pid
        wait_until(lambda: self.status().get("pid") == mine and bool(self.pid_of("drills")), "the server")

    def status(self) -> dict[str, Any]:
        """Return what the server last wrote about itself."""
        try:
            return dict(json.loads((self.home / "run/serve.json").read_text()))
        except (OSError, ValueError):
            return {}

    def pid_of(self, child: str) -> int:
        """Return the process of a child of the server, 0 when it has none."""
        return int((self.status().get(child) or {}).get("pid") or 0)

    def database_pid(self) -> int:
        """Return the process of the database server."""
        found = list(self.home.resolve().glob("postgres/**/postmaster.pid"))
        return int(found[0].read_text().split()[0]) if found else 0

    def kill(self, victim: str) -> None:
        """Kill -9, and start again what nobody else starts again."""
        pids = {
            "server": [self.status()["pid"]],
            "database": [self.database_pid()],
            "worker": [self.pid_of("drills")],
            "server and database": [self.status()["pid"], self.database_pid()],
        }[victim]
        for pid in pids:
            if pid:
                os.kill(pid, signal.SIGKILL)
        if "server" in victim:
            assert self.server is not None
            self.server.wait()
            self.serve()

    def facts(self) -> Counter[str]:
        """Return how often each fact is stored."""
        url = self.run("db", "url", "--role", "owner").strip()
        with psycopg.connect(url) as connection:
            rows = connection.execute(STORED).fetchall()
        return Counter(row[0] for row in rows)

    def work(self) -> tuple[str, dict[str, Any], Any]:
        """Return state, report and error of the latest drill."""
        url = self.run("db", "url", "--role", "owner").strip()
        with psycopg.connect(url) as connection:
            row = connection.execute("select state, result, error from core_work order by id desc limit 1").fetchone()
        assert row is not None
        return row[0], row[1], row[2]


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Look ten times a second until something holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise SystemExit(f"Waited {PATIENCE_SECONDS} s in vain for {what}.")
        time.sleep(0.1)


def lines(journal: Path) -> int:
    """Count the facts acknowledged so far."""
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def main() -> int:
    """Play one drill undisturbed and one under fire, and compare."""
    options = parse()
    with tempfile.TemporaryDirectory(prefix="linli-kill-", dir=options.scratch) as scratch:
        Path(scratch).chmod(0o711)
        home = Path(scratch) / "home"
        home.mkdir(mode=0o710)
        instance = Instance(home, options.port)
        try:
            return compare(instance, options)
        except BaseException:
            print((home / "serve.out").read_text()[-LAST_LETTERS:] if (home / "serve.out").exists() else "", flush=True)
            raise
        finally:
            if instance.server is not None:
                instance.server.terminate()
                instance.server.wait()
            subprocess.run(instance.command("stop"), env=instance.environment(), capture_output=True, check=False)
            shutil.rmtree(home, ignore_errors=True)


def compare(instance: Instance, options: argparse.Namespace) -> int:
    """Return 0 when the drill under fire ended like the other and each acknowledged fact is stored once."""
    community = options.community
    instance.run("ledger", "import", str(options.ledger), "--community", community, "--name", "演练社区")
    quiet = Path(instance.home).parent / "quiet"
    asked = ("drill", "--community", community, "--seed", str(options.seed), "--json", "--journal")
    whole = json.loads(instance.run(*asked, str(quiet)).strip().splitlines()[-1])
    print(f"undisturbed: {lines(quiet)} facts, {json.dumps(whole, ensure_ascii=False)}")
    journal = Path(instance.home).parent / "journal"
    instance.serve()
    before = instance.facts()
    drill = subprocess.Popen(
        instance.command(*asked, str(journal)), env=instance.environment(), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    fire(instance, journal, lines(quiet), options)
    answer, _nothing = drill.communicate(timeout=PATIENCE_SECONDS)
    wait_until(lambda: instance.work()[0] in ("done", "failed", "stopped"), "the end of the drill")
    return judge(instance, before, journal, whole, answer)


def fire(instance: Instance, journal: Path, total: int, options: argparse.Namespace) -> None:
    """Kill at seeded numbers of acknowledged facts."""
    chance = random.Random(options.seed)
    points = sorted(chance.sample(range(1, int(total * 0.95)), options.kills))
    for number, point in enumerate(points):
        victim = VICTIMS[number % len(VICTIMS)]
        wait_until(lambda point=point: lines(journal) >= point, f"fact {point}")  # type: ignore[misc]  # bound now
        print(f"after {lines(journal)} facts: kill -9 {victim}", flush=True)
        instance.kill(victim)


def judge(instance: Instance, before: Counter[str], journal: Path, whole: dict[str, Any], answer: str) -> int:
    """Say what differs."""
    state, result, error = instance.work()
    stored = instance.facts() - before
    acknowledged = set(journal.read_text().split())
    wrong = {
        "state": [state, error] if state != "done" else None,
        "report": result if result != whole else None,
        "answer of the command": answer if not answer or json.loads(answer) != whole else None,
        "acknowledged and not there": sorted(acknowledged - set(stored))[:3],
        "there twice": [id for id, times in stored.items() if times > 1][:3],
        "number of facts": [len(stored), len(before)] if len(stored) != len(before) else None,
    }
    found = {what: how for what, how in wrong.items() if how}
    print(f"under fire: {len(acknowledged)} acknowledged, {len(stored)} stored; wrong: {found or 'nothing'}")
    return 1 if found else 0


def parse() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ledger", type=Path, default=LEDGER)
    parser.add_argument("--community", default="340403100001")
    parser.add_argument("--port", type=int, default=8970)
    parser.add_argument("--scratch", help="folder for the instance; the system's temporary one without")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
