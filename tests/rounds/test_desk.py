"""What a desk finds, what it stores, and taking it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.ids import uuid7
from linli.core.models import AuditEntry
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.registry.models import PersonPhone
from linli.registry.selectors.slips import slip_sheet
from linli.registry.services.lookup import SEARCHED
from linli.registry.services.people import PersonWords, edit_person
from linli.registry.services.slips import make_missing_slips, renew_slips
from linli.registry.slipped import SlipPlace
from linli.rounds.asked import AtDesk, PersonAtDesk
from linli.rounds.errors import RoundClosed
from linli.rounds.models import Arrival, Specimen
from linli.rounds.selectors import board
from linli.rounds.services import find_households, register_at_desk, take_back_facts
from tests.conftest import BALICHA, holder
from tests.rounds.conftest import HERE, HERE_NOW, Day, at, close_at

pytestmark = pytest.mark.django_db


def found(day: Day, words: str, actor: Actor | None = None) -> list[str]:
    """The names in each household that fits."""
    households = find_households(actor or day.actor, day.round.pk, words).households
    return ["".join(member.name for member in each.members) for each in households]


@pytest.mark.parametrize("words", ["明珠 1-1-101", "明珠1栋1单元101室", "李一", "李二", "　李一 "])
def test_a_household_is_found_whole(day: Day, words: str):
    assert found(day, words) == ["李一李二"]


def test_a_door_without_its_compound_fits_several(day: Day):
    assert found(day, "1-1-101") == ["李一李二", "周七孙六"]
    assert found(day, "2-1-101") == ["赵四"]
    assert found(day, "101") == ["李一李二", "赵四", "周七孙六"]


def test_a_part_of_a_name_fits_and_the_whole_name_comes_first(day: Day):
    assert found(day, "李") == ["李一李二"]
    assert find_households(day.actor, day.round.pk, "没有人").wrong == "nobody_fits"
    assert find_households(day.actor, day.round.pk, "  ").wrong == "nobody_named"


@pytest.mark.parametrize("words", ["9118", "421303198509169118", "8134", "13579918134", "135 7991 8134"])
def test_numbers_are_found_whole_or_by_their_last_four(day: Day, words: str):
    numbers = PersonWords(id_number="421303198509169118", phones=("13579918134",))
    edit_person(day.actor, day.village.people["王三"].pk, numbers)
    with scope_of(HERE):
        assert PersonPhone.objects.count() == 1
    assert found(day, words) == ["王三"]


def test_that_a_number_was_looked_up_is_on_record(day: Day):
    found(day, "9118")
    found(day, "李一")
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action=SEARCHED, actor=day.actor.name).count() == 1


def test_a_slip_opens_its_household_until_it_is_replaced(day: Day):
    place = SlipPlace("building", day.village.buildings["明珠 1"].pk)
    make_missing_slips(day.actor, place)
    code = slip_sheet(day.actor, place).slips[0].code
    assert found(day, code.lower()) == ["李一李二"]
    renew_slips(day.actor, place)
    assert find_households(day.actor, day.round.pk, code).wrong == "slip_replaced"


def test_who_is_away_or_to_be_tested_at_home_is_not_taken_for_present(day: Day):
    day.send(day.visit("李二", "cannot_come", 7))
    household = find_households(day.actor, day.round.pk, "明珠 1-1-101").households[0]
    assert {member.name: member.is_expected for member in household.members} == {"李一": True, "李二": False}
    assert find_households(day.actor, day.round.pk, "钱五").households[0].expected == 0


def test_another_community_finds_nothing(day: Day, stranger: Actor):
    with pytest.raises(NotFound):
        found(day, "李一", stranger)


def pressed(day: Day, *names: str) -> AtDesk:
    """Who of a household was registered at desk 2 within eight seconds."""
    people = tuple(PersonAtDesk(day.targets[name], uuid7(), uuid7()) for name in names)
    return AtDesk(day.site, 2, clock.now() - timedelta(seconds=8), clock.now(), people)


def facts_of(registered: AtDesk) -> list[UUID]:
    return [id for person in registered.people for id in (person.specimen, person.arrival)]


def stored(model: type[Arrival] | type[Specimen]) -> Sequence[Arrival | Specimen]:
    with scope_of(HERE):
        return list(model.objects.order_by("at", "id"))


def test_everybody_of_a_household_is_registered_with_one_press(day: Day):
    registered = pressed(day, "李一", "李二")
    receipts = register_at_desk(day.actor, day.round.pk, registered)
    assert [receipt.answer for receipt in receipts] == ["stored", "stored"]
    assert [day.outcome("李一"), day.outcome("李二")] == ["done", "done"]
    first, second = stored(Specimen)
    assert isinstance(first, Specimen)
    assert isinstance(second, Specimen)
    assert (first.desk, first.at, second.finished_at) == (2, registered.opened, registered.pressed)
    assert first.finished_at == second.at


def test_a_second_press_stores_nothing(day: Day):
    registered = pressed(day, "李一", "李二")
    register_at_desk(day.actor, day.round.pk, registered)
    again = register_at_desk(day.actor, day.round.pk, registered)
    assert [receipt.answer for receipt in again] == ["duplicate", "duplicate"]
    assert (len(stored(Specimen)), len(stored(Arrival))) == (2, 2)


def test_an_arrival_entered_at_the_desk_measures_no_wait(day: Day):
    day.send(day.arrival("李一", 7.9))
    register_at_desk(day.actor, day.round.pk, pressed(day, "李一", "李二"))
    waits = board(day.actor, day.round.pk).queues.waits
    assert (waits.measured, waits.unmeasured) == (1, 1)
    assert waits.max is not None
    assert waits.max > 5
    assert [arrival.at_desk for arrival in stored(Arrival) if isinstance(arrival, Arrival)] == [False, True]


def test_a_site_of_another_round_is_as_if_it_did_not_exist(day: Day):
    with pytest.raises(NotFound):
        register_at_desk(day.actor, uuid7(), pressed(day, "李一"))


def test_what_was_taken_back_is_evidence_no_more(day: Day):
    registered = pressed(day, "李一", "李二")
    register_at_desk(day.actor, day.round.pk, registered)
    assert take_back_facts(day.actor, day.round.pk, facts_of(registered)) == {day.targets["李一"], day.targets["李二"]}
    assert [day.outcome("李一"), day.outcome("李二")] == [None, None]
    assert (len(stored(Specimen)), len(stored(Arrival))) == (2, 2)
    seen = board(day.actor, day.round.pk)
    assert (seen.sites[0].done, seen.sites[0].waiting, seen.stamps.first_specimen) == (0, 0, None)


def test_taking_back_and_sending_again_in_any_order_ends_the_same(day: Day):
    registered = pressed(day, "李一")
    register_at_desk(day.actor, day.round.pk, registered)
    for _ in range(2):
        take_back_facts(day.actor, day.round.pk, facts_of(registered))
        register_at_desk(day.actor, day.round.pk, registered)
    assert day.outcome("李一") is None
    anew = pressed(day, "李一")
    register_at_desk(day.actor, day.round.pk, anew)
    assert day.outcome("李一") == "done"


def test_an_earlier_word_counts_again_once_a_specimen_is_taken_back(day: Day):
    registered = pressed(day, "钱五")
    assert day.outcome("钱五") == "away"
    register_at_desk(day.actor, day.round.pk, registered)
    assert day.outcome("钱五") == "done"
    take_back_facts(day.actor, day.round.pk, facts_of(registered))
    assert day.outcome("钱五") == "away"


def test_nobody_takes_back_what_somebody_else_recorded(day: Day):
    registered = pressed(day, "李一")
    register_at_desk(day.actor, day.round.pk, registered)
    with pytest.raises(NotFound):
        take_back_facts(holder(Role.DESK_CLERK, BALICHA, "another"), day.round.pk, facts_of(registered))
    assert day.outcome("李一") == "done"


def test_nothing_is_taken_back_once_the_round_is_closed(day: Day):
    registered = pressed(day, "李一")
    register_at_desk(day.actor, day.round.pk, registered)
    day.finish(*HERE_NOW, hours=7)
    close_at(day.actor, day.round.pk, 13)
    with clock.frozen(at(14)), pytest.raises(RoundClosed):
        take_back_facts(day.actor, day.round.pk, facts_of(registered))


def test_a_press_after_the_closing_is_kept_without_effect(day: Day):
    day.finish(*HERE_NOW, hours=7)
    close_at(day.actor, day.round.pk, 13)
    with clock.frozen(at(14)):
        receipts = register_at_desk(day.actor, day.round.pk, replace(pressed(day, "李一"), pressed=at(14)))
    assert [receipt.code for receipt in receipts] == ["round_closed"]
