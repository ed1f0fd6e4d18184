"""Key lists on their pages: begun from a ready-made one, worked through, changed, handed on, ended."""

from collections.abc import Callable

import pytest
from django.test import Client

from linli.core.models import AuditEntry
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.registry.models import KeyList, KeyListEntry, LedgerImport
from tests.conftest import BALICHA
from tests.registry.office import person_named
from tests.registry.pages.conftest import Sign, text_of

pytestmark = pytest.mark.django_db
HERE = ((BALICHA, BALICHA + 1),)
LISTS = f"/c/{BALICHA}/key-lists/"


@pytest.fixture(autouse=True)
def register(taken_in: Callable[..., LedgerImport]) -> LedgerImport:
    return taken_in()


def begun(office: Client, **changes: str) -> KeyList:
    """Begin the list of pregnant women as it is ready-made, with changes."""
    page = office.get(f"{LISTS}new/?kind=pregnant")
    form = page.context["form"]
    told = {name: form[name].value() or "" for name in form.fields if name not in ("kinds", "said")}
    told |= {"needs": "孕妇", "ends_on": f"{form['ends_on'].value():%Y-%m-%d}", **changes}
    response = office.post(f"{LISTS}new/", told, follow=True)
    assert response.status_code == 200, text_of(response)
    with scope_of(HERE):
        return KeyList.objects.get(ended_at=None)


def entry_of(name: str) -> KeyListEntry:
    with scope_of(HERE):
        return KeyListEntry.objects.get(person__name=name, until=None)


def test_a_ready_made_list_is_begun_worked_through_and_ended(office: Client):
    assert "孕妇" in text_of(office.get(LISTS))
    made = begun(office)
    page = f"/key-lists/{made.pk}/"
    assert "孕妇：1 人待办" in text_of(office.get(page))
    said = text_of(office.post(f"/key-list-entries/{entry_of('李娜').pk}/done/", {"result": "done"}, follow=True))
    assert "已记录" in said
    assert "没有待办，名单上 1 人" in said
    everybody = text_of(office.get(page + "?show=all"))
    assert "李娜" in everybody
    assert "已完成" in everybody
    assert "已撤回" in text_of(
        office.post(f"/key-list-entries/{entry_of('李娜').pk}/done/", {"back": "1"}, follow=True)
    )
    assert "孕妇：1 人待办" in text_of(office.get(page))
    assert "已结束" in text_of(office.post(page + "act/", {"end": "1"}, follow=True))
    assert "1 个名单已结束" in text_of(office.get(LISTS))
    assert "李娜" in text_of(office.get(page + "?show=left"))


def test_more_words_and_another_day_are_written_down_on_the_entry(office: Client):
    begun(office)
    entry = f"/key-list-entries/{entry_of('李娜').pk}/"
    said = text_of(
        office.post(entry, {"result": "not_reached", "note": "电话13900000002没人接", "next_on": ""}, follow=True)
    )
    assert "未联系上" in said
    assert "13900000002" not in said, "numbers in notes are masked as everywhere"
    refused = office.post(entry, {"result": "done", "next_on": "2001-01-01"})
    assert refused.status_code == 422
    assert "下次日期不能早于今天" in text_of(refused)


def test_somebody_is_put_on_and_taken_off_by_hand(office: Client):
    made = begun(office)
    person = person_named("王芳").pk
    assert "列入重点名单" in text_of(office.get(f"/persons/{person}/"))
    said = text_of(
        office.post(f"/persons/{person}/put-on/", {"key_list": str(made.pk), "reason": "刚出院"}, follow=True)
    )
    assert "王芳 已列入名单" in said
    assert "重点名单" in said
    off = f"/key-list-entries/{entry_of('王芳').pk}/take-off/"
    assert office.post(off, {"reason": ""}).status_code == 422
    assert "已移出名单" in text_of(office.post(off, {"reason": "好了"}, follow=True))
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="taken_off_key_list").count() == 1


def test_a_list_is_changed_and_its_people_given_to_somebody_else(office: Client, signed_in: Sign):
    made = begun(office)
    grid_worker = signed_in(Role.GRID_WORKER, BALICHA)
    page = f"/key-lists/{made.pk}/"
    form = office.get(page + "edit/").context["form"]
    keeper = next(name for name, _called in form.fields["keeper"].choices if name != form["keeper"].value())
    given = office.post(page + "act/", {"give": "1", "entry": str(entry_of("李娜").pk), "keeper": keeper}, follow=True)
    assert "1 人已换责任人" in text_of(given)
    assert entry_of("李娜").keeper == keeper
    told = {name: form[name].value() or "" for name in form.fields if name not in ("kinds", "said", "needs")}
    told |= {"ends_on": f"{form['ends_on'].value():%Y-%m-%d}", "needs": "", "kinds": ["tenant"]}
    assert "已保存" in text_of(office.post(page + "edit/", told, follow=True))
    assert "王芳" in text_of(office.get(page))
    assert "名单已是最新" in text_of(office.post(page + "act/", {"refresh": "1"}, follow=True))
    assert grid_worker.get(page).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"age_from": "90", "age_to": "80"}, {"ends_on": "2020-01-01"}, {"needs": "x" * 90}, {"every_days": "0"}]
)
def test_a_list_that_cannot_be_kept_is_refused_with_what_was_typed(office: Client, wrong: dict[str, str]):
    form = office.get(f"{LISTS}new/?kind=pregnant").context["form"]
    told = {name: form[name].value() or "" for name in form.fields if name not in ("kinds", "said")}
    told |= {"ends_on": f"{form['ends_on'].value():%Y-%m-%d}", **wrong}
    response = office.post(f"{LISTS}new/", told)
    assert response.status_code == 422
    with scope_of(HERE):
        assert not KeyList.objects.exists()


def test_the_home_of_the_community_says_how_many_are_due(office: Client):
    begun(office)
    assert "今天有 1 人待办" in text_of(office.get(f"/c/{BALICHA}/"))


def test_a_care_worker_records_and_changes_nothing_else(office: Client, signed_in: Sign):
    made = begun(office)
    carer = signed_in(Role.CARE_WORKER, BALICHA)
    page = text_of(carer.get(f"/key-lists/{made.pk}/?show=all"))
    assert "完成" in page
    assert "结束名单" not in page
    assert carer.post(f"/key-lists/{made.pk}/act/", {"end": "1"}).status_code == 403
    assert carer.post(f"/key-list-entries/{entry_of('李娜').pk}/done/", {"result": "done"}).status_code == 302
    assert "1" in text_of(carer.get("/key-lists/"))
