"""Every route of Linli. Each view declares its right; a route without one is refused at start-up."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
