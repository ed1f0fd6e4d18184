from uuid import uuid4

import pytest
from django.test import Client

from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Compound
from linli.rounds.asked import Newcomer
from linli.rounds.services import add_newcomer
from tests.conftest import FAR_AWAY
from tests.rounds.conftest import HERE_NOW, Day
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of


def names_on(client: Client, day: Day, **query: str) -> set[str]:
    text = text_of(client, f"/rounds/{day.round.pk}/targets/", **query)
    return {name for name in day.village.people if name in text}


def test_each_figure_opens_the_list_it_counts(phone: Client, day: Day):
    day.finish("李一")
    day.send(day.arrival("李二", 7.9), day.visit("王三", "cannot_come", 7.5), day.visit("吴八", "moved", 7.5))
    everybody = set(day.village.people)
    assert names_on(phone, day) == everybody
    assert names_on(phone, day, outcome="open") == {"李二", "王三", "赵四", "孙六"}
    assert names_on(phone, day, outcome="settled") == {"李一", "钱五", "周七"}
    assert names_on(phone, day, outcome="expected") == everybody - {"吴八"}
    assert names_on(phone, day, outcome="left") == {"吴八"}
    assert names_on(phone, day, outcome="waiting") == {"李二"}
    assert names_on(phone, day, outcome="help") == {"王三"}
    assert names_on(phone, day, outcome="away") == {"钱五", "周七"}
    assert names_on(phone, day, evidence="ledger") == {"钱五", "周七"}
    assert names_on(phone, day, joined="newcomer") == set()
    assert names_on(phone, day, site=str(day.site)) == {"李一"}


def test_list_is_narrowed_to_a_place_or_a_name(phone: Client, day: Day):
    compound, building = str(day.village.compounds["金域"].pk), str(day.village.buildings["明珠 2"].pk)
    assert names_on(phone, day, compound=compound) == {"孙六", "周七", "吴八"}
    assert names_on(phone, day, building=building) == {"赵四", "钱五"}
    assert names_on(phone, day, q="李") == {"李一", "李二"}


def test_place_of_another_community_is_as_if_it_did_not_exist(phone: Client, phone_of: Phone, day: Day):
    with scope_of(((FAR_AWAY, FAR_AWAY + 1),)):
        foreign = Compound.objects.create(community=FAR_AWAY, name="芳草苑").pk
    targets, missing = f"/rounds/{day.round.pk}/targets/", f"/rounds/{day.round.pk}/missing/"
    for url in (targets, missing):
        answers = {phone.get(url, {"compound": str(id)}).status_code for id in (foreign, uuid4(), "no id")}
        assert answers == {404}
    assert phone.get(targets, {"outcome": "nonsense"}).status_code == 404


def test_command_post_sees_masked_names_and_cannot_search_by_name(phone_of: Phone, day: Day):
    command = phone_of(Role.COMMAND)
    assert names_on(command, day) == set()
    assert "孙*" in text_of(command, f"/rounds/{day.round.pk}/targets/", q="李")
    assert command.get(f"/rounds/{day.round.pk}/missing/").status_code == 403


def test_command_post_sees_no_door_and_no_words_about_a_person(phone: Client, phone_of: Phone, day: Day):
    door = day.village.dwellings["明珠 1-1-101"]
    add_newcomer(day.actor, day.round.pk, Newcomer("新人", "从三楼张家搬来", dwelling=door.pk))
    targets, board = f"/rounds/{day.round.pk}/targets/", f"/rounds/{day.round.pk}/"
    office, command = (text_of(each, targets) for each in (phone, phone_of(Role.COMMAND)))
    assert "从三楼张家搬来" in office
    assert "101" in office
    assert "从三楼张家搬来" not in command
    assert not {room for room in ("101", "102", "201") if f" {room}<" in command}
    assert "明珠" in command
    assert f" {door.room}<" in text_of(phone, board)
    assert f" {door.room}<" not in text_of(phone_of(Role.COMMAND, 421303000000), board)


def test_missing_are_listed_by_building_and_door(phone: Client, day: Day):
    day.finish("李一")
    text = text_of(phone, f"/rounds/{day.round.pk}/missing/")
    assert '还差 <span class="figure">5</span> 人' in text
    assert [name for name in day.village.people if name in text] == ["李二", "王三", "赵四", "孙六", "吴八"]
    assert text.index("李二") < text.index("赵四")


def test_too_many_missing_are_counted_and_opened_by_part(phone: Client, day: Day, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("linli.situation.selectors.missing.NAMED_AT_MOST", 3)
    text = text_of(phone, f"/rounds/{day.round.pk}/missing/")
    assert "李一" not in text
    assert f"?building={day.village.buildings['明珠 1'].pk}" in text
    part = text_of(phone, f"/rounds/{day.round.pk}/missing/", building=str(day.village.buildings["明珠 1"].pk))
    assert "李一" in part


def test_missing_are_narrowed_to_one_reason_or_to_those_visited(phone: Client, day: Day):
    day.send(day.visit("王三", "cannot_come", 7.5), day.visit("李二", "refused", 7.5))
    url = f"/rounds/{day.round.pk}/missing/"
    text = text_of(phone, url)
    assert [key for key in ("nothing_known", "refused_once", "home_sampling", "visited") if f"kind={key}" in text] == [
        "nothing_known", "refused_once", "home_sampling", "visited",
    ]  # fmt: skip
    shown = {
        kind: {name for name in day.village.people if f"<b>{name}</b>" in text_of(phone, url, kind=kind)}
        for kind in ("home_sampling", "refused_once", "visited")
    }
    assert shown == {"home_sampling": {"王三"}, "refused_once": {"李二"}, "visited": {"王三", "李二"}}
    assert "一个不差" not in text_of(phone, url, kind="back")
    assert "还差 6 人" in text_of(phone, url, kind="back")
    assert phone.get(url, {"kind": "unheard_of"}).status_code == 404


def test_nobody_missing_is_said_so(phone: Client, day: Day):
    day.finish(*HERE_NOW)
    assert "一个不差" in text_of(phone, f"/rounds/{day.round.pk}/missing/")


def test_door_shows_each_person_with_outcome_and_evidence(phone: Client, day: Day):
    day.finish("李一")
    text = text_of(phone, f"/rounds/{day.round.pk}/doors/{day.village.dwellings['明珠 1-1-101'].pk}/")
    assert "李一" in text
    assert "李二" in text
    assert '<span class="figure">1</span> 人未完成' in text
    assert phone.get(f"/rounds/{day.round.pk}/doors/{uuid4()}/").status_code == 404
