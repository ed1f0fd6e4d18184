"""Routes of the situation's pages."""

from django.urls import path

from linli.situation.views import audit, board, closing, daily, home, lists, opening, rounds, wall

urlpatterns = [
    path("", home.home, name="home"),
    path("wall/<int:division>/", wall.wall, name="wall"),
    path("wall/<int:division>/live/", wall.wall_live, name="wall_live"),
    path("c/<int:community>/", home.community_home, name="community_home"),
    path("c/<int:community>/daily/", daily.daily, name="daily"),
    path("c/<int:community>/daily/file/", daily.daily_file, name="daily_file"),
    path("c/<int:community>/rounds/", rounds.round_list, name="round_list"),
    path("c/<int:community>/rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/opening/<uuid:opening_id>/", opening.round_opening, name="round_opening"),
    path("rounds/opening/<uuid:opening_id>/stop/", opening.opening_stop, name="opening_stop"),
    path("rounds/<uuid:round_id>/", board.round_board, name="round_board"),
    path("rounds/<uuid:round_id>/live/", board.round_live, name="round_live"),
    path("rounds/<uuid:round_id>/compounds/<uuid:compound_id>/", board.round_compound, name="round_compound"),
    path("rounds/<uuid:round_id>/targets/", lists.round_targets, name="round_targets"),
    path("rounds/<uuid:round_id>/missing/", lists.round_missing, name="round_missing"),
    path("rounds/<uuid:round_id>/doors/<uuid:dwelling_id>/", lists.round_door, name="round_door"),
    path("rounds/<uuid:round_id>/close/", closing.round_close, name="round_close"),
    path("rounds/<uuid:round_id>/report/", closing.round_report, name="round_report"),
    path("audit/", audit.audit_entries, name="audit_entries"),
    path("audit/check/", audit.audit_check, name="audit_check"),
    path("audit/export/", audit.audit_export, name="audit_export"),
    path("audit/<uuid:entry_id>/", audit.audit_entry, name="audit_entry"),
]
