"""Many people changed at once on a page: looked at first, changed as one act, taken back as one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.ids import uuid7
from linli.core.models import AuditEntry
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Building
from linli.registry.models import BulkEdit, CareNeed, LedgerImport, Person, Residency
from linli.registry.services.bulk import edit_many, undo_many
from linli.registry.services.people import PersonWords, edit_person
from tests.conftest import BALICHA
from tests.registry.office import LI, person_named
from tests.registry.pages.conftest import Sign, text_of

pytestmark = pytest.mark.django_db
HERE = ((BALICHA, BALICHA + 1),)
MANY = f"/c/{BALICHA}/people/"


@pytest.fixture(autouse=True)
def register(taken_in: Callable[..., LedgerImport]) -> LedgerImport:
    return taken_in()


def ids(*names: str) -> list[str]:
    return [str(person_named(name).pk) for name in names]


def kinds(*names: str) -> list[str]:
    with scope_of(HERE):
        return [Residency.objects.get(person=person_named(name), until=None).kind for name in names]


def needs(name: str) -> set[str]:
    with scope_of(HERE):
        return set(CareNeed.objects.filter(person=person_named(name)).values_list("kind", flat=True))


@pytest.fixture
def building() -> str:
    with scope_of(HERE):
        return str(Building.objects.get(name="1").pk)


def test_a_list_is_looked_at_changed_and_taken_back(office: Client, building: str):
    assert "批量修改" in text_of(office.get(f"/buildings/{building}/"))
    listed = text_of(office.post(MANY, {"building": building}))
    assert listed.count('name="person"') == 3
    asked = {"building": building, "kind": "residency", "residency": "tenant", "person": ids("张伟", "李娜", "王芳")}
    looked = text_of(office.post(MANY, {**asked, "step": "look"}))
    assert '将修改 <span class="figure">2</span> 人' in looked
    assert kinds("张伟", "王芳") == ["resident", "tenant"]
    response = office.post(MANY, {**asked, "step": "change"}, follow=True)
    assert '已修改 <span class="figure">2</span> 人' in text_of(response)
    assert kinds("张伟", "李娜", "王芳") == ["tenant"] * 3
    undone = text_of(office.post(response.redirect_chain[-1][0] + "undo/", follow=True))
    assert "2 人恢复原样" in undone
    assert kinds("张伟", "李娜", "王芳") == ["resident", "resident", "tenant"]
    with scope_of(HERE):
        acts = AuditEntry.objects.filter(action__startswith="people_edit").order_by("number")
        assert list(acts.values_list("action", flat=True)) == ["people_edited", "people_edit_undone"]


def test_a_need_is_added_and_taken_away(coordinator: Actor):
    people = [person_named(name).pk for name in ("张伟", "李娜")]
    edit_many(coordinator, BALICHA, people, "add_need", "孕妇")
    assert (needs("张伟"), needs("李娜")) == ({"孕妇"}, {"孕妇"})
    taken = edit_many(coordinator, BALICHA, people, "remove_need", "孕妇")
    assert needs("李娜") == set()
    undo_many(coordinator, taken.pk)
    assert needs("李娜") == {"孕妇"}


def test_who_was_changed_since_keeps_that(coordinator: Actor):
    people = [person_named(name).pk for name in ("张伟", "李娜")]
    made = edit_many(coordinator, BALICHA, people, "residency", "away")
    edit_person(coordinator, people[0], PersonWords(residency_kind="tenant"))
    assert undo_many(coordinator, made.pk) == (1, 1)
    assert kinds("张伟", "李娜") == ["tenant", "resident"]
    with pytest.raises(Conflict):
        undo_many(coordinator, made.pk)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("residency", "gone"), ("add_need", " "), ("add_need", "x" * 61), ("add_need", "a\0"), ("no", "x")],
)
def test_what_cannot_be_set_changes_nobody(coordinator: Actor, kind: str, value: str):
    with pytest.raises(Invalid):
        edit_many(coordinator, BALICHA, [person_named("张伟").pk], kind, value)
    with scope_of(HERE):
        assert not BulkEdit.objects.exists()


def test_all_or_none_and_at_most_six_hundred(coordinator: Actor):
    with pytest.raises(NotFound):
        edit_many(coordinator, BALICHA, [person_named("张伟").pk, uuid7()], "residency", "away")
    with pytest.raises(Invalid):
        edit_many(coordinator, BALICHA, [uuid7() for _n in range(601)], "residency", "away")
    with pytest.raises(Conflict):
        edit_many(coordinator, BALICHA, [person_named("王芳").pk], "residency", "tenant")
    assert kinds("张伟") == ["resident"]


@pytest.mark.parametrize("sent", [{"person": []}, {"person": ["x"]}, {"kind": "residency", "residency": ""}])
def test_what_is_missing_is_said(office: Client, building: str, sent: dict[str, object]):
    asked = {"building": building, "kind": "residency", "residency": "away", "person": ids("张伟"), "step": "look"}
    assert office.post(MANY, {**asked, **sent}).status_code == 422


def test_only_who_may_write_people_changes_many(signed_in: Sign, building: str):
    clerk = signed_in(Role.DESK_CLERK)
    assert clerk.post(MANY, {"building": building}).status_code == 403
    assert "批量修改" not in text_of(clerk.get(f"/buildings/{building}/"))


def test_queries_do_not_grow_with_the_people(coordinator: Actor):
    def queries(*names: str) -> int:
        people = [person_named(name).pk for name in names]
        with CaptureQueriesContext(connection) as captured:
            edit_many(coordinator, BALICHA, people, "add_need", f"名单{len(names)}")
        return len(captured)

    queries("张伟")
    with scope_of(HERE):
        everybody = [person.name for person in Person.objects.all()]
    assert queries(*everybody) == queries("王芳", "李娜")


def test_the_people_of_a_search_are_changed_too(office: Client):
    asked = {"query": "李", "kind": "add_need", "care_need": "名单", "person": ids("李娜")}
    assert "批量修改" in text_of(office.post(f"/c/{BALICHA}/search/", {"q": "李"}, follow=True))
    looked = text_of(office.post(MANY, {**asked, "step": "look"}))
    assert 'name="query" value="李"' in looked
    assert "将修改" in looked
    assert 'value="change"' in looked


def test_a_list_found_by_a_number_is_on_record(office: Client):
    office.post(MANY, {"query": str(LI[7])})
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="number_searched").count() == 1
