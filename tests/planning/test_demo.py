import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from linli.core import accounts
from linli.core.actors import operator_actor
from linli.core.home import home_path, use_demo_home
from linli.core.models import User
from linli.core.problem import Problem
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.selectors import grid_coverage
from linli.planning import demo
from linli.rounds.models import Round
from linli.web.settings import serves_this_machine_only
from tests.conftest import holder
from tests.drill.conftest import HERE

pytestmark = pytest.mark.django_db
SMALL_LEDGER = Path(__file__).parents[1] / "data/registry/fangcao.csv"


@pytest.fixture
def accounts_file(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(demo, "LEDGER", SMALL_LEDGER)
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "demo-accounts.json"
    return tmp_path / "demo-accounts.json"


def test_demo_has_people_grids_a_planned_round_and_an_account_for_each_role(accounts_file: Path, client: Client):
    said: list[str] = []
    demo.prepare_demo(lambda zh, en: said.append(f"{zh} {en}"))
    assert len(said) == 5
    made = json.loads(accounts_file.read_text())
    assert {account["role"] for account in made} == {str(role) for *_who, role, _where in demo.PEOPLE}
    assert all(client.login(username=account["username"], password=account["password"]) for account in made)
    assert accounts_file.stat().st_mode & 0o777 == 0o600
    assert grid_coverage(holder(Role.COORDINATOR, demo.BALICHA), demo.BALICHA).is_complete
    with scope_of(HERE):
        round = Round.objects.get()
        assert not round.is_drill
        assert round.sites.exists()
        assert round.call_groups.exists()


def test_demo_started_again_does_only_what_is_missing(accounts_file: Path):
    demo.prepare_demo(lambda zh, en: None)
    before = accounts_file.read_bytes()
    User.objects.filter(username="desk").delete()
    said: list[str] = []
    demo.prepare_demo(lambda zh, en: said.append(en))
    demo.prepare_demo(lambda zh, en: said.append(en))
    assert said == ["Made 1 demo accounts; the sign-in page shows them"]
    assert accounts_file.read_bytes() == before
    assert User.objects.count() == len(demo.PEOPLE)


def test_refuses_to_become_the_demo_where_somebody_works(accounts_file: Path):
    accounts.add_user(operator_actor(), "somebody")
    with pytest.raises(demo.InUse) as refusal:
        demo.prepare_demo(lambda zh, en: None)
    assert "演示" in refusal.value.in_language("zh-hans")
    assert not accounts_file.exists()


@pytest.mark.parametrize("is_shown", [True, False])
def test_accounts_are_shown_where_only_this_machine_is_served(
    accounts_file: Path, settings: Any, client: Client, is_shown: bool
):
    settings.DEMO_ACCOUNTS_SHOWN = is_shown
    account = {"name": "钱管理", "role": "administrator", "username": "admin", "password": "a secret of the demo"}
    accounts_file.write_text(json.dumps([account]))
    page = client.get(reverse("account_login")).content.decode()
    assert ("a secret of the demo" in page) == is_shown


@pytest.mark.parametrize(
    ("bind", "proxy", "is_shown"),
    [("127.0.0.1:8000", "", True), ("::1:8000", "", True), ("0.0.0.0:8000", "", False), ("", "", False),
     ("192.168.1.20:8000", "", False), ("127.0.0.1:8000", "1", False)],
)  # fmt: skip
def test_only_a_server_for_this_machine_shows_accounts(
    monkeypatch: pytest.MonkeyPatch, bind: str, proxy: str, is_shown: bool
):
    monkeypatch.setattr("linli.web.settings.LINLI_BIND", bind)
    monkeypatch.setenv("LINLI_PROXY", proxy)
    assert serves_this_machine_only() == is_shown


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_the_demo_is_not_served_to_the_network(accounts_file: Path, command: str):
    accounts_file.write_text("[]")
    with pytest.raises(Problem) as refused:
        call_command(command, bind="0.0.0.0:8000")
    assert refused.value.error_code == "demo_on_network"


def test_the_demo_has_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("LINLI_HOME")
    usual = home_path()
    use_demo_home()
    assert home_path() == usual.with_name(f"{usual.name}-demo")
    monkeypatch.setenv("LINLI_HOME", "/a/folder/that/was/named")
    use_demo_home()
    assert home_path() == Path("/a/folder/that/was/named")


def test_the_shipped_ledger_is_there_with_its_source():
    assert demo.LEDGER.is_file()
    assert "invented" in (demo.LEDGER.parent / "SOURCES.txt").read_text()
