"""The pages of sweep teams, as their phones ask for them: lists, doors, what was found, and who is tested at home."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core import clock
from linli.core.actors import Actor, system_actor
from linli.core.errors import NotFound, Refused
from linli.core.ids import uuid7
from linli.core.models import AuditEntry
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.registry.models import KeyListEntry, Residency
from linli.registry.services.key_entries import record_deed, take_back_deed
from linli.registry.services.key_lists import bring_up_to_date
from linli.rounds.models import Specimen, SweepTeam, Target, Visit
from linli.rounds.services import ask_help_at_door, ask_home_sampling
from tests.conftest import BALICHA, FAR_AWAY
from tests.rounds.conftest import HERE, HERE_NOW, PEOPLE, Day, Village, at, close_at, make_day
from tests.situation.conftest import Phone
from tests.situation.conftest import phone_of as phone_of

pytestmark = pytest.mark.django_db
VALUE = re.compile(r'name="person" value="([0-9a-f:-]+)"')


@pytest.fixture
def shared_out(phone_of: Phone, day: Day) -> str:
    """The coordinator has shared the doors out to one team; this is its page."""
    response = phone_of(Role.COORDINATOR).post(f"/rounds/{day.round.pk}/sweep/share/", {"teams": "1"})
    assert response.headers["Location"] == f"/rounds/{day.round.pk}/sweep/"
    with scope_of(HERE):
        return f"/rounds/{day.round.pk}/sweep/{SweepTeam.objects.get(round=day.round).pk}/"


@pytest.fixture
def phone(phone_of: Phone, shared_out: str) -> Client:
    return phone_of(Role.SWEEPER)


def door(day: Day, name: str) -> str:
    return f"/rounds/{day.round.pk}/doors/{day.village.dwellings[PEOPLE[name][0]].pk}/"


def text(phone: Client, url: str) -> str:
    response = phone.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def knock(phone: Client, day: Day, name: str, result: str, *names: str, **more: str) -> str:
    """Open a door, tick these people, tap the result, and return the page that follows."""
    shown = VALUE.findall(text(phone, door(day, name) + "visit/"))
    ticked = [value for value in shown if value[:36] in {str(day.targets[each]) for each in names or (name,)}]
    response = phone.post(door(day, name) + "visit/", {"person": ticked, "result": result, **more}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def outcome(day: Day, name: str) -> str | None:
    with scope_of(HERE):
        return Target.objects.get(pk=day.targets[name]).outcome


def test_a_member_comes_from_home_to_the_next_door_in_three_taps(phone: Client, day: Day, shared_out: str):
    assert f'href="/rounds/{day.round.pk}/sweep/"' in text(phone, "/")
    assert shared_out in text(phone, f"/rounds/{day.round.pk}/sweep/")
    listed = text(phone, shared_out)
    assert "待上门 · 5" in listed
    first = re.findall(r'href="(/rounds/[^"]+/visit/)"', listed)[0]
    assert re.search(r'name="person" value="[^"]+" checked', text(phone, first))


def test_a_specimen_at_the_door_settles_who_was_ticked(phone: Client, day: Day, shared_out: str):
    after = knock(phone, day, "李一", "done", "李一", note="下午再来")
    assert "1 人：已上门采样" in after
    assert outcome(day, "李一") == "done"
    assert outcome(day, "李二") is None
    with scope_of(HERE):
        assert Specimen.objects.get(target=day.targets["李一"]).site is None
        seen = Visit.objects.get(target=day.targets["李一"])
        assert (seen.result, seen.note, seen.team_id is not None) == ("done", "下午再来", True)
        assert AuditEntry.objects.filter(action="record_facts").count() == 1


def test_a_knock_without_answer_is_to_be_visited_again(phone: Client, day: Day, shared_out: str):
    after = knock(phone, day, "王三", "not_found")
    assert "需再次上门 · 1" in after
    assert "上门 1 次" in after


def test_who_cannot_come_waits_for_a_medic_and_is_tested_at_home(phone: Client, phone_of: Phone, day: Day):
    assert "等医护上门 · 1" in knock(phone, day, "赵四", "cannot_come")
    sampler = phone_of(Role.SAMPLER)
    listed = text(sampler, f"/rounds/{day.round.pk}/home-sampling/")
    assert "赵四" in listed
    response = sampler.post(f"/rounds/{day.round.pk}/home-sampling/", {"person": VALUE.findall(listed)}, follow=True)
    assert "1 人已上门采样" in response.content.decode()
    assert "赵四" not in text(sampler, f"/rounds/{day.round.pk}/home-sampling/")
    assert outcome(day, "赵四") == "done"


def test_a_slip_of_the_finger_is_taken_back(phone: Client, day: Day, shared_out: str):
    after = knock(phone, day, "李一", "moved", "李一", "李二")
    assert {outcome(day, "李一"), outcome(day, "李二")} == {"moved"}
    facts = re.findall(r'name="fact" value="([^"]+)"', after)
    response = phone.post(door(day, "李一") + "take-back/", {"fact": facts}, follow=True)
    assert "已撤回 2 人的记录" in response.content.decode()
    assert {outcome(day, "李一"), outcome(day, "李二")} == {None}
    assert "待上门 · 5" in text(phone, shared_out)


def test_a_medic_asked_for_by_mistake_is_taken_back_too(phone: Client, day: Day):
    facts = re.findall(r'name="fact" value="([^"]+)"', knock(phone, day, "赵四", "cannot_come"))
    phone.post(door(day, "赵四") + "take-back/", {"fact": facts})
    with scope_of(HERE):
        assert Target.objects.get(pk=day.targets["赵四"]).home_sampling_asked_at is None


def test_what_somebody_else_recorded_is_not_taken_back(phone: Client, phone_of: Phone, day: Day):
    facts = re.findall(r'name="fact" value="([^"]+)"', knock(phone, day, "李一", "refused"))
    another = phone_of(Role.GRID_WORKER)
    assert another.post(door(day, "李一") + "take-back/", {"fact": facts}).status_code == 404


def test_sent_twice_is_stored_once(phone: Client, day: Day):
    value = VALUE.findall(text(phone, door(day, "吴八") + "visit/"))
    for _time in range(2):
        phone.post(door(day, "吴八") + "visit/", {"person": value, "result": "done"})
    with scope_of(HERE):
        assert Visit.objects.count() == Specimen.objects.count() == 1


def test_whom_it_is_about_has_to_be_ticked(phone: Client, day: Day):
    response = phone.post(door(day, "李一") + "visit/", {"result": "done"})
    assert response.status_code == 422
    assert "请勾选是哪几个人" in response.content.decode()
    assert outcome(day, "李一") is None


@pytest.mark.parametrize(
    "sent", [{}, {"result": "gone"}, {"result": "done", "person": "x"}, {"result": "done", "nobody": "x"}]
)
def test_what_cannot_be_read_stores_nothing(phone: Client, day: Day, sent: dict[str, str]):
    assert phone.post(door(day, "李一") + "visit/", sent).status_code == 422
    with scope_of(HERE):
        assert not Visit.objects.exists()


def test_a_door_where_nobody_is_registered_is_vacant_or_unanswered(phone: Client, day: Day):
    url = f"/rounds/{day.round.pk}/doors/{day.village.dwellings['明珠 1-1-103'].pk}/visit/"
    assert re.findall(r'name="result" value="(\w+)"', text(phone, url)) == ["not_found", "vacant"]
    phone.post(url, {"result": "vacant", "nobody": str(uuid7())})
    with scope_of(HERE):
        assert Visit.objects.get().result == "vacant"


def test_somebody_met_at_the_door_joins_and_enters_the_register(phone: Client, day: Day):
    form = text(phone, door(day, "王三") + "newcomer/")
    key = re.findall(r'name="key" value="([^"]+)"', form)[0]
    said = {"name": "王小", "id_kind": "resident_id", "id_number": "", "phone": "", "key": key}
    for _time in range(2):
        response = phone.post(door(day, "王三") + "newcomer/", said, follow=True)
        assert "王小" in response.content.decode()
    with scope_of(HERE):
        target = Target.objects.get(name="王小")
        assert (target.joined, target.join_reason) == ("newcomer", "at_the_door")
        assert Residency.objects.get(person=target.person_id).household.dwelling_id == target.dwelling_id


def test_a_closed_round_takes_nothing_more(phone: Client, coordinator: Actor, day: Day):
    for name in HERE_NOW:
        day.finish(name, hours=7)
    close_at(coordinator, day.round.pk, 9)
    assert "本轮已经结束" in text(phone, door(day, "李一") + "visit/")


def test_only_who_may_plan_shares_doors_out(phone: Client, phone_of: Phone, day: Day):
    assert phone.get(f"/rounds/{day.round.pk}/sweep/share/").status_code == 403
    office = phone_of(Role.COORDINATOR, language="en")
    assert office.post(f"/rounds/{day.round.pk}/sweep/share/", {"teams": "0"}).status_code == 422
    assert "5 doors to share out" in re.sub("<[^>]+>", "", text(office, f"/rounds/{day.round.pk}/sweep/share/"))


def test_another_community_finds_nothing(phone_of: Phone, shared_out: str, day: Day):
    stranger = phone_of(Role.SWEEPER, FAR_AWAY)
    for url in (shared_out, f"/rounds/{day.round.pk}/sweep/", door(day, "李一") + "visit/"):
        assert stranger.get(url).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_list(
    phone: Client, coordinator: Actor, day: Day, shared_out: str
):
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            text(phone, url)
        return len(captured)

    before = queries(shared_out)
    for name in ("李一", "王三", "孙六"):
        knock(phone, day, name, "not_found")
    ask_home_sampling(coordinator, day.round.pk, [day.targets["赵四"]])
    assert queries(shared_out) == before


@pytest.fixture
def paper(phone: Client, shared_out: str) -> str:
    """A door list that has just been printed."""
    response = phone.post(shared_out + "print/")
    assert response.headers["Location"].startswith("/door-lists/")
    return str(response.headers["Location"])


def test_a_door_list_is_printed_with_lines_and_typed_in_once(phone: Client, day: Day, shared_out: str, paper: str):
    printed = text(phone, paper)
    assert "1</b> 已上门采样" in printed
    names = re.findall(r"</td><td>([^<]+)</td><td class=\"sweep__box\"", printed)
    assert sorted(names) == sorted(HERE_NOW)
    line = names.index("王三") + 1
    cannot = names.index("赵四") + 1
    said = phone.post(paper + "typed/", {f"line-{line}": "１", f"line-{cannot}": "3"}, follow=True).content.decode()
    assert "已保存 3 条记录" in said
    assert outcome(day, "王三") == "done"
    assert "等医护上门 · 1" in text(phone, shared_out)
    again = phone.post(paper + "typed/", {f"line-{line}": "1"})
    assert again.status_code == 422
    assert "已由" in again.content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [({}, "至少录入一行"), ({"line-99": "1"}, "没有第 99 行"), ({"line-1": "x"}, "没有第 1 行"),
     ({"line-1": "1", "at": "2020-01-01T00:00"}, "上门时间应在"), ({"line-1": "1", "at": "soon"}, "这不是时间")],
    ids=["empty", "line", "digit", "time", "unreadable"],
)  # fmt: skip
def test_a_paper_that_cannot_be_read_stores_nothing(phone: Client, paper: str, sent: dict[str, str], says: str):
    response = phone.post(paper + "typed/", sent)
    assert response.status_code == 422
    assert says in response.content.decode()
    with scope_of(HERE):
        assert not Visit.objects.exists()


def test_a_list_with_nobody_outstanding_is_not_printed(phone: Client, day: Day, shared_out: str):
    for name in HERE_NOW:
        day.finish(name, hours=7)
    assert phone.post(shared_out + "print/").status_code == 409


def test_a_printed_list_outlives_another_sharing_out(phone: Client, phone_of: Phone, day: Day, paper: str):
    office = phone_of(Role.COORDINATOR, language="en")
    for teams in ("3", "1"):
        response = office.post(f"/rounds/{day.round.pk}/sweep/share/", {"teams": teams})
        assert response.status_code == 302
        for each in re.findall(
            r'href="(/rounds/[^"]+/sweep/[0-9a-f-]{36}/)"', text(phone, f"/rounds/{day.round.pk}/sweep/")
        ):
            phone.post(each + "print/")
    assert "typed/" in text(phone, paper)


def test_a_list_is_printed_for_a_team_of_its_round(
    phone: Client, day: Day, shared_out: str, coordinator: Actor, village: Village
):
    other = make_day(village, coordinator, name="第二轮", another=True)
    assert phone.post(shared_out.replace(str(day.round.pk), str(other.round.pk)) + "print/").status_code == 404


def test_a_medic_takes_a_wrong_tick_back(phone_of: Phone, coordinator: Actor, day: Day):
    ask_home_sampling(coordinator, day.round.pk, [day.targets["赵四"]])
    url, sampler = f"/rounds/{day.round.pk}/home-sampling/", phone_of(Role.SAMPLER)
    ticked = sampler.post(url, {"person": VALUE.findall(text(sampler, url))}, follow=True).content.decode()
    assert outcome(day, "赵四") == "done"
    facts = re.findall(r'name="fact" value="([^"]+)"', ticked)
    sampler.post(url + "take-back/", {"fact": facts})
    assert outcome(day, "赵四") is None
    assert "赵四" in text(sampler, url)


@pytest.mark.parametrize("sent", [[], ["x"], [str(uuid7())], [f"{uuid7()}:{uuid7()}:{uuid7()}"]])
def test_ticks_that_cannot_be_read_store_nothing(phone_of: Phone, day: Day, sent: list[str]):
    response = phone_of(Role.SAMPLER).post(f"/rounds/{day.round.pk}/home-sampling/", {"person": sent})
    assert response.status_code == 422
    with scope_of(HERE):
        assert not Specimen.objects.exists()


def test_what_comes_after_the_close_is_said_to_be_without_effect(phone: Client, coordinator: Actor, day: Day):
    value = VALUE.findall(text(phone, door(day, "吴八") + "visit/"))
    for name in HERE_NOW:
        day.finish(name, hours=7)
    close_at(coordinator, day.round.pk, 9)
    with clock.frozen(at(10)):
        said = phone.post(door(day, "吴八") + "visit/", {"person": value, "result": "refused"}, follow=True)
    assert "已保存，但是：" in said.content.decode()


def test_what_somebody_asks_for_at_the_door_is_due_at_once_until_they_have_it(phone: Client, phone_of: Phone, day: Day):
    page = door(day, "李一") + "help/"
    assert page in text(phone, door(day, "李一") + "visit/")
    asked = {"person": str(day.targets["李一"]), "kind": "medicine", "words": "降压药"}
    said = phone.post(page, asked, follow=True).content.decode()
    assert "已记录" in said
    assert phone.post(page, asked | {"kind": "food", "words": ""}).status_code == 302
    with scope_of(HERE):
        entry = KeyListEntry.objects.get(until=None)
    assert entry.reason == "药品: 降压药; 食品和日用品"
    office = phone_of(Role.CARE_WORKER)
    assert "1 人待办" in text(office, f"/key-lists/{entry.key_list_id}/")
    office.post(f"/key-list-entries/{entry.pk}/done/", {"result": "done"})
    with clock.frozen(at(32)):
        bring_up_to_date(system_actor(BALICHA), BALICHA)
    with scope_of(HERE):
        assert KeyListEntry.objects.filter(until=None).count() == 0
        assert AuditEntry.objects.filter(action="help_asked_for").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "other", "words": " "}, {"kind": "gold"}, {"person": str(uuid7())}],
    ids=["no words", "unknown", "stranger"],
)
def test_a_request_that_says_nothing_is_refused(phone: Client, day: Day, wrong: dict[str, str]):
    asked = {"person": str(day.targets["李一"]), "kind": "medicine", "words": "", **wrong}
    assert phone.post(door(day, "李一") + "help/", asked).status_code == 422
    with scope_of(HERE):
        assert not KeyListEntry.objects.exists()


def test_done_by_mistake_is_taken_back_and_waits_again(coordinator: Actor, day: Day):
    ask_help_at_door(coordinator, day.round.pk, day.targets["李一"], "doctor")
    with scope_of(HERE):
        entry = KeyListEntry.objects.get(until=None)
    record_deed(coordinator, entry.pk, "done")
    take_back_deed(coordinator, entry.pk)
    with clock.frozen(at(32)):
        bring_up_to_date(system_actor(BALICHA), BALICHA)
    with scope_of(HERE):
        assert KeyListEntry.objects.filter(until=None).count() == 1


def test_who_has_no_right_at_the_door_asks_for_nothing(day: Day, desk_clerk: Actor, stranger: Actor):
    for actor, error in ((desk_clerk, Refused), (stranger, NotFound)):
        with pytest.raises(error):
            ask_help_at_door(actor, day.round.pk, day.targets["李一"], "doctor")
