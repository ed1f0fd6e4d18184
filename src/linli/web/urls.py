"""Every route of Linli. Each view declares its right; a route without one is refused at start-up."""

import allauth.urls
from django.urls import include, path

from linli.web import views
from linli.web.language import set_language

SIGN_IN = [pattern for pattern in allauth.urls.urlpatterns if not str(pattern.pattern).startswith("social/")]
"""The routes of django-allauth without its redirects for addresses of older versions."""

urlpatterns = [
    path("account/", include(SIGN_IN)),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("language/", set_language, name="set_language"),
    path("connect/", views.connect, name="connect"),
    path("health/", views.health, name="health"),
    path("", include("linli.situation.urls")),
    path("", include("linli.paperwork.urls")),
    path("", include("linli.planning.urls")),
    path("", include("linli.rounds.urls")),
    path("", include("linli.registry.urls")),
    path("", include("linli.workforce.urls")),
]
