from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import Error, connection, transaction
from psycopg.errors import InsufficientPrivilege

from linli.core.actors import Actor
from linli.core.bulk import WORTH_ANALYSING, copy_rows
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Compound
from tests.conftest import BALICHA, FAR_AWAY

pytestmark = pytest.mark.django_db


def compounds(count: int, community: int = BALICHA) -> list[Compound]:
    return [Compound(community=community, name=f"明珠华府 {number}") for number in range(count)]


def test_loads_rows_that_read_back_equal(coordinator: Actor):
    rows = compounds(3)
    with scoped(coordinator, Right.PLACES_WRITE):
        assert copy_rows(Compound, rows) == 3
        assert {(row.pk, row.name) for row in Compound.objects.all()} == {(row.pk, row.name) for row in rows}


def test_refuses_a_row_of_another_community_and_loads_nothing(coordinator: Actor):
    with scoped(coordinator, Right.PLACES_WRITE):
        with pytest.raises(InsufficientPrivilege, match="row-level security"), transaction.atomic():
            copy_rows(Compound, [*compounds(2), *compounds(1, FAR_AWAY)])
        assert not Compound.objects.exists()


def test_refreshes_statistics_after_a_large_load(
    coordinator: Actor, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]]
):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, scoped(coordinator, Right.PLACES_WRITE):
        copy_rows(Compound, compounds(WORTH_ANALYSING))
    assert len(callbacks) == 1


def test_application_analyses_our_tables_only():
    with pytest.raises(Error, match="not a table of Linli"), connection.cursor() as cursor:
        cursor.execute("select linli_analyze('core_user')")
