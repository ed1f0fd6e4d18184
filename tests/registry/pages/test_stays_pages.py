"""People who move, leave, come back and are entered, on their pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from linli.core.models import AuditEntry
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Dwelling
from linli.registry.models import LedgerImport, Person, Residency
from tests.conftest import BALICHA
from tests.registry.office import ZHANG, person_named
from tests.registry.pages.conftest import Sign, text_of

pytestmark = pytest.mark.django_db
HERE = ((BALICHA, BALICHA + 1),)


@pytest.fixture(autouse=True)
def register(taken_in: Callable[..., LedgerImport]) -> LedgerImport:
    return taken_in()


def page_of(name: str) -> str:
    return f"/persons/{person_named(name).pk}/"


def door_of(building: str, room: str) -> str:
    with scope_of(HERE):
        return f"/dwellings/{Dwelling.objects.get(room=room, unit__building__name=building).pk}/"


def home_of(name: str) -> str | None:
    with scope_of(HERE):
        stay = Residency.objects.filter(person=person_named(name), until=None).first()
        return str(stay.household.dwelling.room) if stay else None


def act(office: Client, url: str, status: int = 200, **words: str) -> str:
    response = office.post(url, words, follow=True)
    assert response.status_code == status
    return text_of(response)


def test_somebody_moves_alone_and_the_others_stay(office: Client):
    assert "李娜 现在住哪里？" in text_of(office.get(page_of("李娜") + "move/"))
    said = act(office, page_of("李娜") + "move/", door="2栋202", who="one")
    assert "已搬家" in said
    assert "李娜 住在 明珠华府 2-1-202" in said
    assert (home_of("李娜"), home_of("张伟")) == ("202", "101")
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="person_moved").count() == 1


def test_a_whole_household_moves(office: Client):
    act(office, page_of("李娜") + "move/", door="明珠华府 2-1-202", who="all")
    assert (home_of("李娜"), home_of("张伟")) == ("202", "202")


@pytest.mark.parametrize(
    ("door", "says"),
    [("9-9-999", "“9-9-999”"), ("1-1-101", "已经住在那一户"), ("", "")],
    ids=["unknown", "same", "empty"],
)
def test_a_door_that_cannot_be_is_said_above_the_form(office: Client, door: str, says: str):
    assert says in act(office, page_of("李娜") + "move/", 422, door=door, who="one")
    assert home_of("李娜") == "101"


def test_somebody_leaves_and_comes_back(office: Client):
    assert "不再住这里" in text_of(office.get(page_of("李娜")))
    act(office, page_of("李娜") + "leave/", reason="moved", on="")
    assert home_of("李娜") is None
    assert "回来住了" in text_of(office.get(page_of("李娜")))
    act(office, page_of("李娜") + "return/", door="1-1-101")
    assert home_of("李娜") == "101"


def test_nobody_leaves_tomorrow(office: Client):
    act(office, page_of("李娜") + "leave/", 422, reason="moved", on="2999-01-01")
    assert home_of("李娜") == "101"


def test_who_died_is_not_asked_to_come_back(office: Client):
    said = act(office, page_of("李娜") + "leave/", reason="dead", on="")
    assert "/return/" not in said


def test_somebody_is_entered_behind_a_door(office: Client):
    url = door_of("2", "202")
    assert "登记住在这里的人" in text_of(office.get(url))
    act(office, url + "add/", name="孙梅", residency_kind="tenant")
    assert home_of("孙梅") == "202"


@pytest.mark.parametrize(
    ("words", "says"),
    [({"name": " "}, "姓名"), ({"name": "孙梅", "id_number": "421303201001011110"}, "身份证号"),
     ({"name": "孙梅", "id_number": str(ZHANG[7])}, "已有")],
    ids=["name", "digit", "known"],
)  # fmt: skip
def test_what_cannot_be_entered_is_said_beside_it(office: Client, words: dict[str, str], says: str):
    assert says in act(office, door_of("2", "202") + "add/", 422, residency_kind="resident", **words)
    with scope_of(HERE):
        assert not Person.objects.filter(name="孙梅").exists()


def test_a_number_that_is_known_never_stands_in_the_way(office: Client):
    url, number = door_of("2", "202") + "add/", ZHANG[7]
    told = {"name": "孙梅", "id_number": number, "residency_kind": "resident"}
    assert "shared" not in text_of(office.get(url))
    asked = act(office, url, 422, **told)
    assert "这个证件号是谁的" in asked
    assert page_of("张伟") in asked
    act(office, url, 200, **told, shared="on")
    assert home_of("孙梅") == "202"
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="number_searched").count() == 1
    assert "一个号码两个名字" in text_of(office.get(page_of("孙梅")))


def test_only_who_may_write_people_moves_them(signed_in: Sign):
    clerk = signed_in(Role.DESK_CLERK)
    for path in ("move/", "leave/", "return/"):
        assert clerk.get(page_of("李娜") + path).status_code == 403
    assert clerk.get(door_of("2", "202") + "add/").status_code == 403
