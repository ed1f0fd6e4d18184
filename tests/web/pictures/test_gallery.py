"""Whole pages of every partial and picture, and the error pages, as one would see them."""

import re

import pytest
from django.template import Context
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from linli.web.catalogues import CHINESE
from tests.web.pictures.gallery import pictures
from tests.web.pictures.parts import parts

LANGUAGES = ("zh-hans", "en")
ERRORS = ("400", "403", "403_csrf", "404", "409", "410", "413", "429", "500")


@pytest.fixture(params=LANGUAGES)
def language(request):
    with override(request.param):
        yield request.param


def page(engine, name, **context):
    request = RequestFactory().get("/", {"page": "3"})
    return engine.get_template(f"gallery/{name}.html").render(Context({"request": request, **context}))


def text_of(html):
    return re.sub(r"<[^>]+>", " ", html)


def test_every_picture_is_drawn_on_one_page(engine, language):
    html = page(engine, "pictures", heading="Pictures", **pictures())
    assert html.count('<section class="facade"') == 6
    assert html.count('<figure class="ribbon"') == 3
    assert html.count('<section class="queue"') == 2


def test_every_part_is_drawn_on_one_page(engine, language):
    html = page(engine, "parts", **parts())
    assert html.count('data-label="') == 24
    assert 'data-poll="1"' in html
    assert 'style="width:52%"' in html


def test_the_title_is_the_heading_without_its_marks(engine, language):
    html = page(engine, "parts", **parts())
    assert re.search(r"<title>明珠华府 还有 23 户未完成 · ", html)


def test_a_drill_says_so_in_both_languages(engine, language):
    html = text_of(page(engine, "parts", **parts()))
    assert "演练，不产生实际效力" in html
    assert "Drill, no live effect" in html


def test_a_page_without_a_drill_does_not(engine):
    assert "Drill" not in page(engine, "parts", **{**parts(), "drill": False})


def test_a_wrong_field_is_tied_to_its_error(engine):
    html = page(engine, "parts", **parts())
    assert 'aria-invalid="true"' in html
    assert re.search(r'aria-describedby="[^"]*id_name_error', html)
    assert 'id="id_name_error"' in html


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_speak_both_languages_and_lead_home(name, language):
    html = render_to_string(f"{name}.html")
    explanation = text_of(html.split("<main")[1].split("</main>")[0])
    assert CHINESE.search(explanation)
    assert re.search(r"[a-z]{4}", explanation)
    assert 'href="/"' in html
