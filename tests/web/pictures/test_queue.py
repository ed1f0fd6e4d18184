from django.utils.translation import override

from linli.core.shapes import SiteQueue
from linli.web.pictures.queue import queue_view
from tests.web.pictures import gallery


def test_shows_the_prediction_for_now_and_the_next_two_hours():
    predicted = (
        (gallery.at(8), 10, 5.0),
        (gallery.at(9), 20, 6.0),
        (gallery.at(10), 30, 7.0),
        (gallery.at(11), 4, 1.0),
    )
    view = queue_view(SiteQueue("", 1, 0, 0, predicted, now=gallery.at(8, 30)))
    assert view is not None
    assert view.now_predicted == predicted[0]
    assert view.ahead == (predicted[1], predicted[2])


def test_nothing_is_predicted_beyond_the_timetable():
    predicted = ((gallery.at(8), 10, 5.0), (gallery.at(9), 20, 6.0))
    view = queue_view(SiteQueue("", 1, 0, 0, predicted, now=gallery.at(14)))
    assert view is not None
    assert view.ahead == ()


def test_lines_stay_inside_the_drawing():
    view = queue_view(gallery.queue_running())
    assert view is not None
    for line in (view.predicted, view.actual):
        for pair in line.points.split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= 100
            assert 0 <= y <= 100


def test_a_site_without_points_shows_its_figures_only(draw):
    with override("en"):
        html = draw("{% queue q %}", q=gallery.queue_empty())
    assert "1 desk" in html
    assert "<svg" not in html


def test_an_hour_of_waiting_is_not_cut_off():
    view = queue_view(SiteQueue("", 1, 90, 61, actual=((gallery.at(8), 90, 61.0), (gallery.at(9), 200, 191.0))))
    assert view is not None
    assert view.most_minutes == 240


def test_every_point_is_in_the_table(draw):
    html = draw("{% queue q %}", q=gallery.queue_running())
    view = queue_view(gallery.queue_running())
    assert view is not None
    assert html.count("<tr>") == len(view.rows) + 1
