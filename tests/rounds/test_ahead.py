"""What a round would reach, looked at before it is opened, and rounds of buildings and units."""

from uuid import UUID

import pytest

from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.scope import scope_of
from linli.places.models import Unit
from linli.registry.models import Person, Residency
from linli.rounds.asked import NewRound
from linli.rounds.errors import RoundAlreadyOpen, UnknownCompound
from linli.rounds.models import RoundBuilding, Target
from linli.rounds.selectors.ahead import TargetsAhead, targets_ahead
from linli.rounds.services import follow_register, open_round
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, T0, Village, at, opened

SCOPES = ["everything", "compound", "building", "unit", "building and compound"]


def asked(village: Village, scope: str = "everything") -> NewRound:
    building = village.buildings["明珠 1"].pk
    with scope_of(HERE):
        unit = Unit.objects.get(building=village.buildings["明珠 2"]).pk
    places: dict[str, dict[str, object]] = {
        "everything": {},
        "compound": {"compounds": (village.compounds["明珠"].pk,)},
        "building": {"buildings": (building,)},
        "unit": {"units": (unit,)},
        "building and compound": {"buildings": (building,), "compounds": (village.compounds["金域"].pk,)},
    }
    return NewRound("第一轮", at(24), T0, T0, **places[scope])  # type: ignore[arg-type]


def frozen(round_id: UUID) -> set[tuple[object, ...]]:
    with scope_of(HERE):
        rows = Target.objects.filter(round=round_id)
        return set(rows.values_list("id", "person_id", "name", "dwelling_id", "outcome", "outcome_reason"))


def as_rows(ahead: TargetsAhead) -> set[tuple[object, ...]]:
    return {
        (
            each.id, each.person, each.name, each.place and each.place.dwelling,
            "away" if each.left_out else None, each.left_out or "nothing_known",
        )
        for each in ahead.targets
    }  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES)
def test_what_is_looked_at_ahead_is_what_opens(village: Village, coordinator: Actor, scope: str):
    with scope_of(HERE):
        Person.objects.create(community=BALICHA, name="过客")
    new = asked(village, scope)
    ahead = targets_ahead(coordinator, BALICHA, new)
    round = open_round(coordinator, BALICHA, new)
    assert as_rows(ahead) == frozen(round.pk)
    assert (len(ahead.targets), ahead.expected) == (round.frozen, round.frozen - len(ahead.left_out))
    with scope_of(HERE):
        reached = set(RoundBuilding.objects.filter(round=round).values_list("building_id", flat=True))
    assert {building.id for compound in ahead.compounds for building in compound.buildings} <= reached


def test_says_by_compound_and_building_who_is_left_out_and_why(village: Village, coordinator: Actor):
    ahead = targets_ahead(coordinator, BALICHA, asked(village))
    told = [
        (compound.name, [(each.name, each.doors, each.people, each.left_out) for each in compound.buildings])
        for compound in ahead.compounds
    ]
    assert sorted(told) == [("明珠", [("1", 2, 3, 0), ("2", 2, 2, 1)]), ("金域", [("1", 2, 3, 1)])]
    assert ahead.reasons == {"away_by_ledger": 1, "registered_only": 1}
    assert {each.name for each in ahead.left_out} == {"钱五", "周七"}


def test_counts_who_lives_outside_the_scope_and_who_has_no_door(village: Village, coordinator: Actor):
    with scope_of(HERE):
        Person.objects.create(community=BALICHA, name="过客")
    ahead = targets_ahead(coordinator, BALICHA, asked(village, "compound"))
    assert (len(ahead.targets), ahead.outside, ahead.without_door) == (5, 3, 1)


def test_its_digest_changes_with_whoever_comes_leaves_or_is_away(village: Village, coordinator: Actor):
    new = asked(village)
    seen = [targets_ahead(coordinator, BALICHA, new).digest]
    with scope_of(HERE):
        village.move_in("郑九", "明珠 1-1-103")
        seen.append(targets_ahead(coordinator, BALICHA, new).digest)
        Residency.objects.filter(person=village.people["李一"]).update(kind="away")
        seen.append(targets_ahead(coordinator, BALICHA, new).digest)
        village.move_out("王三")
        seen.append(targets_ahead(coordinator, BALICHA, new).digest)
    assert len(set(seen)) == 4
    assert targets_ahead(coordinator, BALICHA, new).digest == seen[-1]


def test_round_of_a_building_follows_its_own_people_only(village: Village, coordinator: Actor):
    round = open_round(coordinator, BALICHA, asked(village, "building"))
    with scope_of(HERE):
        village.move_in("郑九", "明珠 1-1-103")
        village.move_in("冯十", "明珠 2-1-102")
    assert follow_register(coordinator, round.pk).newcomers == 1


def test_second_round_of_the_same_building_is_refused_and_of_another_place_is_not(village: Village, coordinator: Actor):
    opened(coordinator, buildings=(village.buildings["明珠 1"].pk,))
    with pytest.raises(RoundAlreadyOpen):
        opened(coordinator, buildings=(village.buildings["明珠 1"].pk,))
    assert opened(coordinator, compounds=(village.compounds["明珠"].pk,)).frozen == 5


def test_refuses_building_or_unit_of_nobody_knows_where(village: Village, coordinator: Actor):
    somewhere = (village.compounds["金域"].pk,)
    for places in ({"buildings": somewhere}, {"units": somewhere}):
        with pytest.raises(UnknownCompound):
            opened(coordinator, **places)


def test_looking_ahead_is_for_who_may_open_rounds_there(
    village: Village, desk_clerk: Actor, stranger: Actor, nobody: Actor
):
    for actor, answer in ((desk_clerk, Refused), (stranger, NotFound), (nobody, Refused)):
        with pytest.raises(answer):
            targets_ahead(actor, BALICHA, asked(village))
