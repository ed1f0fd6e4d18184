import json
from uuid import UUID

import pytest

from linli.core.actors import Actor, cli_actor
from linli.core.scope import scope_of
from linli.planning.drill.play import play_drill
from linli.planning.services import start_drill
from linli.registry.models import CareNeed, Household, Person, Residency
from linli.rounds.models import Arrival, Round, Specimen, Visit
from tests.conftest import BALICHA
from tests.drill.conftest import HERE, fill_register

pytestmark = pytest.mark.django_db


def drill(actor: Actor, **wishes):
    work = start_drill(actor, BALICHA, **wishes)
    return play_drill(BALICHA, work.pk)


def test_drill_closes_its_round_with_nobody_outstanding(register: None, coordinator: Actor):
    work = drill(coordinator, seed=3)
    assert work.state == "done", work.error
    report = work.result
    assert report["outstanding"] == 0
    assert report["targets"] + report["newcomers"] - report["leavers"] == sum(report["outcomes"].values())
    assert report["wait_minutes"]["max"] <= 30
