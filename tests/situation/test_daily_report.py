"""The day of a community from stored facts: its register, its rounds, on the page and in the workbook."""

import io
from datetime import timedelta

import openpyxl
from django.test import Client

from linli.core import clock
from linli.core.actors import Actor
from linli.core.rights import Right, Role
from linli.core.scope import scoped
from linli.registry.models import Residency, SelfReport
from linli.registry.services.people import PersonWords, edit_person
from linli.registry.services.stays import end_residency
from linli.situation.selectors.daily import daily_report
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE_NOW, Day, Village, at
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of

DAILY = f"/c/{BALICHA}/daily/"


def test_register_of_a_day_counts_who_came_and_went(coordinator: Actor, village: Village):
    first = clock.today()
    with clock.frozen(clock.now() + timedelta(days=1)):
        end_residency(coordinator, village.people["李一"].pk, "moved")
        end_residency(coordinator, village.people["李二"].pk, "dead")
        second = daily_report(coordinator, BALICHA, clock.today()).register
        before = daily_report(coordinator, BALICHA, first).register
    assert (before.people, before.entered, before.moved_out, before.died) == (8, 8, 0, 0)
    assert (second.people, second.entered, second.moved_out, second.died) == (6, 0, 1, 1)


def test_round_of_a_day_is_counted_by_the_end_of_that_day(coordinator: Actor, day: Day):
    day.finish(*HERE_NOW[:4], hours=7)
    [today] = daily_report(coordinator, BALICHA, clock.today()).rounds
    assert (today.outstanding, today.specimens, today.closed_at) == (2, 4, None)
    with clock.frozen(at(32)):
        day.finish(*HERE_NOW[4:], hours=31)
        [first] = daily_report(coordinator, BALICHA, at(8).date()).rounds
        [second] = daily_report(coordinator, BALICHA, clock.today()).rounds
    assert (first.outstanding, first.specimens) == (2, 4)
    assert (second.outstanding, second.specimens, second.settled_that_day) == (0, 2, 2)
    assert daily_report(coordinator, BALICHA, at(-48).date()).rounds == ()


def test_page_and_workbook_say_the_same(phone: Client, day: Day):
    day.finish(*HERE_NOW[:4], hours=7)
    assert '台账 <span class="figure">8</span> 人' in text_of(phone, DAILY)
    answer = phone.get(f"{DAILY}file/?day={clock.today().isoformat()}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    assert ("台账人数", 8) in [row[:2] for row in rows]
    assert rows[-1][0] == day.round.name
    assert rows[-1][3] == 2


def test_day_counts_self_reports_and_who_needs_what(
    coordinator: Actor, phone: Client, phone_of: Phone, village: Village
):
    person = village.people["李一"]
    edit_person(coordinator, person.pk, PersonWords(care_needs=("透析",)))
    with scoped(coordinator, Right.PERSON_WRITE):
        household = Residency.objects.get(person=person, until=None).household
        SelfReport.objects.create(community=BALICHA, household=household, receipt="8A2F", told=b"")
    first = clock.today()
    with clock.frozen(clock.now() + timedelta(days=1)):
        with scoped(coordinator, Right.PERSON_WRITE):
            SelfReport.objects.update(state=SelfReport.State.REFUSED, looked_at=clock.now())
        days = [daily_report(coordinator, BALICHA, day).register for day in (first, clock.today())]
    told = [(day.self_reports.given, day.self_reports.compared, day.self_reports.waiting) for day in days]
    assert told == [(1, 0, 1), (0, 1, 0)]
    assert days[0].needs == (("透析", 1),)
    assert "透析" in text_of(phone, DAILY)
    assert "透析" not in text_of(phone_of(Role.SUBDISTRICT_VIEWER, 421303004000), DAILY)


def test_a_day_to_come_is_not_reported(phone: Client, village: Village):
    answer = phone.get(DAILY, {"day": "2999-01-01"})
    assert (answer.status_code, "这一天还没有到" in answer.content.decode()) == (422, True)


def test_whoever_sees_figures_sees_the_day_without_names(phone_of: Phone, day: Day):
    viewer = phone_of(Role.SUBDISTRICT_VIEWER, 421303004000)
    assert "李一" not in text_of(viewer, DAILY)
    assert phone_of(Role.GATE_KEEPER).get(DAILY).status_code == 403
