"""Routes of the plain port; every other address there leads to the same one under HTTPS."""

from django.urls import path, re_path

from linli.web.first_visit.views import authority, elsewhere, first_visit
from linli.web.language import set_language

urlpatterns = [
    path("", first_visit, name="first_visit"),
    path("authority.crt", authority, name="authority"),
    path("language/", set_language, name="set_language"),
    re_path("", elsewhere),
]
