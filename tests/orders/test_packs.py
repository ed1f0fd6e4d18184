import json
from datetime import date

import pytest
from django.core.management import call_command

from linli.core.actors import Actor, operator_actor
from linli.core.errors import NotFound, Refused
from linli.core.models import AuditEntry
from linli.core.scope import installation_scope
from linli.orders.models import RulePack
from linli.orders.selectors import NoRulePack, rule_pack_in_force, rule_pack_named, rule_packs
from linli.orders.services import RulePackChanged, load_shipped_packs

pytestmark = pytest.mark.django_db


def test_shipped_packs_are_there_after_migration(coordinator: Actor):
    assert {str(pack) for pack in rule_packs(coordinator)} == {"covid-2022-regional 1", "community-testing 1"}


def test_loading_again_changes_and_records_nothing():
    before = list(RulePack.objects.values())
    with installation_scope():
        entries = AuditEntry.objects.count()
    assert load_shipped_packs(operator_actor()) == ()
    assert list(RulePack.objects.values()) == before
    with installation_scope():
        assert AuditEntry.objects.count() == entries


def test_loading_restores_a_pack_that_is_missing_and_records_it():
    with installation_scope():
        RulePack.objects.filter(code="community-testing").delete()
    assert [pack.code for pack in load_shipped_packs(operator_actor())] == ["community-testing"]
    with installation_scope():
        assert AuditEntry.objects.filter(action="load_shipped_packs").exists()


def test_refuses_to_load_over_a_version_that_was_edited():
    RulePack.objects.filter(code="community-testing").update(rules={})
    with pytest.raises(RulePackChanged):
        load_shipped_packs(operator_actor())


def test_refuses_to_load_for_who_is_no_administrator(coordinator: Actor):
    with pytest.raises(Refused):
        load_shipped_packs(coordinator)


def test_finds_the_pack_of_the_day(coordinator: Actor):
    assert rule_pack_in_force(coordinator, date(2022, 4, 2)).code == "covid-2022-regional"
    assert rule_pack_in_force(coordinator, date(2023, 1, 8)).code == "community-testing"
    with pytest.raises(NoRulePack):
        rule_pack_in_force(coordinator, date(2019, 1, 1))
    with pytest.raises(NoRulePack):
        rule_pack_in_force(coordinator, date(2024, 1, 1), code="covid-2022-regional")


def test_finds_an_ended_pack_by_name(coordinator: Actor):
    assert rule_pack_named(coordinator, "covid-2022-regional").reading().pool_size == 10
    with pytest.raises(NotFound):
        rule_pack_named(coordinator, "covid-2022-regional", version=9)


def test_command_prints_the_packs_as_json(capsys: pytest.CaptureFixture[str]):
    call_command("rule_packs", "--shipped", "--json")
    printed = json.loads(capsys.readouterr().out)
    assert {pack["code"] for pack in printed} == {"covid-2022-regional", "community-testing"}
