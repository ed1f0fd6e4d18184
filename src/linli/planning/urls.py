"""Routes of planning."""

from django.urls import path

from linli.planning import views

app_name = "planning"
urlpatterns = [
    path("rounds/<uuid:round_id>/sweep/share/", views.share_doors, name="share_doors"),
    path("drills/", views.drill_list, name="drills"),
    path("drills/<uuid:work_id>/", views.drill, name="drill"),
    path("drills/<uuid:work_id>/stop/", views.drill_stop, name="drill_stop"),
]
