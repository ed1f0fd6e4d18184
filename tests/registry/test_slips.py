"""Household slips: codes, who has one, what they open, and their paper."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Building, Compound
from linli.registry.models import Household, HouseholdSlip
from linli.registry.selectors.slips import read_slip, slip_figures, slip_sheet
from linli.registry.services.ledger_import import import_ledger
from linli.registry.services.ledger_undo import undo_import
from linli.registry.services.slips import make_missing_slips, renew_slips
from linli.registry.slipped import SlipPlace
from linli.registry.slips import ALPHABET, for_people, is_intact, new_code, read_code
from tests.conftest import BALICHA, FAR_AWAY
from tests.registry.office import PEOPLE, written
from tests.rounds.conftest import HERE, Village
from tests.rounds.conftest import morning as morning
from tests.rounds.conftest import village as village
from tests.situation.conftest import Phone
from tests.situation.conftest import phone_of as phone_of


@given(place=st.integers(1, 17), other=st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_found(place: int, other: str):
    code = new_code()
    wrong = code[:place] + other + code[place + 1 :]
    assert is_intact(wrong) == (wrong == code)


@given(spaces=st.sampled_from(["-", " ", ""]), lower=st.booleans())
def test_a_code_is_read_however_it_was_typed(spaces: str, lower: bool):
    code = new_code()
    typed = for_people(code).replace("-", spaces)
    assert read_code(typed.lower() if lower else typed) == code


@pytest.mark.parametrize("text", ["H", "", "421303198509169118", "H1234567", "张三", "3-2-501", "13579918134"])
def test_other_things_are_no_slip(text: str):
    assert read_code(text) is None


def building(village: Village, name: str = "明珠 1") -> SlipPlace:
    return SlipPlace("building", village.buildings[name].pk)


def codes(actor: Actor, place: SlipPlace) -> dict[str, str]:
    return {slip.address.room: slip.code for slip in slip_sheet(actor, place).slips}


@pytest.mark.django_db
def test_slips_are_made_once_for_each_household(village: Village, coordinator: Actor):
    place = building(village)
    assert make_missing_slips(coordinator, place) == 2
    first = codes(coordinator, place)
    assert make_missing_slips(coordinator, place) == 0
    assert codes(coordinator, place) == first
    assert len(set(first.values())) == 2


@pytest.mark.django_db
def test_a_slip_opens_its_household_and_no_other(village: Village, coordinator: Actor):
    make_missing_slips(coordinator, SlipPlace("compound", village.compounds["明珠"].pk))
    code = codes(coordinator, building(village))["101"]
    with scope_of(HERE):
        household = Household.objects.get(dwelling=village.dwellings["明珠 1-1-101"])
    assert read_slip(coordinator, BALICHA, code).household == household.pk
    assert read_slip(coordinator, BALICHA, new_code()).wrong == "slip_unknown"
    assert read_slip(coordinator, BALICHA, code[:-1] + ("0" if code[-1] != "0" else "1")).wrong == "slip_misread"


@pytest.mark.django_db
def test_new_slips_make_the_old_ones_invalid(village: Village, coordinator: Actor):
    place = building(village)
    make_missing_slips(coordinator, place)
    before = codes(coordinator, place)
    assert renew_slips(coordinator, place) == 2
    after = codes(coordinator, place)
    assert not set(before.values()) & set(after.values())
    assert read_slip(coordinator, BALICHA, before["101"]).wrong == "slip_replaced"
    assert read_slip(coordinator, BALICHA, after["101"]).household


@pytest.mark.django_db
def test_slips_leave_with_the_import_that_brought_their_households(coordinator: Actor, tmp_path: Path):
    brought = import_ledger(coordinator, BALICHA, written(tmp_path, PEOPLE, "八里岔社区居民信息台账"))
    with scope_of(HERE):
        places = [SlipPlace("compound", each.pk) for each in Compound.objects.all()]
    assert sum(make_missing_slips(coordinator, place) for place in places)
    assert brought.import_id
    undo_import(coordinator, brought.import_id)
    with scope_of(HERE):
        assert not HouseholdSlip.objects.exists()


@pytest.mark.django_db
def test_codes_are_stored_sealed(village: Village, coordinator: Actor):
    make_missing_slips(coordinator, building(village))
    code = codes(coordinator, building(village))["101"]
    with scope_of(HERE):
        stored = b"".join(bytes(one.code) + bytes(one.code_index) for one in HouseholdSlip.objects.all())
    assert code.encode() not in stored


@pytest.mark.django_db
def test_only_who_may_take_paper_out_makes_slips(village: Village, desk_clerk: Actor, stranger: Actor):
    with pytest.raises(Refused):
        make_missing_slips(desk_clerk, building(village))
    with pytest.raises(NotFound):
        make_missing_slips(stranger, building(village))


@pytest.mark.django_db
def test_figures_count_households_and_slips(village: Village, coordinator: Actor):
    make_missing_slips(coordinator, building(village))
    counted = {
        (each.compound, each.building): (each.households, each.slips) for each in slip_figures(coordinator, BALICHA)
    }
    assert counted == {("明珠", "1"): (2, 2), ("明珠", "2"): (2, 0), ("金域", "1"): (2, 0)}


@pytest.mark.django_db
def test_paper_says_door_and_number_of_people_and_no_name(village: Village, phone_of: Phone):
    phone = phone_of(Role.COORDINATOR)
    url = f"/buildings/{village.buildings['明珠 1'].pk}/slips/"
    assert "还有 2 户没有户码" in phone.get(url).content.decode()
    assert phone.post(url, {"act": "make"}).status_code == 302
    page = phone.get(url).content.decode()
    assert "明珠 1-1-101" in page
    assert "2 人" in page
    assert not re.search("李一|李二|王三", page)
    assert page.count("<svg viewBox") == 2 + page.count('<svg viewBox="6 5')


@pytest.mark.django_db
def test_list_of_buildings_leads_to_their_slips(village: Village, phone_of: Phone):
    page = phone_of(Role.COORDINATOR).get(f"/c/{BALICHA}/slips/").content.decode()
    with scope_of(HERE):
        assert all(f"/buildings/{each.pk}/slips/" in page for each in Building.objects.all())
    assert phone_of(Role.COORDINATOR, FAR_AWAY).get(f"/c/{BALICHA}/slips/").status_code == 404
    assert phone_of(Role.DESK_CLERK).get(f"/c/{BALICHA}/slips/").status_code == 403
