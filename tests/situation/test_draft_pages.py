"""A round is prepared step by step on pages; the draft stays, is gone on with by others, and opens as it was shown."""

from uuid import UUID

import pytest
from django.test import Client

from linli.core import clock
from linli.core.models import AuditEntry, Grant, User
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Compound, Grid, GridPart, Venue
from linli.planning.models import Microplan, RoundDraft
from linli.registry.models import Person, Residency
from linli.rounds.models import Round, RoundScope, Site, Target
from tests.conftest import BALICHA, FAR_AWAY
from tests.planning.drafted import (
    CLOSES,
    LATER,
    NEW,
    OPENS,
    ask,
    begin,
    first_step,
    id_of,
    kept,
    prepare,
    save,
    version_on,
    work_off,
)
from tests.rounds.conftest import HERE, Village, at
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of

STEPS = ("", "what/", "scope/", "targets/", "sites/", "plan/", "staff/", "notice/", "notice/paper/", "staff/paper/")


@pytest.fixture
def draft(phone: Client, village: Village) -> str:
    return prepare(phone)


def test_beginning_twice_begins_one_draft_and_opens_nothing(phone: Client, village: Village):
    told = first_step(phone)
    pages = {phone.post(NEW, told)["Location"] for _ in range(2)}
    assert len(pages) == 1
    with scope_of(HERE):
        assert RoundDraft.objects.count() == 1
        assert not Round.objects.exists()
        assert [entry.action for entry in AuditEntry.objects.filter(community=BALICHA)] == ["round_draft_begun"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"deadline": "2026-04-02T15:59"}, "截止时间已过"),
        ({"deadline": "2026-05-02T15:59"}, "14 天"),
        ({"ordered_at": "2026-04-02T18:00"}, "接到通知不会晚于现在"),
        ({"t0": "2026-04-03T06:00"}, "名单按现在的台账定格"),
        ({"t0": "2026-04-02T08:00", "ordered_at": "2026-04-02T09:00"}, "名单定格应在接到通知之后"),
        ({"name": ""}, ""),
        ({"kind": "campaign"}, ""),
        ({"rule_pack": "nonsense"}, ""),
    ],
)
def test_wrong_basics_are_answered_beside_their_box_and_begin_nothing(
    phone: Client, village: Village, told: dict[str, str], said: str
):
    answer = phone.post(NEW, first_step(phone, **told))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope_of(HERE):
        assert not RoundDraft.objects.exists()


def test_another_coordinator_goes_on_with_the_draft(phone: Client, phone_of: Phone, draft: str):
    colleague = phone_of(Role.COORDINATOR, language="en")
    for way in (f"/c/{BALICHA}/", f"/c/{BALICHA}/rounds/", NEW):
        assert f'href="{draft}"' in text_of(colleague, way)
    assert save(colleague, draft, "scope").status_code == 302
    assert ask(colleague, draft)["Location"].startswith("/rounds/opening/")


def test_every_page_of_a_draft_answers_in_both_languages_at_any_time(phone_of: Phone, phone: Client, village: Village):
    draft = begin(phone)
    for reader in (phone, phone_of(Role.COORDINATOR, language="en")):
        assert [reader.get(f"{draft}{step}").status_code for step in STEPS] == [200] * len(STEPS)
    save(phone, draft, "scope")
    save(phone, draft, "sites", planned="on", opens_at=OPENS, closes_at=CLOSES)
    assert phone.get(f"{draft}plan/").context["seen"].plan.is_under_way
    work_off()
    assert [phone.get(f"{draft}{step}").status_code for step in STEPS] == [200] * len(STEPS)


def test_a_draft_says_what_is_missing_and_does_not_open_without_it(phone: Client, village: Village):
    draft = begin(phone)
    said = text_of(phone, draft)
    assert "还不能开启" in said
    assert "请先选定范围" in said
    assert f'action="{draft}open/"' in said
    phone.post(f"{draft}open/", {"version": "1"})
    assert "现在还不能开启" in text_of(phone, draft)
    with scope_of(HERE):
        assert not Round.objects.exists()


def test_a_step_that_somebody_else_changed_is_not_overwritten_unseen(phone: Client, phone_of: Phone, draft: str):
    colleague = phone_of(Role.COORDINATOR, language="en")
    mine, pearl = version_on(phone, f"{draft}scope/"), str(the_compound("明珠"))
    save(colleague, draft, "scope", compounds=[pearl])
    answer = phone.post(f"{draft}scope/", {"version": mine, "compounds": [str(the_compound("金域"))]})
    assert answer.status_code == 422
    assert "改过这一步" in answer.content.decode()
    assert kept(draft).told["scope"]["compounds"] == [pearl]
    again = answer.context["form"]["version"].value()
    phone.post(f"{draft}scope/", {"version": again, "compounds": [str(the_compound("金域"))]})
    assert kept(draft).told["scope"]["compounds"] == [str(the_compound("金域"))]


def the_compound(name: str) -> UUID:
    with scope_of(HERE):
        found: UUID = Compound.objects.get(name=name).pk
        return found


def test_saving_twice_or_another_step_meanwhile_is_no_conflict(phone: Client, phone_of: Phone, draft: str):
    old = version_on(phone, f"{draft}scope/")
    save(phone_of(Role.COORDINATOR, language="en"), draft, "staff", teams="2")
    told = {"version": old, "compounds": [str(the_compound("明珠"))]}
    assert [phone.post(f"{draft}scope/", told).status_code for _ in range(2)] == [302, 302]
    assert kept(draft).version == int(old) + 2


def test_a_round_opens_from_the_page_as_it_is_only(phone: Client, phone_of: Phone, draft: str):
    old = version_on(phone, draft)
    save(phone_of(Role.COORDINATOR, language="en"), draft, "staff", teams="2")
    assert phone.post(f"{draft}open/", {"version": old})["Location"] == draft
    assert "改过这份草稿" in text_of(phone, draft)
    assert ask(phone, draft)["Location"].startswith("/rounds/opening/")


@pytest.mark.parametrize("scope", ["grid", "compound", "building", "everybody"])
def test_what_the_pages_show_is_what_opens(phone: Client, village: Village, scope: str):
    with scope_of(HERE):
        grid = Grid.objects.create(community=BALICHA, number=1, name="一网格")
        GridPart.objects.create(community=BALICHA, grid=grid, building=village.buildings["明珠 2"])
    told = {
        "grid": {"grids": [str(grid.pk)]},
        "compound": {"compounds": [str(village.compounds["金域"].pk)]},
        "building": {"buildings": [str(village.buildings["明珠 1"].pk)]},
        "everybody": {},
    }[scope]
    draft = prepare(phone)
    save(phone, draft, "scope", **told)
    work_off()
    found = phone.get(f"{draft}targets/").context["found"]
    seen = phone.get(f"{draft}plan/").context["seen"].plan
    ask(phone, draft)
    work_off()
    with scope_of(HERE):
        round = Round.objects.get(pk=id_of(draft))
        targets = set(Target.objects.filter(round=round).values_list("person_id", "outcome_reason"))
        assert {(each.person, each.left_out or "nothing_known") for each in found.targets} == targets
        assert Microplan.objects.get(round=round).promised == seen.promised
        assert [site.name for site in seen.sites] == list(
            Site.objects.filter(round=round).values_list("name", flat=True)
        )
        assert RoundScope.objects.filter(round=round).count() == len(told)
    assert phone.get(draft)["Location"] == f"/rounds/{id_of(draft)}/"


def test_targets_say_who_is_left_out_and_why_and_are_looked_at_as_they_are(phone: Client, draft: str):
    said = text_of(phone, f"{draft}targets/")
    assert "钱五" in said
    assert "周七" in said
    form = phone.get(f"{draft}targets/").context["form"]
    told = {"version": form["version"].value(), "digest": form["digest"].value()}
    with scope_of(HERE):
        Residency.objects.filter(person__name="李一").update(kind="away")
    answer = phone.post(f"{draft}targets/", told)
    assert answer.status_code == 422
    assert "打开本页以后台账有变动" in answer.content.decode()
    told["digest"] = answer.context["form"]["digest"].value()
    assert phone.post(f"{draft}targets/", told)["Location"] == f"{draft}sites/"


def test_a_ledger_that_changed_since_is_said_on_the_last_page(phone: Client, draft: str):
    page = f"{draft}targets/"
    save(phone, draft, "targets", digest=phone.get(page).context["form"]["digest"].value())
    work_off()
    assert "台账有变动" not in text_of(phone, draft)
    with scope_of(HERE):
        Residency.objects.filter(person__name="李一").update(kind="away")
    said = text_of(phone, draft)
    assert "原来 8 人，现在 8 人；应检原来 6 人，现在 5 人" in said
    assert "开启时会按最新台账重排" in said
    assert "开启时会按最新台账重排" in text_of(phone, f"{draft}plan/")
    phone.post(f"{draft}plan/")
    assert f'action="{draft}open/"' in said


def test_another_round_opened_meanwhile_is_said_with_what_to_do(phone: Client, draft: str):
    prepared = prepare(phone, name="第二轮")
    ask(phone, draft)
    work_off()
    said = text_of(phone, prepared)
    assert "“第一轮”正在进行，范围相同" in said
    save(phone, prepared, "scope", compounds=[str(the_compound("金域"))])
    said = text_of(phone, prepared)
    assert "还不能开启" not in said
    assert "“第一轮”也在进行" in said


def test_a_deadline_or_hour_that_passed_is_said_with_what_to_do(phone: Client, draft: str):
    with clock.frozen(at(10)):
        assert "这个时间已过，不能按它叫号" in text_of(phone, draft)
    with clock.frozen(LATER):
        said = text_of(phone, draft)
        assert "截止时间已过，请改到以后" in said
        assert f'href="{draft}what/"' in said
        ask(phone, draft)
    with scope_of(HERE):
        assert not Round.objects.exists()


def test_a_venue_is_added_where_sites_are_chosen_and_chosen_at_once(phone: Client, draft: str):
    answer = save(
        phone, draft, "sites", planned="on", opens_at=OPENS, closes_at=CLOSES, new_name="东广场", new_desks="3"
    )
    assert answer["Location"] == f"{draft}sites/"
    with scope_of(HERE):
        venue = Venue.objects.get(name="东广场")
    assert kept(draft).told["sites"]["desks"] == {str(venue.pk): 3}
    assert "东广场" in text_of(phone, f"{draft}sites/")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"opens_at": "2026-04-02T15:00"}, "这个时间已过"),
        ({"closes_at": "2026-04-02T17:00"}, "采样点关闭早于开放"),
        ({"closes_at": "2026-04-02T17:40"}, "不到半小时"),
        ({"closes_at": "2026-04-02T23:30"}, "关闭晚于截止时间"),
        ({"opens_at": ""}, "请填采样点的开放和关闭时间"),
        ({"desks": "9"}, ""),
        ({"desks": ""}, "几张采样台"),
    ],
)
def test_hours_and_desks_that_cannot_be_are_answered_beside_their_box(
    phone: Client, village: Village, draft: str, told: dict[str, str], said: str
):
    assert village.venue
    desks = {f"use_{village.venue.pk}": "on", f"desks_{village.venue.pk}": told.pop("desks", "2")}
    answer = save(phone, draft, "sites", **{"planned": "on", "opens_at": OPENS, "closes_at": CLOSES, **desks, **told})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_too_few_desks_are_warned_of(phone: Client, village: Village, draft: str):
    assert village.venue
    chosen = {f"use_{village.venue.pk}": "on", f"desks_{village.venue.pk}": "1"}
    with scope_of(HERE):
        Person.objects.bulk_create(Person(community=BALICHA, name=f"过客{number}") for number in range(60))
    save(phone, draft, "sites", planned="on", opens_at=OPENS, closes_at="2026-04-02T18:00", **chosen)
    assert "采样台太少" in text_of(phone, f"{draft}sites/")


def test_the_plan_is_made_anew_when_an_earlier_step_changes(phone: Client, draft: str):
    work_off()
    assert "分钟" in text_of(phone, f"{draft}plan/")
    save(phone, draft, "scope", compounds=[str(the_compound("金域"))])
    page = phone.get(f"{draft}plan/")
    assert page.context["seen"].plan.is_under_way
    assert 'data-poll="1"' in page.content.decode()
    work_off()
    assert phone.get(f"{draft}plan/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert phone.get(f"{draft}plan/").context["seen"].plan.expected == 2


def test_helpers_named_for_posts_get_their_role_until_the_round_closes(phone: Client, draft: str):
    volunteer = User.objects.create(username="helper", name="何志愿")
    Grant.objects.create(user=volunteer, role=Role.VOLUNTEER, division=BALICHA, ends_at=at(24), granted_by="somebody")
    work_off()
    posts = phone.get(f"{draft}staff/").context["found"]
    site = posts.sites[0].key
    assert [(post.duty, post.needed) for post in posts.posts] == [("medic", 1), ("cadre", 2), ("community_worker", 4)]
    answer = save(phone, draft, "staff", teams="1", **{f"post_{volunteer.pk}": f"{site}/medic"})
    assert answer["Location"] == f"{draft}notice/"
    assert "得到“采样员”权限" in text_of(phone, f"{draft}staff/")
    assert volunteer.get_full_name() in text_of(phone, f"{draft}staff/paper/")
    assert not Grant.objects.filter(user=volunteer, role=Role.SAMPLER).exists()
    ask(phone, draft)
    work_off()
    given = Grant.objects.get(user=volunteer, role=Role.SAMPLER)
    assert (given.division, given.ends_with) == (BALICHA, f"round:{id_of(draft)}")
    assert f'href="{draft}staff/paper/"' in text_of(phone, f"/rounds/{id_of(draft)}/")
    assert volunteer.get_full_name() in text_of(phone, f"{draft}staff/paper/")


def test_post_that_does_not_exist_is_refused(phone: Client, draft: str):
    user = User.objects.get(username=f"coordinator-{BALICHA}-zh-hans")
    assert save(phone, draft, "staff", teams="1", **{f"post_{user.pk}": "team/2"}).status_code == 422
    assert "staff" not in kept(draft).told


def test_notice_is_filled_from_the_plan_edited_and_printed(phone: Client, draft: str):
    work_off()
    form = phone.get(f"{draft}notice/").context["form"]
    assert "4月2日 17:30" in form["zh"].value()
    assert "户码" in form["zh"].value()
    assert "household slip" in form["en"].value()
    save(phone, draft, "notice", zh="请带身份证。", en="Bring your card.")
    paper = text_of(phone, f"{draft}notice/paper/")
    assert "请带身份证。" in paper
    assert "明珠 1" in paper
    save(phone, draft, "sites", planned="on", opens_at="2026-04-02T18:00", closes_at=CLOSES)
    assert "写好通知以后时间或地点改过了" in text_of(phone, draft)
    again = phone.post(f"{draft}notice/", {"fill": "1"})
    assert "4月2日 18:00" in again.context["form"]["zh"].value()
    assert kept(draft).told["notice"]["zh"] == "请带身份证。"


def test_a_draft_is_discarded_and_what_it_said_stays_on_record(phone: Client, draft: str):
    assert phone.post(f"{draft}discard/")["Location"] == f"/c/{BALICHA}/rounds/"
    assert phone.get(draft).status_code == 404
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="round_draft_discarded", object_id=id_of(draft)).count() == 1


def test_a_draft_changes_no_more_once_its_round_is_asked_for(phone: Client, draft: str):
    version = version_on(phone, draft)
    page = ask(phone, draft)["Location"]
    assert phone.get(f"{draft}scope/")["Location"] == page
    for step, told in (("scope", {"compounds": [str(the_compound("金域"))]}), ("discard", {}), ("plan", {})):
        assert phone.post(f"{draft}{step}/", {"version": version, **told}).status_code == 409
    work_off()
    assert phone.get(f"{draft}scope/")["Location"] == f"/rounds/{id_of(draft)}/"


def test_screening_round_is_prepared_without_sites(phone: Client, village: Village):
    draft = begin(phone, kind="screening", name="摸排")
    assert phone.get(f"{draft}sites/").context["form"]["planned"].value() is False
    save(phone, draft, "scope")
    save(phone, draft, "sites")
    ask(phone, draft)
    work_off()
    with scope_of(HERE):
        assert Round.objects.get().kind == "screening"
        assert not Site.objects.exists()


def test_drafts_are_for_who_may_open_rounds_in_their_community(phone: Client, phone_of: Phone, draft: str):
    clerk, stranger = phone_of(Role.DESK_CLERK), phone_of(Role.COORDINATOR, FAR_AWAY)
    assert {clerk.get(f"{draft}{step}").status_code for step in STEPS} == {403}
    assert {stranger.get(f"{draft}{step}").status_code for step in STEPS} == {404}
    assert {stranger.post(f"{draft}{step}/").status_code for step in ("open", "discard", "scope", "plan")} == {404}
    assert f'href="{draft}"' not in text_of(clerk, f"/c/{BALICHA}/")


def test_places_of_another_community_cannot_be_chosen(phone: Client, draft: str):
    answer = save(phone, draft, "scope", compounds=["019d4d34-d000-74a0-8396-b49d6cf223da"])
    assert answer.status_code == 422


def test_a_venue_that_is_there_already_is_chosen_and_not_written_over(phone: Client, draft: str):
    with scope_of(HERE):
        before = Venue.objects.values().get(name="小广场")
    answer = save(phone, draft, "sites", planned="on", opens_at=OPENS, closes_at=CLOSES, new_name="小广场")
    assert answer.status_code == 422
    assert "已有同名场地" in answer.content.decode()
    with scope_of(HERE):
        assert Venue.objects.values().get(name="小广场") == before


def test_a_notice_read_beside_other_hours_is_said_to_be_old(phone: Client, draft: str):
    opened = phone.get(f"{draft}notice/").context["form"]
    told = {name: opened[name].value() or "" for name in opened.fields} | {"zh": "通知", "en": "notice"}
    assert phone.post(f"{draft}notice/", told).status_code == 302
    assert not phone.get(f"{draft}notice/").context["is_old"]
    save(phone, draft, "sites", planned="on", opens_at="2026-04-02T18:00", closes_at=CLOSES)
    again = {**told, "zh": "通知。", "version": version_on(phone, f"{draft}notice/")}
    assert phone.post(f"{draft}notice/", again).status_code == 302
    assert phone.get(f"{draft}notice/").context["is_old"]


def test_a_notice_filled_before_the_plan_is_old_once_there_is_one(phone: Client, draft: str):
    opened = phone.get(f"{draft}notice/").context["form"]
    told = {name: opened[name].value() or "" for name in opened.fields} | {"zh": "通知", "en": "notice"}
    phone.post(f"{draft}notice/", told)
    work_off()
    assert phone.get(f"{draft}notice/").context["is_old"]
