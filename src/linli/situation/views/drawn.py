"""Boards and walls that many people watch: drawn once for all of them, and asked for anew every few seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from linli.core.web import LinliRequest

KEPT_SECONDS = 60
"""How long what was drawn is kept in memory for the others who watch it."""


@dataclass(frozen=True)
class Shown:
    """What was drawn: for everybody who looks at the same state of it in the same language."""

    about: Any
    title: str
    html: SafeString


def drawn(etag: str, draw: Callable[[], Shown]) -> Shown:
    """Draw once for all who watch; the version in the tag was read before, so nothing is older than it says."""
    shown: Shown | None = caches["boards"].get(etag)
    if shown is None:
        shown = draw()
        caches["boards"].set(etag, shown, KEPT_SECONDS)
    return shown


def draw(request: LinliRequest, about: Any, template: str, sentence: str, context: dict[str, Any]) -> Shown:
    """Draw a template, with another one for the title."""
    html = render_to_string(template, context, request)
    title = " ".join(strip_tags(render_to_string(sentence, context)).split())
    return Shown(about, title, SafeString(html))


def live_answer(request: LinliRequest, etag: str, draw: Callable[[], Shown]) -> HttpResponse:
    """Answer 304 while nothing has changed, else what is drawn alone. Nothing of it is kept on the device."""
    unchanged = request.headers.get("If-None-Match") == etag
    response = HttpResponseNotModified() if unchanged else HttpResponse(drawn(etag, draw).html)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-store"
    return response
