import os
import random
import signal
import threading

import psycopg
import pytest

from linli.core.postgres import check_app_role, ensure_running
from linli.core.postgres.cluster import cluster_of
from linli.core.postgres.place import LONGEST_SOCKET_BYTES, place_of
from linli.core.postgres.waiting import until
from linli.core.problem import Problem
from tests.core.postgres.conftest import kill_postmaster, postmaster, python_as, throw_away


def one(url, query):
    with psycopg.connect(url) as connection:
        (value,) = connection.execute(query).fetchone() or (None,)
        return value


def test_starts_a_database_whose_application_role_is_bound_by_policies(cluster):
    with psycopg.connect(cluster.url("app")) as connection:
        check_app_role(connection)
    with psycopg.connect(cluster.url("owner")) as connection, pytest.raises(Problem, match="too mighty"):
        check_app_role(connection)


def test_keeps_chinese_text_and_lowers_every_script(cluster):
    assert one(cluster.url("app"), "select lower('Ä邻里') || length('邻里')") == "ä邻里2"


def test_listens_on_no_port_and_acknowledges_only_what_is_on_disk(cluster):
    settings = [one(cluster.url("app"), f"show {name}") for name in ("listen_addresses", "fsync", "synchronous_commit")]
    assert settings == ["", "on", "on"]


def test_refuses_a_wrong_password_on_the_socket(cluster):
    wrong = cluster.url("app").replace("linli_app:", "linli_app:x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_nobody_but_us_reads_home_keys_and_data(cluster):
    place, keys = cluster.place, cluster.home / "keys"
    for path in (cluster.home, keys, place.base, place.data, place.socket_folder):
        assert path.stat().st_mode & 0o067 == 0
    assert (keys / "database-app").stat().st_mode & 0o077 == 0


def test_two_first_starts_at_once_end_in_one_server(home):
    code = "from linli.core.postgres import ensure_running; from linli.core.home import home; ensure_running(home())"
    both = [python_as(code, home) for _each in range(2)]
    errors = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert cluster_of(home).answers()


def test_comes_back_each_time_it_is_killed_and_keeps_what_was_acknowledged(cluster):
    chance, acknowledged = random.Random(20220301), []
    with psycopg.connect(cluster.url("owner"), autocommit=True) as connection:
        connection.execute("create table facts (id int primary key)")
    for loop in range(6):
        with psycopg.connect(cluster.url("owner"), autocommit=True) as connection:
            for number in range(chance.randrange(1, 40)):
                connection.execute("insert into facts values (%s)", [loop * 100 + number])
                acknowledged.append(loop * 100 + number)
            kill_postmaster(cluster)
        ensure_running(cluster.home)
    with psycopg.connect(cluster.url("owner")) as connection:
        assert [row[0] for row in connection.execute("select id from facts order by id")] == acknowledged


def test_starts_although_a_killed_servers_backend_is_still_at_work(cluster):
    busy = threading.Thread(target=_count_for_ever, args=[cluster.url("app")])
    busy.start()
    counting = "select count(*) from pg_stat_activity where query like 'with recursive%' and pid <> pg_backend_pid()"
    assert until(lambda: one(cluster.superuser_url(), counting), 10)
    kill_postmaster(cluster)
    ensure_running(cluster.home)
    busy.join()
    assert cluster.answers()


def _count_for_ever(url):
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with psycopg.connect(url) as connection, pytest.raises(psycopg.OperationalError):
        connection.execute(endless)


def test_a_reused_process_number_in_stale_files_does_not_stop_the_start(cluster):
    kill_postmaster(cluster)
    assert until(lambda: not cluster.is_alive(), 10)
    for file in (cluster.place.data / "postmaster.pid", cluster.place.socket_folder / ".s.PGSQL.5432.lock"):
        file.write_text(file.read_text().replace(file.read_text().split()[0], str(os.getpid()), 1))
    ensure_running(cluster.home)
    assert postmaster(cluster) != os.getpid()


def test_waits_for_a_server_that_is_stopping_instead_of_killing_it(cluster):
    said_before = cluster.place.log.read_text().count("automatic recovery")
    os.kill(postmaster(cluster), signal.SIGINT)
    ensure_running(cluster.home)
    assert cluster.answers()
    assert cluster.place.log.read_text().count("automatic recovery") == said_before


def test_stops_at_once_and_is_gone(cluster):
    cluster.stop()
    assert not cluster.is_alive()
    assert not cluster.answers()


def test_lost_passwords_are_made_anew(cluster):
    for role in ("app", "owner"):
        (cluster.home / "keys" / f"database-{role}").unlink()
    assert ensure_running(cluster.home).answers()


def test_a_data_folder_left_half_made_is_made_again(home):
    place = place_of(home)
    place.private_folder(place.base / "data.new")
    assert ensure_running(home).answers()


def test_says_what_the_log_says_when_it_cannot_start(cluster):
    cluster.stop()
    local = cluster.place.data / "local.conf"
    cluster.place.write(local, "no_such_setting = 1\n")
    try:
        with pytest.raises(Problem, match="no_such_setting"):
            ensure_running(cluster.home)
    finally:
        local.unlink()


def test_a_home_with_a_long_name_gets_a_short_socket(home):
    long = home / ("很长的名字" * 12)
    long.mkdir(mode=0o700)
    home.chmod(0o755)
    cluster = ensure_running(long)
    try:
        assert len(os.fsencode(cluster.place.socket_folder)) < LONGEST_SOCKET_BYTES
    finally:
        throw_away(long)


def test_a_socket_folder_that_somebody_else_made_is_refused(home):
    long = home / ("n" * 120)
    long.mkdir(mode=0o700)
    place = place_of(long)
    place.socket_folder.chmod(0o777)
    try:
        with pytest.raises(Problem, match="not a private folder"):
            ensure_running(long)
    finally:
        place.socket_folder.chmod(0o700)
        throw_away(long)
