import os
import signal
import socket
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from linli.core.jobs import QUEUES
from linli.core.management.commands.worker import ONE_WORKER
from linli.core.postgres.cluster import cluster_of
from linli.core.postgres.waiting import until
from linli.core.problem import Problem
from linli.core.process import running, serving
from linli.core.process.listening import Address
from linli.core.process.serving import Serving, serve
from linli.core.process.supervisor import DatabaseWatch, Supervisor
from tests.core.postgres.conftest import postmaster
from tests.core.process.conftest import linli

NOW = datetime(2022, 3, 1, tzinfo=UTC)


def is_there(number):
    try:
        os.kill(number, 0)
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_command_by_itself_starts_the_database_and_stops_it_when_done(home, only_server):
    only_server.close()
    answer = linli(home, "users", "list")
    assert answer.returncode == 0, answer.stderr
    assert not cluster_of(home).is_alive()


def test_the_database_is_prepared_once(home, server):
    assert "正在准备数据库" not in linli(home, "users", "list").stderr


def test_serves_pages_shows_where_and_a_second_server_is_refused(home, server):
    assert server.answers()
    assert f"http://127.0.0.1:{server.port}" in server.said()
    second = linli(home, "serve", "--bind", "127.0.0.1:1")
    assert second.returncode == 2
    assert "已在运行" in second.stderr
    assert "already runs" in second.stderr


def test_a_command_beside_the_server_leaves_its_database_running(home, server):
    assert linli(home, "users", "list").returncode == 0
    assert cluster_of(home).answers()
    assert server.answers()


def test_what_dies_is_started_again(home, server):
    web, restarts = server.status()["web"]["pid"], server.status()["database"]["restarts"]
    os.kill(web, signal.SIGKILL)
    assert until(lambda: server.status()["web"]["pid"] not in (None, web), 30)
    assert until(server.answers, 30)
    assert not is_there(web)
    os.kill(postmaster(cluster_of(home)), signal.SIGKILL)
    assert until(lambda: server.status()["database"]["restarts"] == restarts + 1, 30), server.said()
    assert cluster_of(home).answers()


def workers_at_work(home):
    """Count the workers that have their session, and with it their lock."""
    with psycopg.connect(cluster_of(home).url("owner")) as connection:
        row = connection.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and classid = %s and granted", [ONE_WORKER]
        ).fetchone()
    return int(row[0]) if row else 0


def test_a_worker_does_not_outlive_its_session_in_the_database(home, server):
    assert until(lambda: workers_at_work(home) == len(QUEUES), 60, every_seconds=0.2), server.said()
    worker = server.status()["worker"]["pid"]
    os.kill(postmaster(cluster_of(home)), signal.SIGKILL)
    assert until(lambda: server.status()["worker"]["pid"] not in (None, worker), 60), server.said()
    assert not is_there(worker)


def test_what_could_not_be_told_when_the_database_died_is_told_later():
    answers = iter([False, False, True])

    class ThreeTimes(Supervisor):
        def _tend(self):
            return False

    def tell():
        told.append(next(answers))
        if told[-1]:
            os.kill(os.getpid(), signal.SIGTERM)
        return told[-1]

    told: list[bool] = []
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        ThreeTimes(Path(), [], DatabaseWatch(Path(), embedded=False), on_ready=tell).run()
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    assert told == [False, False, True]


def test_a_killed_supervisor_takes_its_children_along_and_the_next_start_just_works(home, server):
    assert until(lambda: server.status()["web"]["pid"], 30)
    children = [server.status()[name]["pid"] for name in ("web", "worker")]
    os.kill(postmaster(cluster_of(home)), signal.SIGKILL)
    server.process.kill()
    server.process.wait()
    assert until(lambda: not any(child and is_there(child) for child in children), 10)
    assert not running.is_running(home)
    server.start()
    assert server.answers()


def test_stop_ends_the_server_and_its_database(home, server):
    answer = linli(home, "stop")
    assert answer.returncode == 0, answer.stderr
    assert server.process.wait(30) == 0, server.said()
    assert not cluster_of(home).is_alive()
    assert not server.answers()
    assert linli(home, "stop").returncode == 0


def test_a_number_left_by_a_dead_server_is_nobody_to_stop(home, only_server):
    only_server.close()
    running.pid_file(home).write_text(f"{os.getpid()}\n")
    assert linli(home, "stop").returncode == 0


def test_refuses_a_port_that_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "PORT_SECONDS", 0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = Address("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(Problem, match="used by another program"):
            serve(Serving(tmp_path, wanted, None, (None, None), local_ca=False), NOW, bool)


@pytest.mark.parametrize(("given", "local_ca"), [((Path("c"), None), False), ((Path("c"), Path("k")), True)])
def test_refuses_options_that_do_not_go_together(tmp_path, given, local_ca):
    with pytest.raises(Problem, match=r"together|either"):
        serve(Serving(tmp_path, Address("127.0.0.1", 1), None, given, local_ca=local_ca), NOW, bool)
