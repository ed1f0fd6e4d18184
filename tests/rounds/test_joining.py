import pytest

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.errors import Invalid, NotFound, Refused
from linli.core.ids import uuid7
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.registry.models import Person, Residency
from linli.rounds.asked import Newcomer
from linli.rounds.models import Target
from linli.rounds.selectors import reconciliation
from linli.rounds.services import add_newcomer, follow_register
from tests.places.answers import answers
from tests.rounds.conftest import HERE, HERE_NOW, T0, Day, Village, close_at, make_day

NUMBER = "11010519491231002X"


def test_walk_in_with_identity_card_enters_the_register_and_the_round(day: Day, desk_clerk: Actor):
    door = day.village.dwellings["明珠 1-1-103"]
    walk_in = Newcomer("新人", "walk_in", id_number=" 11010519491231002x", phone="13800000000", dwelling=door.pk)
    target = add_newcomer(desk_clerk, day.round.pk, walk_in)
    assert (target.pk, target.joined, target.join_reason) == (walk_in.id, "newcomer", "walk_in")
    assert (target.dwelling_id, target.building_id) == (door.pk, day.village.buildings["明珠 1"].pk)
    with scope_of(HERE):
        person = Person.objects.get(name="新人")
        assert target.person_id == person.pk
        assert person.id_number
        assert crypto.unseal(person.id_number, "id_number") == NUMBER
        assert person.residencies.get().household.dwelling_id == door.pk


def test_walk_in_without_card_and_door_enters_both_and_is_tested(day: Day, desk_clerk: Actor):
    target = add_newcomer(desk_clerk, day.round.pk, Newcomer("过客", "walk_in"))
    day.targets["过客"] = target.pk
    day.finish("过客", *HERE_NOW)
    with scope_of(HERE):
        assert Person.objects.get(name="过客").residencies.count() == 0
    report = close_at(day.actor, day.round.pk, 13).report
    assert (report["newcomers"], report["outcomes"]["done"], report["adds_up"]) == (1, 7, True)


def test_walk_in_known_by_the_number_is_not_entered_again(day: Day, desk_clerk: Actor):
    first = add_newcomer(desk_clerk, day.round.pk, Newcomer("新人", "walk_in", id_number=NUMBER))
    again = add_newcomer(desk_clerk, day.round.pk, Newcomer("新 人", "walk_in", id_number=NUMBER.lower()))
    assert again.pk == first.pk
    other = make_day(day.village, day.actor, name="第二轮", another=True)
    with scope_of(HERE):
        assert Target.objects.filter(round=other.round, person=first.person_id).exists()
        assert Person.objects.filter(name__contains="人").count() == 1


def left_with_number(day: Day, name: str, **also: object) -> Person:
    """Somebody of the register who has an identity card and has left."""
    with scope_of(HERE):
        person = day.village.people[name]
        person.id_index = crypto.blind_index("id_number", NUMBER)
        person.save()
        Person.objects.filter(pk=person.pk).update(**also)
        day.village.move_out(name)
    return person


def test_walk_in_who_had_left_lives_behind_the_named_door_again_and_is_in_every_later_round(
    day: Day, desk_clerk: Actor
):
    person, door = left_with_number(day, "吴八"), day.village.dwellings["明珠 1-1-103"]
    other = make_day(day.village, day.actor, name="没有他", another=True)
    target = add_newcomer(desk_clerk, other.round.pk, Newcomer("吴八", "walk_in", id_number=NUMBER, dwelling=door.pk))
    assert (target.person_id, target.dwelling_id, bool(target.household_id)) == (person.pk, door.pk, True)
    later = make_day(day.village, day.actor, name="再一轮", another=True)
    with scope_of(HERE):
        assert Target.objects.get(round=later.round, person=person).dwelling_id == door.pk
        assert AuditEntry.objects.filter(action="person_came_back", object_id=person.pk).count() == 1


def test_walk_in_who_had_left_and_names_no_door_is_in_every_later_round(day: Day, desk_clerk: Actor):
    person = left_with_number(day, "吴八")
    add_newcomer(desk_clerk, day.round.pk, Newcomer("吴八", "walk_in", id_number=NUMBER))
    assert follow_register(day.actor, day.round.pk).left == 0
    later = make_day(day.village, day.actor, name="再一轮", another=True)
    with scope_of(HERE):
        assert Target.objects.get(round=later.round, person=person).dwelling is None


def test_walk_in_without_a_door_who_names_one_next_time_lives_behind_it(day: Day, desk_clerk: Actor):
    door = day.village.dwellings["明珠 1-1-103"].pk
    first = add_newcomer(desk_clerk, day.round.pk, Newcomer("新人", "walk_in", id_number=NUMBER))
    add_newcomer(desk_clerk, day.round.pk, Newcomer("新人", "walk_in", id_number=NUMBER, dwelling=door))
    with scope_of(HERE):
        assert Residency.objects.get(person=first.person_id, until=None).household.dwelling_id == door


def test_refuses_walk_in_who_died_by_the_register_and_says_what_to_do(day: Day, desk_clerk: Actor):
    left_with_number(day, "吴八", died_on=T0.date())
    with answers("person_dead"):
        add_newcomer(desk_clerk, day.round.pk, Newcomer("吴八", "walk_in", id_number=NUMBER))
    assert add_newcomer(desk_clerk, day.round.pk, Newcomer("吴八", "walk_in")).joined == "newcomer"


def test_same_walk_in_sent_twice_joins_once(day: Day, desk_clerk: Actor):
    walk_in = Newcomer("过客", "walk_in")
    assert add_newcomer(desk_clerk, day.round.pk, walk_in).pk == add_newcomer(desk_clerk, day.round.pk, walk_in).pk
    assert reconciliation(day.actor, day.round.pk).newcomers == 1
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="add_newcomer").count() == 1


def test_walk_in_of_a_drill_leaves_the_register_alone(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, is_drill=True)
    with scope_of(HERE):
        before = Person.objects.count()
    target = add_newcomer(coordinator, day.round.pk, Newcomer("演练者", "walk_in", id_number=NUMBER))
    assert target.person_id is None
    with scope_of(HERE):
        assert Person.objects.count() == before
    assert follow_register(coordinator, day.round.pk).left == 0


def test_following_does_not_count_a_walk_in_twice(day: Day):
    add_newcomer(day.actor, day.round.pk, Newcomer("过客", "walk_in"))
    assert follow_register(day.actor, day.round.pk).newcomers == 0


def test_refuses_walk_in_without_name_or_with_a_wrong_number(day: Day):
    for wrong in (Newcomer(" ", "walk_in"), Newcomer("新人", "walk_in", id_number="110105194912310021")):
        with pytest.raises(Invalid):
            add_newcomer(day.actor, day.round.pk, wrong)
    assert reconciliation(day.actor, day.round.pk).newcomers == 0


def test_refuses_walk_in_from_who_records_nothing_here(day: Day, sweeper: Actor, stranger: Actor):
    with pytest.raises(Refused):
        add_newcomer(sweeper, day.round.pk, Newcomer("过客", "walk_in"))
    with pytest.raises(NotFound):
        add_newcomer(stranger, day.round.pk, Newcomer("过客", "walk_in"))
    with pytest.raises(NotFound):
        add_newcomer(day.actor, day.round.pk, Newcomer("过客", "walk_in", dwelling=uuid7()))
