"""Getting a round going, as the office's browser asks for it: buildings told, call lists, phone lists."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core import crypto
from linli.core.ids import uuid7
from linli.core.models import AuditEntry
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.registry.models import PersonPhone
from linli.rounds.models import Round
from tests.conftest import FAR_AWAY
from tests.rounds.conftest import HERE, Day
from tests.situation.conftest import Phone
from tests.situation.conftest import phone_of as phone_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(phone_of: Phone) -> Client:
    return phone_of(Role.COORDINATOR)


def text(phone: Client, url: str) -> str:
    response = phone.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def give_phone(day: Day, name: str, number: str, position: int = 0) -> None:
    with scope_of(HERE):
        PersonPhone.objects.create(
            community=day.round.community, person=day.village.people[name], position=position,
            number=crypto.seal(number, "phone"), number_index=crypto.blind_index("phone", number),
            number_tail=crypto.tail_index("phone", number),
        )  # fmt: skip


def rows_of(response: object) -> list[tuple[object, ...]]:
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]


def test_buildings_are_told_one_by_one_or_all_at_once(office: Client, day: Day):
    url = f"/rounds/{day.round.pk}/calls/"
    assert '还有 <span class="figure">3</span> 栋没有通知' in text(office, url)
    building = day.village.buildings["明珠 1"].pk
    said = office.post(url + "told/", {"building": str(building)}, follow=True).content.decode()
    assert "还有 2 栋没有通知" in said
    said = office.post(url + "told/", {"all": "1"}, follow=True).content.decode()
    assert "各栋都已通知" in said
    with scope_of(HERE):
        assert Round.objects.get(pk=day.round.pk).mobilised_at is not None


def test_a_building_told_by_mistake_is_taken_back(office: Client, day: Day):
    url, building = f"/rounds/{day.round.pk}/calls/", str(day.village.buildings["明珠 1"].pk)
    assert office.post(url + "told/", {"back": building}).status_code == 404
    office.post(url + "told/", {"all": "1"})
    assert f'name="back" value="{building}"' in text(office, url)
    assert "已撤销" in office.post(url + "told/", {"back": building}, follow=True).content.decode()
    assert '还有 <span class="figure">1</span> 栋没有通知' in text(office, url)
    with scope_of(HERE):
        assert Round.objects.get(pk=day.round.pk).mobilised_at is None
        assert AuditEntry.objects.filter(action="take_back_told").count() == 1
    office.post(url + "told/", {"building": building})
    with scope_of(HERE):
        assert Round.objects.get(pk=day.round.pk).mobilised_at is not None
    assert office.post(url + "told/", {"back": "x"}).status_code == 422


def test_a_building_of_nowhere_changes_nothing(office: Client, day: Day):
    url = f"/rounds/{day.round.pk}/calls/"
    assert "还有 3 栋没有通知" in office.post(url + "told/", {"building": str(uuid7())}, follow=True).content.decode()
    for sent in ({"building": "x"}, {}):
        assert office.post(url + "told/", sent).status_code == 422


def test_the_team_is_assembled_once(office: Client, day: Day):
    url = f"/rounds/{day.round.pk}/calls/"
    assert "人员已到齐" in text(office, url)
    office.post(url + "told/", {"mustered": "1"})
    assert 'name="mustered"' not in text(office, url)


def test_a_call_list_names_who_is_still_to_come(office: Client, day: Day):
    building = day.village.buildings["明珠 1"].pk
    listed = text(office, f"/rounds/{day.round.pk}/calls/{building}/")
    assert "李一" in listed
    assert "赵四" not in listed
    day.finish("李一", hours=7)
    assert "李一" not in text(office, f"/rounds/{day.round.pk}/calls/{building}/")


def test_a_phone_list_is_text_in_full_and_on_record(office: Client, day: Day):
    give_phone(day, "李一", "13900000001")
    give_phone(day, "李一", "=1+1", 1)
    rows = rows_of(office.post(f"/rounds/{day.round.pk}/calls/phones/"))
    line = next(row for row in rows if "李一" in row)
    assert line[:6] == ("明珠", "1", "1", "101", "李一", "13900000001、=1+1")
    assert line[7] == "小广场"
    assert len(rows) == 2 + 6
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="phone_list_exported").count() == 1


def test_a_phone_list_of_one_building(office: Client, day: Day):
    building = day.village.buildings["金域 1"].pk
    rows = rows_of(office.post(f"/rounds/{day.round.pk}/calls/phones/", {"building": str(building)}))
    assert {row[4] for row in rows[2:]} == {"孙六", "吴八"}


def test_who_may_not_take_phones_out_or_tell_is_refused(phone_of: Phone, day: Day):
    clerk = phone_of(Role.DESK_CLERK)
    shown = text(clerk, f"/rounds/{day.round.pk}/calls/")
    assert 'name="all"' not in shown
    assert "calls/phones/" not in shown
    assert clerk.post(f"/rounds/{day.round.pk}/calls/phones/").status_code == 403
    assert clerk.post(f"/rounds/{day.round.pk}/calls/told/", {"all": "1"}).status_code == 403
    stranger = phone_of(Role.COORDINATOR, FAR_AWAY)
    assert stranger.get(f"/rounds/{day.round.pk}/calls/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_who_is_to_come(office: Client, day: Day):
    url = f"/rounds/{day.round.pk}/calls/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(office, url)
        return len(captured)

    queries()
    before = queries()
    day.finish("李一", "李二", "王三", "赵四", hours=7)
    assert queries() == before
