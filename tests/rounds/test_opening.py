from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.core import locks
from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.orders.selectors import NoRulePack, rule_pack_named
from linli.registry.models import Person
from linli.rounds.errors import FrozenAhead, NobodyInScope, RoundAlreadyOpen, RoundTimesWrong, UnknownCompound
from linli.rounds.models import Round, Statement, Target
from linli.rounds.partitions import UPLOADS_UNTIL, days_between, missing_partitions
from linli.rounds.selectors import reconciliation
from linli.rounds.services import close_round
from linli.rounds.tasks import prepare_days, prepare_days_ahead
from tests.conftest import BALICHA, NEIGHBOUR
from tests.places.answers import answers
from tests.rounds.conftest import HERE, HERE_NOW, PEOPLE, T0, Village, at, make_day, opened


def test_everybody_in_the_register_becomes_a_target(village: Village, coordinator: Actor):
    round = opened(coordinator)
    with scope_of(HERE):
        assert set(Target.objects.filter(round=round).values_list("name", flat=True)) == set(PEOPLE)


def test_those_away_by_the_ledger_end_as_away_with_the_ledger_as_evidence(village: Village, coordinator: Actor):
    round = opened(coordinator)
    with scope_of(HERE):
        settled = {target.name: target for target in Target.objects.filter(round=round).exclude(outcome=None)}
        assert {name: target.outcome_reason for name, target in settled.items()} == {
            "钱五": "away_by_ledger",
            "周七": "registered_only",
        }
        for target in settled.values():
            statement = Statement.objects.get(target=target)
            assert (target.outcome, target.evidence, target.evidence_id) == ("away", "ledger", statement.pk)
            assert (target.outcome_at, statement.at) == (T0, T0)


def test_the_dead_are_no_targets(village: Village, coordinator: Actor):
    with scope_of(HERE):
        Person.objects.filter(name="李一").update(died_on=T0.date())
    assert reconciliation(coordinator, opened(coordinator).pk).frozen == 7


def test_somebody_entered_without_a_dwelling_is_not_left_out(village: Village, coordinator: Actor):
    with scope_of(HERE):
        Person.objects.create(community=BALICHA, name="过客")
    assert reconciliation(coordinator, opened(coordinator).pk).frozen == 9


def test_round_of_one_compound_reaches_its_people_only(village: Village, coordinator: Actor):
    round = opened(coordinator, compounds=(village.compounds["金域"].pk,))
    with scope_of(HERE):
        assert set(Target.objects.filter(round=round).values_list("name", flat=True)) == {"孙六", "周七", "吴八"}
        assert round.buildings.count() == 1


def test_opening_the_same_round_twice_opens_it_once(village: Village, coordinator: Actor):
    first = opened(coordinator)
    assert opened(coordinator, id=first.pk).pk == first.pk
    with scope_of(HERE):
        assert Round.objects.count() == 1
        assert AuditEntry.objects.filter(action="open_round").count() == 1


def test_refuses_a_second_live_round_for_the_same_people_and_names_the_first(village: Village, coordinator: Actor):
    opened(coordinator)
    with pytest.raises(RoundAlreadyOpen) as error:
        opened(coordinator, name="第二轮")
    assert error.value.as_dict() == {
        "code": "round_already_open",
        "message_zh": "“第一轮”正在进行，范围相同。请继续这一轮，或先结束它。",
        "message_en": "The round “第一轮” is open and reaches the same people. Go on with it, or close it first.",
    }
    with scope_of(HERE):
        assert Round.objects.count() == 1


def test_round_of_another_scope_or_kind_and_drills_open_beside_it(village: Village, coordinator: Actor):
    pearl, gold = (village.compounds[name].pk for name in ("明珠", "金域"))
    scopes: list[dict[str, object]] = [{}, {"compounds": (pearl,)}, {"compounds": (gold, pearl)}]
    others: list[dict[str, object]] = [{"kind": "screening"}, {"is_drill": True}, {"is_drill": True}]
    for asked in scopes + others:
        opened(coordinator, **asked)
    with pytest.raises(RoundAlreadyOpen):
        opened(coordinator, compounds=(pearl, gold))
    assert opened(coordinator, another=True).state == "open"


def test_round_for_the_same_people_opens_once_the_first_is_closed(village: Village, coordinator: Actor):
    day = make_day(village, coordinator)
    day.finish(*HERE_NOW)
    close_round(coordinator, day.round.pk)
    assert opened(coordinator).state == "open"


def test_one_round_is_opened_at_a_time_in_a_community(village: Village, coordinator: Actor, monkeypatch):
    held: list[tuple[object, ...]] = []
    monkeypatch.setattr(locks, "hold", lambda *names: held.append((*names, Round.objects.count())))
    opened(coordinator)
    assert held[0] == ("opening", BALICHA, 0)


def test_id_of_a_round_elsewhere_is_no_way_to_learn_of_it(village: Village, coordinator: Actor):
    first = opened(coordinator)
    with transaction.atomic():
        with scope_of(((NEIGHBOUR, NEIGHBOUR + 1),)):
            elsewhere = Round.objects.create(
                community=NEIGHBOUR, name="邻", rule_pack=first.rule_pack, t0=T0, ordered_at=T0, deadline=at(9)
            )
        with pytest.raises(NotFound):
            opened(coordinator, id=elsewhere.pk, another=True)
        transaction.set_rollback(True)


def test_refuses_round_without_anybody_to_reach(db: None, coordinator: Actor):
    with pytest.raises(NobodyInScope):
        opened(coordinator)
    with scope_of(HERE):
        assert not Round.objects.exists()


def test_refuses_compound_of_nobody_knows_where(village: Village, coordinator: Actor):
    with pytest.raises(UnknownCompound):
        opened(coordinator, compounds=(village.buildings["金域 1"].pk,))


@pytest.mark.parametrize("wrong", [{"deadline": T0}, {"ordered_at": at(1)}])
def test_refuses_times_that_do_not_follow_each_other(village: Village, coordinator: Actor, wrong: dict[str, object]):
    with pytest.raises(RoundTimesWrong):
        opened(coordinator, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"deadline": at(14 * 24) + timedelta(seconds=1)},
        {"deadline": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)},
        {"ordered_at": T0 - timedelta(days=14, seconds=1)},
        {"ordered_at": datetime(1, 1, 1, tzinfo=UTC)},
    ],
)
def test_refuses_a_round_that_lasts_longer_than_any_round(
    village: Village, coordinator: Actor, wrong: dict[str, object]
):
    with answers("round_too_long"):
        opened(coordinator, **wrong)
    longest = opened(coordinator, deadline=at(14 * 24), ordered_at=T0 - timedelta(days=14))
    assert longest.deadline == at(14 * 24)


def test_opening_makes_no_table_and_asks_for_those_that_are_missing(village: Village, coordinator: Actor):
    days = days_between(at(-1), at(24) + UPLOADS_UNTIL)
    opened(coordinator)
    assert {day for _facts, day in missing_partitions(days)} == set(days)
    (job,) = ProcrastinateJob.objects.filter(task_name="rounds.prepare_days")
    prepare_days(**job.args)
    assert missing_partitions(days) == []
    opened(coordinator, another=True)
    assert ProcrastinateJob.objects.filter(task_name="rounds.prepare_days").count() == 1


def test_days_of_every_round_that_can_be_opened_are_prepared_ahead(village: Village, coordinator: Actor):
    prepare_days_ahead(timestamp=0)
    opened(coordinator, t0=at(8), deadline=at(8) + timedelta(days=14))
    assert not ProcrastinateJob.objects.filter(task_name="rounds.prepare_days").exists()


def test_refuses_to_freeze_a_live_round_in_the_future(village: Village, coordinator: Actor):
    with pytest.raises(FrozenAhead):
        opened(coordinator, t0=at(9), ordered_at=at(9))
    assert opened(coordinator, t0=at(9), ordered_at=at(9), is_drill=True).is_drill


def test_live_round_runs_by_rules_in_force_only(village: Village, coordinator: Actor):
    expired = rule_pack_named(coordinator, "covid-2022-regional").pk
    assert str(opened(coordinator).rule_pack) == "community-testing 1"
    with pytest.raises(NoRulePack):
        opened(coordinator, rule_pack=expired)
    assert opened(coordinator, rule_pack=expired, is_drill=True).rule_pack_id == expired


def test_refuses_to_open_without_the_right(village: Village, desk_clerk: Actor, stranger: Actor, nobody: Actor):
    with pytest.raises(Refused):
        opened(desk_clerk)
    with pytest.raises(NotFound):
        opened(stranger)
    with pytest.raises(Refused):
        opened(nobody)


def test_ids_of_targets_follow_from_round_and_person(village: Village, coordinator: Actor):
    round = opened(coordinator)
    with scope_of(HERE):
        ids = [target.pk for target in Target.objects.filter(round=round)]
    assert len(set(ids)) == 8
    assert all(id.version == 7 for id in ids)
    assert round.deadline - round.t0 == timedelta(hours=24)
