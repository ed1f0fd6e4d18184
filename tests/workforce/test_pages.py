"""The office's pages about people, through HTTP: members, helpers and their cards, shared phones, emergencies."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from linli.core import accounts, clock, pins
from linli.core.actors import operator_actor
from linli.core.links import make_cards
from linli.core.models import AuditEntry, Device, Grant, Pin, SignIn, User
from linli.core.rights import Right, Role
from linli.core.scope import installation_scope
from tests.conftest import BALICHA, FAR_AWAY

pytestmark = pytest.mark.django_db
PEOPLE = f"/members/{BALICHA}/"
PASSWORD = "a long enough one"


def somebody(role: Role, name: str, division: int = BALICHA, password: str | None = None) -> User:
    user = accounts.add_user(operator_actor(), name, name=name, password=password)
    accounts.grant(operator_actor(), user, role, division)
    return user


def phone_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def office(db: None) -> Client:
    return phone_of(somebody(Role.COORDINATOR, "陈主任"))


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def tonight(hours: int = 8) -> str:
    return (clock.now() + timedelta(hours=hours)).astimezone(clock.local_zone()).strftime("%Y-%m-%dT%H:%M")


def test_the_office_is_led_to_its_people_and_sees_each_with_role_and_last_sign_in(office: Client) -> None:
    somebody(Role.SWEEPER, "赵扫楼")
    somebody(Role.SWEEPER, "外人", FAR_AWAY)
    response = office.get("/members/", follow=True)
    assert response.request["PATH_INFO"] == PEOPLE
    text = text_of(response)
    assert "赵扫楼" in text
    assert "外人" not in text
    assert '<span class="figure">2</span>' in text


def test_adds_somebody_who_sets_a_password_with_the_link(office: Client, client: Client) -> None:
    body = {"name": "周采样", "username": "zhou", "role": "sampler", "phone": "13871311858", "ends_at": tonight()}
    page = text_of(office.post(f"{PEOPLE}new/", body))
    link = re.search(r'value="http://testserver(/welcome/[^"]+)"', page)
    assert link
    assert client.post(link[1], {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    actor = accounts.actor_of(User.objects.get(username="zhou").pk)
    assert actor
    assert actor.has(Right.FACT_RECORD, BALICHA)
    assert "13871311858" in text_of(office.get(f"/member/{actor.user_id}/"))


def test_a_name_that_is_taken_and_an_end_that_is_past_are_said_on_the_form(office: Client) -> None:
    somebody(Role.SAMPLER, "zhou")
    body = {"name": "周", "username": "zhou", "role": "sampler"}
    assert office.post(f"{PEOPLE}new/", body).status_code == 422
    assert office.post(f"{PEOPLE}new/", body | {"username": "zhou2", "ends_at": tonight(-3)}).status_code == 422
    assert not User.objects.filter(username="zhou2").exists()


LIST = "姓名\t电话\t岗位\t截止\n李小红\t13871311858\t扫楼队员\t\n王小明\t\t\t\n"


def test_no_role_is_chosen_beforehand_but_the_least_for_helpers(office: Client) -> None:
    alone = text_of(office.get(f"{PEOPLE}new/")).split('name="role"')[1].split("</select>")[0]
    assert 'value="" selected' in alone
    helpers = text_of(office.get(f"{PEOPLE}helpers/")).split('name="role"')[1].split("</select>")[0]
    assert 'value="volunteer" selected' in helpers


def test_only_who_can_have_a_card_is_offered_one(office: Client) -> None:
    stays, helps = somebody(Role.SWEEPER, "长期"), accounts.add_user(operator_actor(), "今晚")
    accounts.grant(operator_actor(), helps, Role.SWEEPER, BALICHA, ends_at=clock.now() + timedelta(hours=8))
    text = text_of(office.get(PEOPLE))
    assert f'value="{helps.pk}"' in text
    assert f'value="{stays.pk}"' not in text


def test_helpers_of_a_pasted_list_sign_in_with_their_printed_cards(office: Client) -> None:
    added = text_of(office.post(f"{PEOPLE}helpers/", {"text": LIST, "role": "sampler", "ends_at": tonight()}))
    ids = re.findall(r'name="member" value="([^"]+)"', added)
    assert len(ids) == 2
    assert set(Grant.objects.filter(user__in=ids).values_list("role", flat=True)) == {"sweeper", "sampler"}
    sheet = text_of(office.post(f"{PEOPLE}cards/", {"member": ids}))
    assert sheet.count("slip__code") == 2
    assert "李小红" in sheet


def test_every_bad_row_of_a_list_is_named_and_nobody_is_added(office: Client) -> None:
    rows = "姓名\t电话\t岗位\t截止\n好人\t\t采样员\t\n\t13871311858\t\t\n甲\t12ab\t\t\n乙\t\t皇帝\t\n丙\t\t\t后天吧\n丁\t\t管理员\t\n"
    response = office.post(f"{PEOPLE}helpers/", {"text": rows, "role": "sampler", "ends_at": tonight()})
    assert response.status_code == 422
    text = text_of(response)
    assert all(f"第 {row} 行" in text for row in (3, 4, 5, 6))
    assert not User.objects.filter(username__startswith="helper-").exists()


def test_a_list_that_asks_for_more_than_the_office_may_give_is_refused_and_audited(db: None) -> None:
    user = accounts.add_user(operator_actor(), "tonight")
    accounts.grant(operator_actor(), user, Role.COORDINATOR, BALICHA, ends_at=clock.now() + timedelta(hours=2))
    response = phone_of(user).post(f"{PEOPLE}helpers/", {"text": "李小红", "role": "sampler", "ends_at": tonight()})
    assert response.status_code == 422
    assert not User.objects.filter(username__startswith="helper-").exists()
    with installation_scope():
        assert AuditEntry.objects.filter(action="refused", actor="tonight").exists()


def test_a_card_is_used_by_touch_and_not_by_opening_it(office: Client, client: Client) -> None:
    user = somebody(Role.SWEEPER, "赵扫楼")
    office.post(f"/member/{user.pk}/roles/{BALICHA}/", {"role": "sweeper", "ends_at": tonight()})
    [path] = make_cards(operator_actor(), [user]).values()
    for _look in range(2):
        assert "赵扫楼" in text_of(client.get(path))
    assert client.post(path).status_code == 302
    assert client.get("/").status_code == 200
    assert SignIn.objects.get(user=user).way == SignIn.Way.CARD
    assert Client().post(path).status_code == 410


def test_a_shared_phone_is_enrolled_and_opened_by_pin_until_it_is_lost(office: Client, client: Client) -> None:
    user = somebody(Role.SWEEPER, "赵扫楼")
    assert phone_of(user).post("/me/pin/", {"pin": "493027", "again": "493027"}).status_code == 302
    assert client.get("/shared/").status_code == 410
    page = text_of(office.post(f"{PEOPLE}phones/", {"name": "3号机"}))
    link = re.search(r'value="http://testserver(/enrol/[^"]+)"', page)
    assert link
    assert client.get(link[1]).status_code == 200
    client.post(link[1])
    assert client.cookies["linli_device"]["httponly"]
    assert "赵扫楼" in text_of(client.get("/shared/"))
    assert client.post("/shared/", {"member": str(user.pk), "pin": "000000"}).status_code == 422
    assert client.post("/shared/", {"member": str(user.pk), "pin": "493027"}).status_code == 302
    assert client.get("/").status_code == 200
    office.post(f"/phones/{Device.objects.get().pk}/revoke/")
    assert client.get("/").status_code == 302
    assert client.get("/shared/").status_code == 410


def test_the_office_withdraws_extends_and_closes(office: Client) -> None:
    user = somebody(Role.SWEEPER, "赵扫楼")
    phone = phone_of(user)
    grant = Grant.objects.get(user=user)
    office.post(f"/member/{user.pk}/roles/{BALICHA}/", {"role": "sweeper", "ends_at": tonight()})
    assert Grant.objects.get(user=user).ends_at
    office.post(f"/member/{user.pk}/roles/{grant.pk}/end/")
    assert phone.get(f"/c/{BALICHA}/").status_code == 403
    office.post(f"/member/{user.pk}/close/")
    assert phone.get("/").status_code == 302
    text = text_of(office.get(f"/member/{user.pk}/"))
    assert all(word in text for word in ("收回岗位", "授予岗位", "账号已停用"))


def test_a_locked_pin_is_reset_by_the_office(office: Client) -> None:
    user = somebody(Role.SWEEPER, "赵扫楼")
    actor = accounts.actor_of(user.pk)
    assert actor
    pins.set_pin(actor, "493027")
    Pin.objects.update(failures=pins.LOCKED_AFTER)
    assert "已锁定" in text_of(office.get(f"/member/{user.pk}/"))
    office.post(f"/member/{user.pk}/factors/")
    assert "已锁定" not in text_of(office.get(f"/member/{user.pk}/"))


def test_an_emergency_stands_on_the_pages_above_until_it_is_noted(office: Client) -> None:
    worker = phone_of(somebody(Role.GRID_WORKER, "李网格"))
    assert worker.get(f"/members/{BALICHA}/").status_code == 403
    answer = worker.post("/me/emergency/", {"division": BALICHA, "reason": "负责人失联，需要开轮次"})
    assert answer.status_code == 302
    assert worker.get(f"/members/{BALICHA}/").status_code == 200
    assert "李网格" not in text_of(worker.get("/")).split("<main")[1]
    home = text_of(office.get("/"))
    assert "负责人失联" in home
    noted = re.search(r'action="(/emergencies/[^"]+)"', home)
    assert noted
    office.post(noted[1])
    assert "负责人失联" not in text_of(office.get("/"))
    ending = re.search(r'action="(/me/emergency/[^"]+/end/)"', text_of(worker.get("/me/")))
    assert ending
    worker.post(ending[1])
    assert worker.get(f"/members/{BALICHA}/").status_code == 403


def test_everybody_sees_their_own_roles_and_signs_out_another_phone(db: None) -> None:
    user = somebody(Role.DESK_CLERK, "王登记")
    here, lost = phone_of(user), phone_of(user)
    text = text_of(here.get("/me/"))
    assert "采样台登记员" in text
    ends = re.findall(r'action="(/me/sign-ins/[^"]+/end/)"', text)
    assert len(ends) == 2
    mine = str(SignIn.objects.order_by("began_at").first().pk)  # type: ignore[union-attr]
    here.post(next(url for url in ends if mine not in url))
    assert lost.get("/").status_code == 302
    assert here.get("/").status_code == 200
