"""Sessions that end by themselves or from afar, shared phones, and PINs."""

from datetime import timedelta

import pytest
from django.test import Client

from linli.core import accounts, clock, devices, pins, sign_ins
from linli.core.actors import Actor, operator_actor
from linli.core.errors import Expired, Invalid, NotFound, Refused
from linli.core.models import AuditEntry, Device, SignIn, User
from linli.core.rights import Role
from linli.core.scope import installation_scope
from tests.conftest import BALICHA, FAR_AWAY, holder

pytestmark = pytest.mark.django_db
PIN = "493027"


@pytest.fixture
def helper(db: None) -> User:
    user = accounts.add_user(operator_actor(), "helper", name="李小红")
    accounts.grant(operator_actor(), user, Role.SWEEPER, BALICHA)
    return user


def own(user: User) -> Actor:
    actor = accounts.actor_of(user.pk)
    assert actor
    return actor


@pytest.fixture
def phone(coordinator: Actor) -> Device:
    _device, link = devices.add_device(coordinator, BALICHA, "3号手机")
    return devices.enrol_device(link.split("/")[2])[0]


@pytest.fixture
def with_pin(helper: User) -> User:
    pins.set_pin(own(helper), PIN)
    return helper


def begin(user: User, **how: object) -> SignIn:
    return sign_ins.begin_sign_in(user, sign_ins.How(**how), "a phone")  # type: ignore[arg-type]


def goes_on(begun: SignIn, *, acts: bool = True) -> bool:
    return sign_ins.present_sign_in(str(begun.pk), acts=acts) is not None


def test_a_sign_in_ends_with_the_shift(helper: User) -> None:
    end = clock.now() + timedelta(hours=8)
    begun = begin(helper, way=SignIn.Way.CARD, ends_at=end)
    assert goes_on(begun)
    with clock.frozen(end):
        assert not goes_on(begun)


def test_a_sign_in_on_a_shared_phone_ends_when_nobody_acts(helper: User, phone: Device) -> None:
    begun, start = begin(helper, way=SignIn.Way.PIN, device=phone), clock.now()
    with clock.frozen(start + timedelta(minutes=20)):
        assert goes_on(begun)
    with clock.frozen(start + timedelta(minutes=45)):
        assert goes_on(begun, acts=False)
    with clock.frozen(start + timedelta(minutes=51)):
        assert not goes_on(begun)


def test_a_lost_phone_signs_out_whoever_is_on_it_and_lets_nobody_in(
    helper: User, phone: Device, coordinator: Actor
) -> None:
    begun = begin(helper, way=SignIn.Way.PIN, device=phone)
    elsewhere = begin(helper)
    with pytest.raises(NotFound):
        devices.revoke_device(holder(Role.COORDINATOR, FAR_AWAY), phone.pk)
    devices.revoke_device(coordinator, phone.pk)
    assert not goes_on(begun)
    assert goes_on(elsewhere)
    assert devices.devices_in(coordinator, BALICHA) == []
    with installation_scope():
        assert AuditEntry.objects.filter(action="device_revoked", object_id=phone.pk).exists()


def test_only_who_manages_accounts_there_enrols_a_phone(desk_clerk: Actor, stranger: Actor) -> None:
    for actor in (desk_clerk, stranger):
        with pytest.raises(Refused):
            devices.add_device(actor, BALICHA, "3号手机")


def test_an_enrolling_link_works_once_and_for_half_an_hour(coordinator: Actor) -> None:
    token = devices.add_device(coordinator, BALICHA, "3号手机")[1].split("/")[2]
    with clock.frozen(clock.now() + devices.LINK_LASTS), pytest.raises(Expired):
        devices.enrol_device(token)
    device, cookie = devices.enrol_device(token)
    assert devices.device_of_cookie(cookie) == device
    with pytest.raises(Expired):
        devices.enrol_device(token)


@pytest.mark.parametrize("digits", ["123456", "654321", "777777", "12345", "1234567", "12a456", "１２３４９９"])
def test_refuses_a_pin_that_is_easily_guessed_or_none(helper: User, digits: str) -> None:
    with pytest.raises(Invalid):
        pins.set_pin(own(helper), digits)


def test_opens_with_the_pin_of_somebody_who_works_there(with_pin: User, phone: Device) -> None:
    assert pins.people_at(phone) == [with_pin]
    assert pins.open_with_pin(phone, str(with_pin.pk), PIN) == with_pin


def test_nobody_of_another_community_opens_a_phone(phone: Device) -> None:
    user = accounts.add_user(operator_actor(), "foreigner")
    accounts.grant(operator_actor(), user, Role.SWEEPER, FAR_AWAY)
    pins.set_pin(own(user), PIN)
    assert pins.people_at(phone) == []
    with pytest.raises(pins.WrongPin):
        pins.open_with_pin(phone, str(user.pk), PIN)


def test_five_wrong_pins_lock_until_a_coordinator_resets(with_pin: User, phone: Device, coordinator: Actor) -> None:
    for _try in range(pins.LOCKED_AFTER):
        with pytest.raises(pins.WrongPin):
            pins.open_with_pin(phone, str(with_pin.pk), "000001")
    with pytest.raises(pins.WrongPin) as locked:
        pins.open_with_pin(phone, str(with_pin.pk), PIN)
    assert locked.value.error_code == "pin_locked"
    pins.reset_pin(coordinator, with_pin)
    assert pins.people_at(phone) == []
    pins.set_pin(own(with_pin), PIN)
    assert pins.open_with_pin(phone, str(with_pin.pk), PIN) == with_pin


def test_a_phone_that_saw_too_many_wrong_pins_waits(with_pin: User, phone: Device, coordinator: Actor) -> None:
    Device.objects.filter(pk=phone.pk).update(failures=pins.PHONE_WAITS_AFTER, failed_at=clock.now())
    phone.refresh_from_db()
    with pytest.raises(pins.WrongPin):
        pins.open_with_pin(phone, str(with_pin.pk), PIN)
    with clock.frozen(clock.now() + pins.PHONE_WAITS):
        assert pins.open_with_pin(phone, str(with_pin.pk), PIN) == with_pin


def test_no_pin_opens_an_account_that_needs_a_second_factor(with_pin: User, phone: Device) -> None:
    accounts.grant(operator_actor(), with_pin, Role.AUDITOR, BALICHA)
    assert pins.people_at(phone) == []
    with pytest.raises(Refused):
        pins.set_pin(own(with_pin), PIN)


def test_whoever_is_signed_out_from_afar_is_at_the_next_request(
    client: Client, helper: User, coordinator: Actor
) -> None:
    client.force_login(helper)
    assert client.get("/").status_code == 200
    sign_ins.end_sign_ins(coordinator, helper)
    assert client.get("/").status_code == 302
    with installation_scope():
        assert AuditEntry.objects.filter(action="sign_ins_ended", object_id=helper.pk).exists()


def test_people_end_their_own_sign_ins_and_no_others(helper: User, coordinator: Actor) -> None:
    begun = begin(helper)
    with pytest.raises(NotFound):
        sign_ins.end_own_sign_in(coordinator, begun.pk)
    sign_ins.end_own_sign_in(own(helper), begun.pk)
    assert not goes_on(begun)


def test_sign_ins_that_ended_are_forgotten_after_a_month(helper: User, phone: Device) -> None:
    now = clock.now()
    ended, over, asleep = begin(helper), begin(helper, ends_at=now + timedelta(hours=8)), begin(helper)
    sign_ins.end_own_sign_in(own(helper), ended.pk)
    with clock.frozen(now + timedelta(days=29)):
        goes_on(asleep)
        assert sign_ins.forget_ended(clock.now()) == 0
    with clock.frozen(now + timedelta(days=31)):
        assert sign_ins.forget_ended(clock.now()) == 2
        assert not SignIn.objects.filter(pk__in=[ended.pk, over.pk]).exists()
        assert goes_on(asleep, acts=False)
    with clock.frozen(now + timedelta(days=60)):
        assert sign_ins.forget_ended(clock.now()) == 1
