"""Routes of the pages that people work a round on."""

from django.urls import path

from linli.rounds.views import calls, desk, newcomer, paper, sites, sweep, venue

app_name = "rounds"
urlpatterns = [
    path("rounds/<uuid:round_id>/sites/", sites.sites, name="sites"),
    path("rounds/<uuid:round_id>/desk/", desk.desk, name="desk"),
    path("rounds/<uuid:round_id>/desk/find/", desk.find, name="find"),
    path("rounds/<uuid:round_id>/desk/register/", desk.register, name="register"),
    path("rounds/<uuid:round_id>/desk/take-back/", desk.take_back, name="take_back"),
    path("rounds/<uuid:round_id>/desk/newcomer/", newcomer.newcomer, name="newcomer"),
    path("rounds/<uuid:round_id>/calls/", calls.calls, name="calls"),
    path("rounds/<uuid:round_id>/calls/told/", calls.told, name="told"),
    path("rounds/<uuid:round_id>/calls/phones/", calls.phones, name="phones"),
    path("rounds/<uuid:round_id>/calls/<uuid:building_id>/", calls.calls_of_building, name="calls_of_building"),
    path("rounds/<uuid:round_id>/sweep/", sweep.teams, name="sweep"),
    path("rounds/<uuid:round_id>/sweep/<uuid:team_id>/", sweep.team, name="sweep_team"),
    path("rounds/<uuid:round_id>/doors/<uuid:dwelling_id>/visit/", sweep.visit, name="visit"),
    path("rounds/<uuid:round_id>/doors/<uuid:dwelling_id>/take-back/", sweep.take_back, name="take_back_visit"),
    path("rounds/<uuid:round_id>/doors/<uuid:dwelling_id>/newcomer/", sweep.newcomer, name="met_at_door"),
    path("rounds/<uuid:round_id>/doors/<uuid:dwelling_id>/help/", sweep.ask_help, name="ask_help"),
    path("rounds/<uuid:round_id>/sweep/<uuid:team_id>/print/", paper.print_list, name="print_list"),
    path("door-lists/<uuid:sheet_id>/", paper.sheet, name="door_sheet"),
    path("door-lists/<uuid:sheet_id>/typed/", paper.typed, name="type_sheet"),
    path("rounds/<uuid:round_id>/home-sampling/", sweep.home_sampling, name="home_sampling"),
    path("rounds/<uuid:round_id>/home-sampling/take-back/", sweep.take_back_at_home, name="take_back_at_home"),
    path("rounds/<uuid:round_id>/venue/", venue.venue, name="venue"),
    path("rounds/<uuid:round_id>/venue/live/", venue.venue_live, name="venue_live"),
]
