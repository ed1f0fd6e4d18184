"""Self-reports: given by who holds a slip, compared with the register, taken over or put aside."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound, Refused
from linli.core.scope import scope_of
from linli.places.models import Compound
from linli.registry.comparing import Act
from linli.registry.errors import SlipNotValid, TooManyReports, UndoBlocked
from linli.registry.models import Person, PersonPhone, Residency, SelfReport
from linli.registry.selectors.self_reports import self_report, self_reports
from linli.registry.selectors.slips import slip_sheet
from linli.registry.services.ledger_import import import_ledger
from linli.registry.services.ledger_undo import undo_import
from linli.registry.services.self_reports import (
    HOUSEHOLD,
    REPORTS_A_DAY,
    confirm_self_report,
    give_self_report,
    refuse_self_report,
)
from linli.registry.services.slips import make_missing_slips, renew_slips
from linli.registry.slipped import SlipPlace
from linli.registry.slips import new_code
from linli.registry.told import HouseholdTold, PersonTold, Says
from tests.conftest import BALICHA, NEIGHBOUR
from tests.registry.office import PEOPLE, written
from tests.rounds.conftest import HERE, Village
from tests.rounds.conftest import morning as morning
from tests.rounds.conftest import village as village

pytestmark = pytest.mark.django_db
NUMBER = "110101199003074477"


@pytest.fixture
def place(village: Village) -> SlipPlace:
    return SlipPlace("building", village.buildings["明珠 1"].pk)


@pytest.fixture
def code(coordinator: Actor, place: SlipPlace) -> str:
    """The slip of 明珠 1-1-101."""
    make_missing_slips(coordinator, place)
    return next(slip.code for slip in slip_sheet(coordinator, place).slips if slip.address.room == "101")


@pytest.fixture
def members(village: Village) -> list[str]:
    """Who lives behind that door by the register."""
    with scope_of(HERE):
        living = Residency.objects.filter(household__dwelling=village.dwellings["明珠 1-1-101"], until=None)
        return list(living.order_by("person__name").values_list("person__name", flat=True))


def given(code: str, *people: PersonTold, note: str = "") -> SelfReport:
    receipt = give_self_report(HOUSEHOLD, BALICHA, code, HouseholdTold(people, note))
    with scope_of(HERE):
        found: SelfReport = SelfReport.objects.get(receipt=receipt)
    return found


def acts(actor: Actor, report: SelfReport) -> list[Act]:
    return [line.act for line in self_report(actor, report.pk).lines]


def test_a_report_comes_back_as_it_was_told(code: str, coordinator: Actor):
    told = PersonTold(
        "赵新", Says.STAYS_FOR_NOW, NUMBER, ("13800001111",), date(2022, 4, 1), "武汉", True, True, "透析"
    )
    report = given(code, told, note="门铃坏了")
    shown = self_report(coordinator, report.pk)
    assert shown.lines[0].told == told
    assert shown.note == "门铃坏了"
    assert shown.lines[0].told_number.startswith("1")
    assert NUMBER not in shown.lines[0].told_number
    assert NUMBER.encode() not in bytes(report.told)


def test_lines_are_compared_with_the_register(code: str, coordinator: Actor, members: list[str]):
    said = [
        PersonTold(members[0]),
        PersonTold("赵新"),
        PersonTold("赵旧", Says.HAS_LEFT),
        PersonTold("赵错", id_number="1101"),
    ]
    report = given(code, *said)
    assert acts(coordinator, report) == [Act.NOTHING, Act.ADD, Act.NOTHING, Act.WRONG_NUMBER]
    assert [each.name for each in self_report(coordinator, report.pk).unmentioned] == members[1:]


def test_what_is_chosen_is_taken_over_and_nothing_else(code: str, coordinator: Actor, members: list[str]):
    report = given(
        code, PersonTold("赵新", id_number=NUMBER), PersonTold("赵多"), PersonTold(members[0], Says.HAS_LEFT)
    )
    assert confirm_self_report(coordinator, report.pk, {0, 2}) == 2
    with scope_of(HERE):
        new = Person.objects.get(name="赵新")
        assert Residency.objects.get(person=new, until=None).household_id == report.household_id
        assert not Person.objects.filter(name="赵多").exists()
        assert not Residency.objects.filter(person__name=members[0], until=None).exists()
    assert self_report(coordinator, report.pk).listed.state == "confirmed"


def test_a_new_phone_is_added_to_those_known(code: str, coordinator: Actor, members: list[str]):
    report = given(code, PersonTold(members[0], phones=("13800001111",)))
    assert acts(coordinator, report) == [Act.CORRECT]
    confirm_self_report(coordinator, report.pk, {0})
    with scope_of(HERE):
        assert PersonPhone.objects.filter(person__name=members[0]).count() == 1
    assert acts(coordinator, given(code, PersonTold(members[0], phones=("13800001111",)))) == [Act.NOTHING]


def test_who_lives_behind_another_door_is_moved_by_hand(code: str, coordinator: Actor, village: Village):
    other = next(slip.code for slip in slip_sheet(coordinator, SlipPlace("building", village.buildings["明珠 1"].pk)).slips
                 if slip.code != code)  # fmt: skip
    confirm_self_report(coordinator, given(code, PersonTold("赵新", id_number=NUMBER)).pk, {0})
    assert acts(coordinator, given(other, PersonTold("赵新", id_number=NUMBER))) == [Act.BY_HAND]


def test_all_or_nothing_is_taken_over(code: str, coordinator: Actor):
    report = given(code, PersonTold("赵新", id_number=NUMBER), PersonTold("赵新二", id_number=NUMBER))
    with pytest.raises(Conflict):
        confirm_self_report(coordinator, report.pk, {0, 1})
    with scope_of(HERE):
        assert not Person.objects.filter(name__startswith="赵新").exists()
    assert self_report(coordinator, report.pk).waits


def test_a_report_is_decided_once(code: str, coordinator: Actor):
    report = given(code, PersonTold("赵新"))
    with pytest.raises(Invalid):
        refuse_self_report(coordinator, report.pk, " ")
    refuse_self_report(coordinator, report.pk, "电话核实，不是本户")
    for decide in (lambda: confirm_self_report(coordinator, report.pk, {0}),
                   lambda: refuse_self_report(coordinator, report.pk, "又来")):  # fmt: skip
        with pytest.raises(Conflict):
            decide()


def test_a_later_report_takes_the_place_of_one_that_waits(code: str, coordinator: Actor):
    first, second = given(code, PersonTold("赵新")), given(code, PersonTold("赵新"), PersonTold("赵多"))
    figures, listed = self_reports(coordinator, BALICHA)
    assert [each.id for each in listed] == [second.pk]
    assert (figures.reported, figures.waiting) == (1, 1)
    assert self_report(coordinator, first.pk).listed.state == "replaced"


def test_a_household_reports_a_few_times_a_day(code: str):
    for _number in range(REPORTS_A_DAY):
        given(code, PersonTold("赵新"))
    with pytest.raises(TooManyReports):
        given(code, PersonTold("赵新"))


@pytest.mark.parametrize("wrong", ["H0000", "张三"])
def test_a_code_that_is_none_tells_nothing(village: Village, wrong: str):
    with pytest.raises(SlipNotValid):
        give_self_report(HOUSEHOLD, BALICHA, wrong, HouseholdTold((PersonTold("赵新"),)))


def test_a_slip_opens_nothing_elsewhere_and_nothing_once_replaced(code: str, coordinator: Actor, place: SlipPlace):
    for community, asked in ((NEIGHBOUR, code), (BALICHA, new_code())):
        with pytest.raises(SlipNotValid):
            give_self_report(HOUSEHOLD, community, asked, HouseholdTold((PersonTold("赵新"),)))
    renew_slips(coordinator, place)
    with pytest.raises(SlipNotValid):
        give_self_report(HOUSEHOLD, BALICHA, code, HouseholdTold((PersonTold("赵新"),)))


def test_only_who_writes_persons_here_sees_reports(code: str, stranger: Actor, sweeper: Actor):
    report = given(code, PersonTold("赵新"))
    with pytest.raises(NotFound):
        self_report(stranger, report.pk)
    with pytest.raises(Refused):
        confirm_self_report(sweeper, report.pk, {0})


def test_the_page_of_a_household_shows_nothing_of_the_register(code: str, members: list[str], client: Client):
    page = client.get(f"/tell/{BALICHA}/{code}/").content.decode()
    assert "明珠" in page
    assert not [name for name in members if name in page]


def test_a_household_fills_in_its_form_and_gets_a_receipt(code: str, client: Client):
    address = f"/tell/{BALICHA}/{code}/"
    sent = {
        "person-TOTAL_FORMS": "1",
        "person-INITIAL_FORMS": "0",
        "person-0-name": "赵新",
        "person-0-says": "lives_here",
    }
    more = client.post(address, {**sent, "act": "more"}).content.decode()
    assert 'name="person-1-name"' in more
    assert 'value="赵新"' in more
    assert client.post(address, {**sent, "act": "send"}).status_code == 422
    done = client.post(address, {**sent, "act": "send", "agreed": "on"})
    with scope_of(HERE):
        assert SelfReport.objects.get().receipt in done.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_report(code: str, coordinator: Actor):
    counts = []
    for size in (1, 12):
        report = given(code, *(PersonTold(f"赵{n}", id_number=NUMBER, phones=("13800001111",)) for n in range(size)))
        with CaptureQueriesContext(connection) as seen:
            self_report(coordinator, report.pk)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_an_import_whose_households_have_reported_stays(coordinator: Actor, tmp_path: Path):
    brought = import_ledger(coordinator, BALICHA, written(tmp_path, PEOPLE, "八里岔社区居民信息台账"))
    assert brought.import_id
    with scope_of(HERE):
        compound = Compound.objects.all()[0].pk
    make_missing_slips(coordinator, SlipPlace("compound", compound))
    given(slip_sheet(coordinator, SlipPlace("compound", compound)).slips[0].code, PersonTold("赵新"))
    with pytest.raises(UndoBlocked):
        undo_import(coordinator, brought.import_id)
