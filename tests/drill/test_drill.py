import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Model

from linli.core.actors import Actor
from linli.core.scope import scope_of
from linli.places.models import Compound
from linli.planning.drill.acts import Batch
from linli.planning.drill.play import play_drill
from linli.planning.drill.report import in_order
from linli.planning.drill.work import round_id_of
from linli.planning.services import start_drill
from linli.registry.models import CareNeed, Household, Person, PersonPhone, Residency
from linli.rounds.models import Arrival, CallGroup, RefusedFact, Round, Specimen, Target, Visit
from tests.conftest import BALICHA
from tests.drill.conftest import HERE, fill_register

pytestmark = pytest.mark.django_db
FACTS = (Arrival, Specimen, Visit)


def drill(actor: Actor, **wishes: Any) -> dict[str, Any]:
    work = play_drill(BALICHA, start_drill(actor, BALICHA, **wishes).pk)
    assert work.state == "done", work.error
    return in_order(work.result)


def facts_of(round_id: Any) -> set[Any]:
    with scope_of(HERE):
        return {id for facts in FACTS for id in facts.objects.filter(round=round_id).values_list("id", flat=True)}


def test_drill_closes_its_round_with_nobody_outstanding(register: None, coordinator: Actor):
    report = drill(coordinator, seed=3)
    assert report["outstanding"] == 0
    assert report["targets"] + report["newcomers"] - report["leavers"] == sum(report["outcomes"].values())
    assert report["wait_minutes"]["max"] <= 30
    assert report["home_sampled"] > 0
    assert report["outcomes"]["away"] > 0
    with scope_of(HERE):
        round = Round.objects.get(is_drill=True)
        assert round.state == Round.State.CLOSED
        assert not RefusedFact.objects.exists()


def test_a_drill_leaves_the_register_as_it_was(register: None, coordinator: Actor):
    models: tuple[type[Model], ...] = (Person, PersonPhone, Residency, Household, CareNeed)
    with scope_of(HERE):
        before = [sorted(model._default_manager.values_list(), key=str) for model in models]
    report = drill(coordinator, seed=4)
    assert report["newcomers"] > 0
    with scope_of(HERE):
        assert [sorted(model._default_manager.values_list(), key=str) for model in models] == before
        assert Target.objects.filter(person=None).count() == report["newcomers"]


def test_the_same_seed_gives_the_same_report_and_past_drills_are_kept(register: None, coordinator: Actor):
    first = drill(coordinator, seed=7)
    assert drill(coordinator, seed=7) == first
    assert drill(coordinator, seed=8) | {"seed": 7} != first
    with scope_of(HERE):
        assert Round.objects.filter(is_drill=True, state=Round.State.CLOSED).count() == 3


def test_the_same_seed_gives_the_same_report_in_another_database(db: None, coordinator: Actor):
    reports = []
    for shuffled_with in (1, 2):
        fill_register(24, shuffled_with=shuffled_with)
        reports.append(json.dumps(drill(coordinator, seed=11)))
        empty_the_register()
    assert reports[0] == reports[1]


def empty_the_register() -> None:
    with scope_of(HERE):
        Residency.objects.filter(until=None).update(until="2020-01-01")
        for number, compound in enumerate(Compound.objects.all()):
            compound.name = f"从前{number}"
            compound.save()


class CutOff(BaseException):
    """Stands for a kill: nothing after the last commit is left."""


@pytest.mark.parametrize("batches", [4, 5, 6])
def test_a_drill_cut_off_is_taken_up_and_ends_as_if_it_had_not_been(
    register: None, coordinator: Actor, tmp_path: Path, batches: int
):
    whole = drill(coordinator, seed=9)
    journal = tmp_path / "journal"
    left = batches

    def cut_off(_batch: Batch) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise CutOff

    work = start_drill(coordinator, BALICHA, seed=9, journal=str(journal))
    with pytest.raises(CutOff):
        play_drill(BALICHA, work.pk, after_batch=cut_off)
    again = start_drill(coordinator, BALICHA, seed=9, journal=str(journal))
    assert again.pk == work.pk
    played = play_drill(BALICHA, again.pk)
    assert in_order(played.result) == whole
    acknowledged = journal.read_text().split()
    assert len(acknowledged) > len(set(acknowledged)), "the last batch before the end was sent twice"
    assert {str(id) for id in facts_of(round_id_of(work))} == set(acknowledged)


def test_without_a_plan_people_queue_at_the_same_desks(db: None, coordinator: Actor):
    fill_register(160)
    planned, free = drill(coordinator, seed=2), drill(coordinator, seed=2, planned=False)
    assert [free[name] for name in ("sites", "desks", "targets")] == [planned[n] for n in ("sites", "desks", "targets")]
    assert free["wait_minutes"]["p95"] > 2 * planned["wait_minutes"]["p95"]
    assert free["outstanding"] == 0
    with scope_of(HERE):
        assert CallGroup.objects.values("round").distinct().count() == 1


def test_command_prints_one_object_with_the_figures_asked_for(register: None, capsys: pytest.CaptureFixture[str]):
    call_command("drill", community=str(BALICHA), seed=4, json=True)
    report = json.loads(capsys.readouterr().out)
    assert list(report)[:12] == [
        "targets", "newcomers", "leavers", "outcomes", "outstanding", "sites", "desks", "desk_hours", "utilisation",
        "wait_minutes", "hours", "seed",
    ]  # fmt: skip
    assert report["seed"] == 4


def test_command_prints_a_table_in_both_languages(register: None, capsys: pytest.CaptureFixture[str]):
    call_command("drill", community=str(BALICHA))
    printed = capsys.readouterr().out
    assert "演练" in printed
    assert "no live effect" in printed
