from datetime import timedelta

from django.utils.translation import override

from linli.core.shapes import RoundRibbon
from linli.web.pictures.ribbon import NEAR, ribbon_view
from linli.web.pictures.timeline import MOST_LABELS, scale_over
from tests.web.pictures import gallery


def share(text: str) -> float:
    return float(text.removesuffix("%"))


def test_milestones_are_in_order_of_time_and_numbered():
    view = ribbon_view(gallery.ribbon_running())
    kinds = [stone.kind for stone in view.milestones]
    assert kinds == ["ordered", "mustered", "mobilised", "first", "now", "deadline"]
    assert [stone.number for stone in view.milestones] == [1, 2, 3, 4, 5, 6]


def test_a_closed_round_has_no_now():
    assert "now" not in [stone.kind for stone in ribbon_view(gallery.ribbon_closed()).milestones]


def test_a_round_that_ends_after_its_deadline_shows_both():
    late = RoundRibbon(gallery.at(2), deadline_at=gallery.at(20), closed_at=gallery.at(22))
    assert [stone.kind for stone in ribbon_view(late).milestones] == ["ordered", "deadline", "closed"]


def test_numbers_of_near_milestones_do_not_cover_each_other():
    stones = ribbon_view(gallery.ribbon_running()).milestones
    for one in stones:
        for other in stones:
            if one.number < other.number and one.y == other.y:
                assert share(other.x) - share(one.x) >= NEAR


def test_bars_fill_their_hour_and_scale_with_the_busiest():
    view = ribbon_view(gallery.ribbon_closed())
    assert max(share(bar.height) for bar in view.bars) == 100
    assert all(share(bar.x) >= 0 and share(bar.x) + share(bar.width) <= 100 for bar in view.bars)


def test_the_forecasts_band_lies_between_low_and_high():
    hour = ribbon_view(gallery.ribbon_running()).expected[0]
    assert share(hour.band.y) < share(hour.middle) < share(hour.band.y) + share(hour.band.height)


def test_a_round_just_ordered_is_drawn_without_hours(draw):
    with override("en"):
        html = draw("{% ribbon r %}", r=gallery.ribbon_ordered())
    assert "0 specimens so far" in html
    assert "<details>" not in html


def test_every_hour_is_in_the_table(draw):
    html = draw("{% ribbon r %}", r=gallery.ribbon_running())
    for number in ("210", "480", "640", "655", "320", "560–720"):
        assert number in html


def test_few_hours_are_written_however_long_the_round():
    for hours in (1, 2, 5, 20, 24, 47, 100, 400):
        scale = scale_over([gallery.at(0), gallery.at(0) + timedelta(hours=hours, minutes=5)])
        ticks = scale.ticks()
        assert 2 <= len(ticks) <= MOST_LABELS
        assert ticks[0].anchor == "start"


def test_times_outside_the_scale_are_drawn_at_its_ends():
    scale = scale_over([gallery.at(8), gallery.at(10)])
    assert (scale.share(gallery.at(7)), scale.share(gallery.at(11))) == (0, 100)
