"""Routes of workforce."""

from django.urls import path

from linli.workforce.views import devices, doors, members, own, papers, people

app_name = "workforce"
urlpatterns = [
    path("members/", people.places, name="places"),
    path("members/<int:division>/", people.members, name="members"),
    path("members/<int:division>/new/", people.member_new, name="member_new"),
    path("members/<int:division>/helpers/", people.helpers, name="helpers"),
    path("members/<int:division>/cards/", papers.cards, name="cards"),
    path("members/<int:division>/phones/", devices.devices, name="devices"),
    path("phones/<uuid:device_id>/revoke/", devices.revoke, name="revoke_device"),
    path("member/<uuid:user_id>/", members.member, name="member"),
    path("member/<uuid:user_id>/roles/<int:division>/", members.give, name="give_role"),
    path("member/<uuid:user_id>/roles/<uuid:grant_id>/end/", members.end_role, name="end_role"),
    path("member/<uuid:user_id>/link/", members.link, name="member_link"),
    path("member/<uuid:user_id>/sign-out/", members.sign_out, name="member_sign_out"),
    path("member/<uuid:user_id>/factors/", members.forget_factors, name="forget_factors"),
    path("member/<uuid:user_id>/close/", members.close, name="close_member"),
    path("emergencies/<uuid:taken_id>/noted/", members.note_emergency, name="note_emergency"),
    path("me/", own.account, name="own_account"),
    path("me/pin/", own.pin, name="own_pin"),
    path("me/sign-ins/<uuid:sign_in_id>/end/", own.end_sign_in, name="end_sign_in"),
    path("me/emergency/", own.emergency, name="emergency"),
    path("me/emergency/<uuid:taken_id>/end/", own.end_emergency, name="end_emergency"),
    path("card/<str:token>/", doors.card, name="card"),
    path("enrol/<str:token>/", doors.enrol, name="enrol"),
    path("shared/", doors.shared, name="shared"),
]
