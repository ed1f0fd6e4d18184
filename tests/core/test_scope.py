import pytest
from django.db import connection

from linli.core.actors import Actor
from linli.core.errors import OutsideScope, Refused
from linli.core.rights import Right
from linli.core.scope import scope_of, scoped
from linli.places.models import Compound
from tests.conftest import BALICHA, FAR_AWAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def compounds() -> None:
    with scope_of(((0, 10**12),)):
        Compound.objects.create(community=BALICHA, name="明珠华府")
        Compound.objects.create(community=FAR_AWAY, name="芳草苑")


def test_refuses_query_outside_scope() -> None:
    with pytest.raises(OutsideScope):
        Compound.objects.count()


def test_shows_own_community_only(compounds: None, coordinator: Actor, stranger: Actor) -> None:
    with scoped(coordinator, Right.PLACES_READ):
        assert [compound.name for compound in Compound.objects.all()] == ["明珠华府"]
    with scoped(stranger, Right.PLACES_READ):
        assert [compound.name for compound in Compound.objects.all()] == ["芳草苑"]


def test_district_sees_its_communities(compounds: None, command_post: Actor) -> None:
    with scoped(command_post, Right.PLACES_READ):
        assert Compound.objects.count() == 1


def test_refuses_actor_without_the_right(compounds: None, nobody: Actor) -> None:
    with pytest.raises(Refused), scoped(nobody, Right.PLACES_READ):
        pass


def rows_seen_by_plain_sql() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from places_compound")
        return int(cursor.fetchone()[0])


def test_database_shows_nothing_without_scope_after_somebody_had_one(compounds: None) -> None:
    assert rows_seen_by_plain_sql() == 0
    with scope_of(((BALICHA, BALICHA + 1),)):
        assert rows_seen_by_plain_sql() == 1
    assert rows_seen_by_plain_sql() == 0


def test_inner_scope_gives_back_the_outer_one(compounds: None) -> None:
    with scope_of(((0, 10**12),)):
        with scope_of(((FAR_AWAY, FAR_AWAY + 1),)):
            assert rows_seen_by_plain_sql() == 1
        assert rows_seen_by_plain_sql() == 2
