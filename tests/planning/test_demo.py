import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from linli.core import accounts
from linli.core.actors import operator_actor
from linli.core.models import User
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.selectors import grid_coverage
from linli.planning import demo
from linli.rounds.models import Round
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
    assert len(said) == 4
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


def test_the_shipped_ledger_is_there_with_its_source():
    assert demo.LEDGER.is_file()
    assert "invented" in (demo.LEDGER.parent / "SOURCES.txt").read_text()
