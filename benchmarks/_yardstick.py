"""The routes of Linli and one more: a bare Django list of fifty targets, to measure the pages against."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from linli.core.rights import Right
from linli.core.web import requires
from linli.rounds.models import Target
from linli.web import urls

PAGE = Engine().from_string(
    "<!doctype html><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
)


@requires(Right.ROUND_READ)
def bare_list(request: HttpRequest, round_id: UUID) -> HttpResponse:
    rows = Target.objects.filter(round=round_id).order_by("id").values_list("id", "name", "outcome", "outcome_at")[:50]
    return HttpResponse(PAGE.render(Context({"rows": rows})))


urlpatterns = [*urls.urlpatterns, path("yardstick/<uuid:round_id>/", bare_list)]
