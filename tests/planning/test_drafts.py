"""What a draft refuses and decides, at the services and rules themselves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from linli.core.actors import Actor, HeldRole
from linli.core.errors import NotFound, Refused
from linli.core.ids import uuid7
from linli.core.models import Grant, User, Work
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Compound, Grid
from linli.planning.drafting import services
from linli.planning.drafting.enough import enough
from linli.planning.drafting.errors import DraftChanged, DraftNotReady, GridCoversNothing, MayNotGiveRole
from linli.planning.drafting.reading import PLAN_AHEAD, plan_basis
from linli.planning.drafting.rules import decide_sites, decide_what, next_quarter
from linli.planning.drafting.selectors import draft_seen, drafts_of
from linli.planning.drafting.services import begin_draft, discard_draft, open_draft, plan_draft, save_part
from linli.planning.drafting.staff import SitePost, posts_of, role_for, standing
from linli.planning.drafting.told import Notice, Part, Scope, Seen, Sites, Staff, Told, What
from linli.planning.models import RoundDraft
from linli.workforce.selectors import Colleague, colleagues_in
from tests.conftest import BALICHA, NEIGHBOUR
from tests.planning.people import RULES
from tests.rounds.conftest import HERE, Village, at
from tests.rounds.conftest import morning as morning
from tests.rounds.conftest import village as village

NOW = at(8)
WHAT = What("第一轮", at(16))
HOURS = Sites(planned=True, opens_at=at(9), closes_at=at(12))


@pytest.fixture
def draft(village: Village, coordinator: Actor) -> RoundDraft:
    return begin_draft(coordinator, BALICHA, uuid7(), WHAT)


def test_what_is_told_is_read_as_it_was_told():
    parts: list[Part] = [
        What("第一轮", at(16), "screening", at(7), at(8), uuid7()), Scope((uuid7(),), (uuid7(),), (uuid7(),)),
        Seen("d", 8, 6, "s"), Sites(True, at(9), at(12), {uuid7(): 3}), Staff({uuid7(): "team/1"}, 2), Notice("中", "en", "b"),
    ]  # fmt: skip
    told = Told.read({part.step: part.as_json() for part in parts})
    assert [told.what, told.scope, told.seen, told.sites, told.staff, told.notice] == parts


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        (WHAT, ()),
        (What("一", at(8)), (("deadline", "deadline_passed"),)),
        (What("一", at(8 + 15 * 24)), (("deadline", "deadline_too_far"),)),
        (What("一", at(16), ordered_at=at(9)), (("ordered_at", "ordered_ahead"),)),
        (What("一", at(16), t0=at(9)), (("t0", "t0_ahead"),)),
        (What("一", at(16), t0=at(6), ordered_at=at(7)), (("t0", "t0_before_the_order"),)),
        (What("一", at(16), ordered_at=at(-15 * 24)), (("ordered_at", "ordered_too_early"),)),
    ],
)
def test_each_wrong_time_is_told_by_its_box_and_reason(what: What, wrong: tuple[tuple[str, str], ...]):
    assert decide_what(what, NOW) == wrong


def test_sites_are_wrong_by_hours_venues_and_room():
    square, gone = uuid7(), uuid7()
    room = {square: 4}
    told = {
        "venue_gone": Sites(True, at(9), at(12), {gone: 1}),
        "more_desks_than_room": Sites(True, at(9), at(12), {square: 5}),
        "venue_without_desk": Sites(True, at(9), at(12), {square: 0}),
        "opens_in_the_past": Sites(True, at(7), at(12)),
        "closes_after_the_deadline": Sites(True, at(9), at(17)),
        "opens_after_the_deadline": Sites(True, at(16), at(17)),
        "hours_too_short": Sites(True, at(9), at(9.25)),
        "no_hours": Sites(True),
    }
    found = {code: [reason for _box, reason in decide_sites(sites, at(16), room, NOW)] for code, sites in told.items()}
    assert found == {code: [code] for code in told}
    assert decide_sites(Sites(planned=False), at(16), room, NOW) == ()


def test_hours_are_proposed_from_the_next_quarter():
    assert next_quarter(datetime(2026, 4, 2, 8, 0, tzinfo=UTC)) == datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
    assert next_quarter(datetime(2026, 4, 2, 8, 1, 30, tzinfo=UTC)) == datetime(2026, 4, 2, 8, 15, tzinfo=UTC)


def test_too_few_sites_and_desks_are_noticed():
    one = enough(Sites(True, at(9), at(12), {uuid7(): 2}), 6000, RULES)
    assert (one.sites_needed, one.has_too_few_sites, one.has_too_few_desks) == (3, True, True)
    assert one.desks_needed == -(-6000 // (130 * 0.88 * (3 - 1 / 3)))
    plenty = enough(Sites(True, at(9), at(16), {uuid7(): 4, uuid7(): 4, uuid7(): 4}), 6000, RULES)
    assert not plenty.has_too_few_sites
    assert not plenty.has_too_few_desks
    nowhere = enough(Sites(True, at(9), at(12)), 6000, RULES)
    assert not nowhere.has_too_few_sites
    assert not nowhere.has_too_few_desks


def test_posts_say_who_is_short_and_put_people_at_desks_in_turn():
    people = [Colleague(uuid7(), name, (), frozenset(), None) for name in ("甲", "乙", "丙")]
    named = Staff({each.id: "square/medic" for each in people} | {uuid7(): "square/cadre"}, teams=1)
    medic, cadre, worker, team = posts_of(named, [SitePost("square", "小广场", 2)], RULES, people)
    assert [(post.needed, post.short) for post in (medic, cadre, worker, team)] == [(2, 0), (4, 4), (8, 8), (3, 3)]
    assert [(desk, each.name) for desk, each in medic.by_desk] == [(1, "甲"), (2, "乙"), (1, "丙")]
    assert standing(named, {"elsewhere"}).posts == {}
    assert standing(named, {"square"}) == named


def test_grids_that_cover_nothing_are_no_scope(draft: RoundDraft, coordinator: Actor):
    with scope_of(HERE):
        grid = Grid.objects.create(community=BALICHA, number=1, name="空网格")
    with pytest.raises(GridCoversNothing):
        save_part(coordinator, draft.pk, Scope(grids=(grid.pk,)), draft.version)


def test_older_version_of_the_same_step_is_refused_and_of_another_is_not(draft: RoundDraft, coordinator: Actor):
    first = draft.version
    save_part(coordinator, draft.pk, HOURS, first)
    save_part(coordinator, draft.pk, Scope(), first)
    with pytest.raises(DraftChanged):
        save_part(coordinator, draft.pk, Sites(planned=False), first)
    assert save_part(coordinator, draft.pk, HOURS, first).version == first + 2


def test_nobody_is_named_for_a_post_whose_role_the_coordinator_may_not_give(draft: RoundDraft):
    user = User.objects.create(username="helper", name="何志愿")
    Grant.objects.create(user=user, role=Role.VOLUNTEER, division=BALICHA, ends_at=at(24), granted_by="somebody")
    hurried = Actor("hurried", "user", held=(HeldRole(Role.COORDINATOR, BALICHA, NOW + timedelta(hours=2)),))
    with pytest.raises(MayNotGiveRole):
        save_part(hurried, draft.pk, Staff({user.pk: "team/1"}, 1), draft.version)
    assert save_part(hurried, draft.pk, Staff({user.pk: "1/cadre"}, 1), draft.version).told["staff"]["teams"] == 1


def test_draft_that_is_not_ready_says_why(draft: RoundDraft, coordinator: Actor):
    with pytest.raises(DraftNotReady) as refusal:
        open_draft(coordinator, draft.pk, draft.version)
    assert "Say whom the round is for" in refusal.value.in_language("en") or "请先选定范围" in str(refusal.value)


def test_id_of_a_draft_elsewhere_is_no_way_to_learn_of_it(draft: RoundDraft, coordinator: Actor):
    both = Actor("both", "user", held=(*coordinator.held, HeldRole(Role.COORDINATOR, NEIGHBOUR)))
    with pytest.raises(NotFound):
        begin_draft(both, NEIGHBOUR, draft.pk, WHAT)


def test_drafts_are_for_who_may_open_rounds_there(draft: RoundDraft, desk_clerk: Actor, stranger: Actor, nobody: Actor):
    for actor, answer in ((desk_clerk, Refused), (stranger, NotFound), (nobody, Refused)):
        for act in (
            lambda who: begin_draft(who, BALICHA, uuid7(), WHAT),
            lambda who: save_part(who, draft.pk, Scope(), 1),
            lambda who: plan_draft(who, draft.pk),
            lambda who: open_draft(who, draft.pk, 1),
            lambda who: discard_draft(who, draft.pk),
            lambda who: draft_seen(who, draft.pk),
            lambda who: drafts_of(who, BALICHA),
        ):
            with pytest.raises(answer):
                act(actor)


def test_a_grid_that_covers_nothing_is_named_beside_places_that_do(draft: RoundDraft, coordinator: Actor):
    with scope_of(HERE):
        grid = Grid.objects.create(community=BALICHA, number=1, name="空网格")
        compound = Compound.objects.get(name="明珠")
    with pytest.raises(GridCoversNothing, match="空网格"):
        save_part(coordinator, draft.pk, Scope(grids=(grid.pk,), compounds=(compound.pk,)), draft.version)


@pytest.mark.parametrize(
    ("grant", "role"),
    [
        ({}, None),
        ({"ends_with": "round:{draft}"}, None),
        ({"ends_with": "round:01900000-0000-7000-8000-000000000000"}, Role.SAMPLER),
        ({"ends_at": at(17)}, None),
        ({"ends_at": at(12)}, Role.SAMPLER),
    ],
)
def test_who_holds_a_role_for_less_than_the_round_is_given_one_that_lasts(
    draft: RoundDraft, coordinator: Actor, grant: dict[str, Any], role: Role | None
):
    user = User.objects.create(username="sampler", name="周采样")
    told = {name: value.format(draft=draft.pk) if isinstance(value, str) else value for name, value in grant.items()}
    Grant.objects.create(user=user, role=Role.SAMPLER, division=BALICHA, granted_by="somebody", **told)
    [colleague] = [each for each in colleagues_in(coordinator, BALICHA) if each.id == user.pk]
    assert role_for(colleague, "1/medic", draft) == role


def test_who_may_not_give_a_role_until_the_close_is_told_before_opening(draft: RoundDraft, coordinator: Actor):
    user = User.objects.create(username="helper", name="何志愿")
    Grant.objects.create(user=user, role=Role.VOLUNTEER, division=BALICHA, ends_at=at(24), granted_by="somebody")
    for part in (Scope(), Sites(planned=False), Staff({user.pk: "team/1"}, 1)):
        draft = save_part(coordinator, draft.pk, part, 99)
    hurried = Actor("hurried", "user", held=(HeldRole(Role.COORDINATOR, BALICHA, NOW + timedelta(hours=2)),))
    with pytest.raises(DraftNotReady, match="何志愿"):
        open_draft(hurried, draft.pk, draft.version)


def test_a_plan_that_failed_is_asked_for_again_when_its_answers_come_back(draft: RoundDraft, coordinator: Actor):
    later = Sites(planned=True, opens_at=at(10), closes_at=at(13))
    save_part(coordinator, draft.pk, Scope(), 99)
    save_part(coordinator, draft.pk, HOURS, 99)
    with scope_of(HERE):
        Work.objects.update(
            state=Work.State.FAILED, error={"code": "draft_moved_on", "message_zh": "", "message_en": ""}
        )
    save_part(coordinator, draft.pk, later, 99)
    save_part(coordinator, draft.pk, HOURS, 99)
    with scope_of(HERE):
        asked = Work.objects.filter(kind=PLAN_AHEAD)
        same = asked.filter(arguments__basis=plan_basis(RoundDraft.objects.get(pk=draft.pk)))
        assert asked.count() == 3
        assert set(same.values_list("state", flat=True)) == {Work.State.FAILED, Work.State.WAITING}


def test_a_form_that_is_sent_twice_at_once_begins_one_draft(
    draft: RoundDraft, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(services, "_is_inserted", lambda _draft: False)
    with scope_of(HERE):
        RoundDraft.objects.filter(pk=draft.pk).update(begun_by="the other")
    seen = RoundDraft.objects.filter
    calls = iter([RoundDraft.objects.none])
    monkeypatch.setattr(RoundDraft.objects, "filter", lambda **asked: next(calls, lambda: seen(**asked))())
    assert begin_draft(coordinator, BALICHA, draft.pk, WHAT).begun_by == "the other"
