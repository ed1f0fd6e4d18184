import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from linli.core import accounts
from linli.core.actors import operator_actor

pytestmark = pytest.mark.django_db
TRIES = 5


def tried(client: Client) -> str:
    return client.post("/account/login/", {"login": "somebody", "password": "wrong"}).content.decode()


def kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from core_cache where cache_key like '%%login_failed%%'")
        return int(cursor.fetchone()[0])


def test_failed_sign_ins_are_counted_where_every_process_sees_them(client: Client):
    accounts.add_user(operator_actor(), "somebody", password="a password of ten")
    first = [tried(client) for _try in range(TRIES)]
    assert kept()
    assert tried(Client()) not in first
    assert "登录失败次数过多" in tried(Client())


def test_what_the_application_keeps_for_all_processes_can_be_forgotten():
    cache.set("word", "kept", 60)
    assert cache.get("word") == "kept"
    cache.delete("word")
    assert cache.get("word") is None
