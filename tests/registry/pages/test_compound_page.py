"""The file of a compound: one page with its buildings, people, needs, gates and venues."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core.actors import Actor
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Compound, Gate, Grid, GridPart, Venue
from linli.registry.models import LedgerImport
from linli.registry.selectors.compound_file import compound_file
from linli.registry.services.people import PersonWords, edit_person
from tests.conftest import BALICHA
from tests.registry.office import person_named
from tests.registry.pages.conftest import Sign, text_of

pytestmark = pytest.mark.django_db
HERE = ((BALICHA, BALICHA + 1),)


@pytest.fixture
def compound(taken_in: Callable[..., LedgerImport]) -> Compound:
    taken_in()
    with scope_of(HERE):
        found: Compound = Compound.objects.get(name="明珠华府")
    return found


def test_file_says_who_lives_where_and_who_needs_help(office: Client, compound: Compound):
    with scope_of(HERE):
        Gate.objects.create(community=BALICHA, compound=compound, name="北门")
        Venue.objects.create(community=BALICHA, compound=compound, name="中心花园", desks_at_most=4)
        grid = Grid.objects.create(community=BALICHA, number=1, name="第一网格")
        GridPart.objects.create(community=BALICHA, grid=grid, building=compound.buildings.order_by("name")[0])
    text = text_of(office.get(f"/compounds/{compound.pk}/"))
    for word in ("李娜", "孕妇", "139****0002", "北门", "开放", "中心花园", "最多 4 张采样台", "第一网格", "1-1-101"):
        assert word in text, word
    assert "张伟" not in text
    assert "13900000002" not in text


def test_file_counts_everybody_behind_its_doors_once(coordinator: Actor, compound: Compound):
    file = compound_file(coordinator, compound.pk)
    assert file.people.all == sum(building.people for building in file.buildings) == 5
    assert (file.dwellings, file.vacant) == (sum(one.dwellings for one in file.buildings), 1)
    assert file.people.with_needs == len(file.in_need)


def test_file_takes_as_many_queries_for_more_people(office: Client, coordinator: Actor, compound: Compound):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.get(f"/compounds/{compound.pk}/").status_code == 200
        return len(seen)

    few = queries()
    edit_person(coordinator, person_named("张伟").pk, PersonWords(care_needs=("透析", "独居老人")))
    edit_person(coordinator, person_named("王芳").pk, PersonWords(care_needs=("透析",)))
    assert queries() == few


def test_only_who_may_see_people_sees_the_file(signed_in: Sign, compound: Compound):
    assert signed_in(Role.GATE_KEEPER).get(f"/compounds/{compound.pk}/").status_code == 403
