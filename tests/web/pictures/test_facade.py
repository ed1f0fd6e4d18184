import re

import pytest
from django.utils.translation import override

from linli.core.shapes import FacadeBuilding, FacadeCommunity, FacadeCompound, FacadeDoor, FacadeUnit
from linli.web.pictures.skyline import skyline
from linli.web.pictures.states import LOOKS, State
from tests.web.pictures import gallery


def one_door(**about: object) -> FacadeBuilding:
    door = FacadeDoor(**{"room": "501", "url": "/dwellings/1/", **about})  # type: ignore[arg-type]  # test data
    return FacadeBuilding("3栋", (FacadeUnit("2单元", (door,)),))


@pytest.mark.parametrize("state", list(State))
def test_a_door_tells_its_state_by_class_mark_and_word(draw, state):
    with override("en"):
        html = draw("{% facade building %}", building=one_door(state=state.value))
        word = str(LOOKS[state].word)
    assert f'class="door door--{state.value}"' in html
    assert f'aria-label="501: {word}"' in html
    assert f'<b aria-hidden="true">{LOOKS[state].mark}</b>' in html


def test_marks_words_and_small_shapes_differ_between_states(draw):
    looks = list(LOOKS.values())
    assert len({look.mark for look in looks}) == len({str(look.word) for look in looks}) == len(State)
    paths = {state: skyline(one_door(state=state.value)).paths[0][1] for state in State}
    assert len(set(paths.values())) == len(State)


def test_a_number_stands_in_the_door_when_more_than_one_is_open(draw):
    html = draw("{% facade building %}", building=one_door(state="open", open_count=3))
    assert "○3</b>" in html


@pytest.mark.parametrize(("state", "count"), [("open", 1), ("done", 4)])
def test_no_number_when_one_or_none_is_open(draw, state, count):
    html = draw("{% facade building %}", building=one_door(state=state, open_count=count))
    assert re.search(r"[○●]</b>", html)


def test_a_door_opens_the_household(draw):
    assert 'href="/dwellings/1/"' in draw("{% facade building %}", building=one_door())


def test_a_door_without_address_is_no_link(draw):
    html = draw("{% facade building %}", building=one_door(url=""))
    assert "<a " not in html
    assert 'role="img"' in html


def test_names_from_the_ledger_are_escaped(draw):
    evil = '<script>alert("1")</script>'
    building = FacadeBuilding(evil, (FacadeUnit(evil, (FacadeDoor(evil, 1, 1, url='/"><b>'),)),))
    html = draw("{% facade building %}", building=building)
    html += draw("{% facade_row c %}", c=FacadeCompound(evil, (building,)))
    html += draw("{% facade_wall c %}", c=FacadeCommunity(evil, (FacadeCompound(evil, (building,)),)))
    assert "<script>" not in html
    assert '/"><b>' not in html


def test_unknown_states_are_drawn_and_not_counted_as_open(draw):
    with override("en"):
        html = draw("{% facade building %}", building=one_door(state="from next year"))
    assert "door--nobody" in html
    assert "Nobody to reach here" in html


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "1 dwelling still open"), ("zh-hans", "还有 1 户未完成")],
)
def test_the_sentence_counts_what_is_left(draw, language, sentence):
    with override(language):
        assert sentence in draw("{% facade building %}", building=one_door(state="refused"))


def test_a_building_without_dwellings_says_so(draw):
    with override("en"):
        html = draw("{% facade building %}", building=FacadeBuilding("新建楼", ()))
    assert "No dwellings are recorded" in html
    assert "<table" not in html


def test_the_wall_never_rounds_up_to_all_done(draw):
    doors = (*tuple(FacadeDoor(str(n), 1, n, "done") for n in range(999)), FacadeDoor("x", 1, 1, "open"))
    compound = FacadeCompound("明珠华府", (FacadeBuilding("1栋", (FacadeUnit("", doors),)),))
    assert "99%" in draw("{% facade_wall c %}", c=FacadeCommunity("", (compound,)))


def test_skylines_may_be_left_out(draw):
    community = gallery.community()
    assert "<svg" in draw("{% facade_wall c %}", c=community)
    assert "<svg" not in draw("{% facade_wall c skylines=False %}", c=community)


def test_a_skyline_draws_each_door_once():
    drawing = skyline(gallery.building("3栋", units=2, floors=5, doors=3))
    assert sum(path.count("M") for _state, path in drawing.paths) == 30
    assert (drawing.width, drawing.height) == (66, 50)


def test_an_empty_building_has_an_empty_skyline():
    drawing = skyline(FacadeBuilding("", ()))
    assert (drawing.width, drawing.height, drawing.paths) == (0, 0, ())


def test_a_door_outside_a_round_brings_its_own_word_and_mark(draw):
    html = draw("{% facade building %}", building=one_door(state="lived-in", word="3 <people>", mark="3", is_here=True))
    assert 'class="door door--lived-in" aria-label="501：3 &lt;people&gt;"' in html
    assert 'aria-current="location"' in html
    assert '<b aria-hidden="true">3</b>' in html


def test_a_building_may_bring_its_own_sentence(draw):
    building = FacadeBuilding("3栋", one_door().units, sentence="131 人，3 户空置")
    html = draw("{% facade building %}", building=building)
    assert "131 人，3 户空置" in html
    assert "l-legend" not in html
