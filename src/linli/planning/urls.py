"""Routes of planning."""

from django.urls import path

from linli.planning import views
from linli.planning.drafting.views import ending, people, steps

app_name = "planning"
urlpatterns = [
    path("rounds/<uuid:round_id>/sweep/share/", views.share_doors, name="share_doors"),
    path("rounds/drafts/<uuid:draft_id>/", ending.draft, name="draft"),
    path("rounds/drafts/<uuid:draft_id>/what/", steps.what, name="draft_what"),
    path("rounds/drafts/<uuid:draft_id>/scope/", steps.scope, name="draft_scope"),
    path("rounds/drafts/<uuid:draft_id>/targets/", steps.targets, name="draft_targets"),
    path("rounds/drafts/<uuid:draft_id>/sites/", steps.sites, name="draft_sites"),
    path("rounds/drafts/<uuid:draft_id>/plan/", steps.plan, name="draft_plan"),
    path("rounds/drafts/<uuid:draft_id>/staff/", people.staff, name="draft_staff"),
    path("rounds/drafts/<uuid:draft_id>/staff/paper/", people.staff_paper, name="staff_paper"),
    path("rounds/drafts/<uuid:draft_id>/notice/", people.notice, name="draft_notice"),
    path("rounds/drafts/<uuid:draft_id>/notice/paper/", people.notice_paper, name="notice_paper"),
    path("rounds/drafts/<uuid:draft_id>/open/", ending.draft_open, name="draft_open"),
    path("rounds/drafts/<uuid:draft_id>/discard/", ending.draft_discard, name="draft_discard"),
    path("drills/", views.drill_list, name="drills"),
    path("drills/<uuid:work_id>/", views.drill, name="drill"),
    path("drills/<uuid:work_id>/stop/", views.drill_stop, name="drill_stop"),
]
