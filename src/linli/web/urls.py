"""Every route of Linli. Each view declares its right; a route without one is refused at start-up."""

from django.urls import include, path

from linli.web import views

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("language/", views.set_language, name="set_language"),
    path("health/", views.health, name="health"),
]
