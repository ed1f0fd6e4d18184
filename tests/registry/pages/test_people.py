"""Searching, a person's page, editing, unmasking, doors and export."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core.actors import Actor
from linli.core.home import folder
from linli.core.models import AuditEntry
from linli.core.rights import Role
from linli.core.scope import installation_scope, scope_of
from linli.places.models import Building
from linli.registry.masking import masked
from linli.registry.models import LedgerImport
from linli.registry.services.people import PersonWords, add_person_without_dwelling
from linli.registry.services.stays import end_residency
from tests.conftest import BALICHA
from tests.registry.office import LI, PEOPLE, VACANT, ZHANG, changed, id_number, person_named
from tests.registry.pages.conftest import LEDGER, SEARCH, Sign, page, speak, text_of

pytestmark = pytest.mark.django_db
Act = Callable[..., LedgerImport]
MANY = [
    changed(
        ZHANG, 姓名=f"张{at:03}", 房号=f"{1 + at // 4}0{1 + at % 4}", 身份证号码=id_number("19800101", at), 备注="孕妇"
    )
    for at in range(100, 180)
]


@pytest.fixture
def register(taken_in: Act) -> LedgerImport:
    return taken_in()


@pytest.fixture
def person(register: LedgerImport) -> str:
    return f"/persons/{person_named('李娜').pk}/"


@pytest.mark.parametrize("query", ["李", LI[7], LI[7][-4:], "13900000002", "0002", "1-1-101", "明珠华府1栋1单元101室"])
def test_one_box_finds_by_name_number_or_address(office: Client, register: LedgerImport, query: str) -> None:
    shown = text_of(office.post(SEARCH, {"q": query}, follow=True))
    assert "李娜" in shown
    assert "孕妇" in shown
    assert query == LI[7] or LI[7] not in shown
    assert f"4****************{LI[7][-1]}" in shown
    assert "明珠华府 1-1-101" in shown


def test_too_many_numbers_get_a_plain_answer_and_are_on_record(
    office: Client, register: LedgerImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.registry.services.lookup.MOST_AN_HOUR", 1)
    assert office.post(SEARCH, {"q": "13900000002"}).status_code == 200
    refused = office.post(SEARCH, {"q": "13900000003"})
    assert refused.status_code == 429
    assert "到了上限" in text_of(refused)
    with installation_scope():
        assert AuditEntry.objects.filter(action="refused").exists()


@pytest.mark.parametrize("query", ["zzz", "%", "\0", "'; drop table", "🙂", "9" * 300])
def test_a_search_without_result_says_what_can_be_typed(office: Client, register: LedgerImport, query: str) -> None:
    answer = office.post(SEARCH, {"q": query, "page": "-3"}, follow=True)
    assert answer.status_code == 200
    assert "证件号码，或后四位" in text_of(answer)


@pytest.mark.parametrize("query", [LI[7], "13900000002", "139 0000 0002", "139-0000-0002", "98202", "1390000"])
def test_a_number_is_searched_and_answered_in_the_body_only(office: Client, register: LedgerImport, query: str) -> None:
    answer = office.post(SEARCH, {"q": query})
    assert (answer.status_code, answer.context["query"]) == (200, query)
    refused = office.get(SEARCH, {"q": query})
    assert (refused.status_code, refused.headers["Location"]) == (302, SEARCH)
    shown = text_of(office.get(SEARCH))
    assert "历史记录" in shown
    assert query not in shown


@pytest.mark.parametrize("query", ["李", "李 娜", "0002", "3-2-501", "12-1-1501", "明珠华府12栋1单元1501室"])
def test_a_name_or_door_that_is_posted_gets_an_address_of_its_own(
    office: Client, register: LedgerImport, query: str
) -> None:
    answer = office.post(SEARCH, {"q": query})
    assert answer.status_code == 302
    assert office.get(answer.headers["Location"]).context["query"] == query
    assert office.post(SEARCH, {"q": " "}).headers["Location"] == SEARCH


def test_the_search_form_posts_with_its_token(signed_in: Sign, register: LedgerImport) -> None:
    careful = signed_in(Role.COORDINATOR)
    careful.handler.enforce_csrf_checks = True
    form = text_of(careful.get(f"{SEARCH}?q=李"))
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert careful.post(SEARCH, {"q": LI[7]}).status_code == 403
    assert "李娜" in text_of(careful.post(SEARCH, {"q": LI[7], "csrfmiddlewaretoken": token}))


def test_everybody_with_one_phone_stands_on_one_page(office: Client, taken_in: Act) -> None:
    taken_in([changed(row, 联系电话="13912345678") for row in MANY])
    answer = office.post(SEARCH, {"q": "13912345678"})
    assert len(answer.context["people"]) == 80
    assert "13912345678" not in "".join(re.findall(r'href="[^"]*"', text_of(answer)))


def test_an_empty_search_leads_to_the_buildings(office: Client, register: LedgerImport) -> None:
    shown = text_of(office.get(SEARCH))
    assert "要找谁？" in shown
    assert "/buildings/" in shown


def test_results_are_paged(office: Client, taken_in: Act) -> None:
    taken_in(MANY)
    first, last = (office.get(SEARCH, {"q": "张", "page": number}) for number in ("1", "3"))
    assert "“张”找到 80 人" in text_of(first)
    assert (len(first.context["people"]), len(last.context["people"])) == (30, 20)
    assert first.context["people"][0].name == "张100"
    assert len(office.get(SEARCH, {"q": "张", "page": "99"}).context["people"]) == 20


@pytest.mark.parametrize("where", ["search", "person", "dwelling", "building", "check", "ledger"])
def test_the_number_of_queries_does_not_grow(office: Client, taken_in: Act, upload: Act, where: str) -> None:
    taken_in([ZHANG])
    few = queries(office, address(where, upload([ZHANG])))
    taken_in([ZHANG, *MANY])
    assert queries(office, address(where, upload([ZHANG, *MANY]))) == few


def address(where: str, latest: LedgerImport) -> str:
    person = person_named("张伟")
    with scope_of(((BALICHA, BALICHA + 1),)):
        dwelling = person.residencies.get().household.dwelling_id
        building = Building.objects.get().pk
    return {
        "search": f"{SEARCH}?q=张",
        "person": f"/persons/{person.pk}/",
        "dwelling": f"/dwellings/{dwelling}/",
        "building": f"/buildings/{building}/",
        "check": page(latest, "check/"),
        "ledger": LEDGER,
    }[where]


def queries(office: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert office.get(url).status_code == 200
    return len(seen)


def test_person_page_shows_everything_masked(office: Client, person: str) -> None:
    shown = text_of(office.get(person))
    for word in ("李娜 住在 明珠华府 1-1-101", "女", "1982-02-02", "139****0002", "配偶", "孕妇", "张伟", "至今"):
        assert word in shown, word
    assert LI[7] not in shown
    assert "13900000002" not in shown


def test_full_numbers_are_shown_once_for_a_reason_that_is_kept(office: Client, person: str) -> None:
    answer = office.post(f"{person}unmask/", {"reason": "other", "detail": "家属来电"})
    assert LI[7] in text_of(answer)
    assert "13900000002" in text_of(answer)
    again = text_of(office.get(person))
    assert LI[7] not in again
    assert "家属来电" in again
    with scope_of(((BALICHA, BALICHA + 1),)):
        assert AuditEntry.objects.filter(action="identity_unmasked").count() == 1


@pytest.mark.parametrize("told", [{}, {"reason": ""}, {"reason": "other"}, {"reason": "curiosity", "detail": "x"}])
def test_no_number_without_a_reason(office: Client, person: str, told: dict[str, str]) -> None:
    answer = office.post(f"{person}unmask/", told)
    assert answer.status_code == 422
    assert LI[7] not in text_of(answer)


NUMBERED = "儿子 13812345678，证件 421303198001011112；2026-01-02 来过"
HIDDEN = "儿子 138****5678，证件 4****************2；2026-01-02 来过"


@pytest.fixture
def remarked(taken_in: Act) -> str:
    taken_in([changed(LI, 备注=NUMBERED), changed(VACANT, 备注="空置 房东 13812345678")])
    return f"/persons/{person_named('李娜').pk}/"


def test_numbers_in_remarks_are_hidden_on_every_page(office: Client, remarked: str) -> None:
    for url in (remarked, f"{remarked}edit/"):
        shown = text_of(office.get(url))
        assert HIDDEN in shown, url
        assert "13812345678" not in shown
    with scope_of(((BALICHA, BALICHA + 1),)):
        vacant = Building.objects.get(name="2").units.get().dwellings.get(room="202")
    shown = text_of(office.get(f"/dwellings/{vacant.pk}/"))
    assert "138****5678" in shown
    assert "13812345678" not in shown
    assert NUMBERED in text_of(office.post(f"{remarked}unmask/", {"reason": "check"}))


def test_numbers_in_remarks_survive_an_edit_where_their_stars_stay(office: Client, remarked: str) -> None:
    edited(office, remarked, remarks=HIDDEN.replace("儿子", "大儿子"))
    assert person_named("李娜").remarks == NUMBERED.replace("儿子", "大儿子")
    edited(office, remarked, remarks="证件 4****************2")
    assert person_named("李娜").remarks == "证件 421303198001011112"
    edited(office, remarked, remarks="138****5678 13800001111")
    assert person_named("李娜").remarks == "138****5678 13800001111"


def test_a_walk_in_has_no_known_door_and_a_leaver_lives_here_no_longer(
    office: Client, coordinator: Actor, register: LedgerImport
) -> None:
    walk_in = add_person_without_dwelling(coordinator, BALICHA, PersonWords(name="访客甲"))
    end_residency(coordinator, person_named("王芳").pk, "moved")
    assert "访客甲 的住址未知" in text_of(office.get(f"/persons/{walk_in.pk}/"))
    assert "王芳 已不在本社区居住" in text_of(office.get(f"/persons/{person_named('王芳').pk}/"))
    assert "住址未知" in text_of(office.get(f"{SEARCH}?q=访客"))
    assert "现不在本社区" in text_of(office.get(f"{SEARCH}?q=王芳"))


def edited(office: Client, person: str, **told: Any) -> Any:
    initial = office.get(f"{person}edit/").context["form"].initial
    return office.post(f"{person}edit/", {**initial, **told})


def test_an_edit_is_saved_and_written_down(office: Client, person: str) -> None:
    assert edited(office, person, name="李 娜娜", birth="1982年2月3日", residency_kind="tenant").status_code == 302
    shown = text_of(office.get(person))
    for word in ("李 娜娜", "1982-02-03", "租户", "修改：姓名", "139****0002"):
        assert word in shown, word


def test_phones_stay_unless_new_ones_are_given(office: Client, person: str) -> None:
    edited(office, person, phones="138 1111 2222，0722-3333333")
    assert "138****2222" in text_of(office.get(person))
    edited(office, person, no_phones="on")
    assert "138****2222" not in text_of(office.get(person))


def test_the_edit_form_never_carries_full_numbers(office: Client, person: str) -> None:
    shown = text_of(office.get(f"{person}edit/"))
    assert "139****0002" in shown
    assert "13900000002" not in shown
    assert LI[7] not in shown


@pytest.mark.parametrize(
    "told",
    [{"name": " "}, {"name": "a\x07b"}, {"name": "a\0b"}, {"birth": "2099-01-01"}, {"birth": "昨天"}, {"phones": "1234"},
     {"sex": "x"}, {"residency_kind": "guest"}, {"id_number": "421303198202022229"}, {"id_number": ZHANG[7]}],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field(office: Client, person: str, told: dict[str, str]) -> None:
    answer = edited(office, person, **told)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(told)
    assert person_named("李娜").edited_at is None


def test_a_page_that_was_open_too_long_does_not_overwrite(office: Client, signed_in: Sign, person: str) -> None:
    stale = office.get(f"{person}edit/").context["form"].initial
    colleague = signed_in(Role.COORDINATOR, 421303000000)
    assert edited(colleague, person, remarks="已搬到父母家").status_code == 302
    answer = office.post(f"{person}edit/", {**stale, "remarks": "旧的"})
    assert answer.status_code == 409
    assert "已搬到父母家" in text_of(office.get(person))


def test_dwelling_shows_its_household_and_marks_its_door(office: Client, person: str) -> None:
    with scope_of(((BALICHA, BALICHA + 1),)):
        dwelling = person_named("王芳").residencies.get().household.dwelling_id
    shown = text_of(office.get(f"/dwellings/{dwelling}/"))
    for word in ("明珠华府 1-1-102 住 1 人", "王芳", "赵六", "137****0009", 'aria-current="location"'):
        assert word in shown, word


def test_a_vacant_dwelling_says_so(office: Client, register: LedgerImport) -> None:
    with scope_of(((BALICHA, BALICHA + 1),)):
        building = Building.objects.get(name="2")
        vacant = building.units.get().dwellings.get(room="202")
    assert "明珠华府 2-1-202 空置" in text_of(office.get(f"/dwellings/{vacant.pk}/"))
    shown = text_of(office.get(f"/buildings/{building.pk}/"))
    assert "明珠华府 2栋：2 户室，2 人" in shown
    assert "door--vacant" in shown


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_the_register_is_handed_out_and_the_spooled_file_goes(
    office: Client, register: LedgerImport, kind: str
) -> None:
    answer = office.post(f"{LEDGER}export/", {"format": kind})
    content = answer.getvalue()
    answer.close()
    assert f"{kind}" in answer.headers["Content-Disposition"]
    assert len(content) > 300
    assert list(folder("spool").iterdir()) == []
    if kind == "json":
        assert len(json.loads(content)) == 5
    if kind == "csv":
        assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 7


def test_an_unknown_format_is_refused(office: Client, register: LedgerImport) -> None:
    assert office.post(f"{LEDGER}export/", {"format": "exe"}).status_code == 422


def test_every_page_speaks_english(office: Client, person: str, upload: Act) -> None:
    speak(office, "en")
    one = upload(PEOPLE)
    for url, words in {
        LEDGER: "Upload a ledger", SEARCH: "Whom are you looking for?", f"{SEARCH}?q=李": "1 person fits",
        person: "李娜 lives at 明珠华府 1-1-101", f"{person}edit/": "Correct what is known about",
        page(one, "columns/"): "5 people were read", page(one, "check/"): "5 people can be imported",
    }.items():  # fmt: skip
        assert words in text_of(office.get(url)), url


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("421303198509169118", "4****************8"),
        ("421303 19850916 911x", "4****************x"),
        ("13579918134、0722-3211234", "135****8134、072****1234"),
        ("3-2-501", "3-2-501"),
        ("1985-09-16", "1985-09-16"),
        ("独居老人", "独居老人"),
    ],
)
def test_numbers_in_any_text_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
