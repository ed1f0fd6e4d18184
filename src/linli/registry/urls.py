"""Routes of the register."""

from django.urls import path

from linli.registry.views import ledger, many, persons, places, search, self_reports, slips, stays, uploads

app_name = "registry"
urlpatterns = [
    path("c/<int:community>/ledger/", ledger.ledger, name="ledger"),
    path("c/<int:community>/ledger/export/", ledger.export, name="export"),
    path("c/<int:community>/ledger/list/", ledger.export_part, name="export_list"),
    path("c/<int:community>/people/", many.many, name="many"),
    path("changes/<uuid:edit_id>/", many.changed, name="many_changed"),
    path("changes/<uuid:edit_id>/undo/", many.undo, name="many_undo"),
    path("c/<int:community>/search/", search.search, name="search"),
    path("c/<int:community>/slips/", slips.slips, name="slips"),
    path("buildings/<uuid:building_id>/slips/", slips.building_slips, name="building_slips"),
    path("compounds/<uuid:compound_id>/slips/", slips.compound_slips, name="compound_slips"),
    path("c/<int:community>/self-reports/", self_reports.reports, name="self_reports"),
    path("self-reports/<uuid:report_id>/", self_reports.report, name="self_report"),
    path("self-reports/<uuid:report_id>/confirm/", self_reports.confirm, name="confirm_self_report"),
    path("self-reports/<uuid:report_id>/refuse/", self_reports.refuse, name="refuse_self_report"),
    path("tell/<int:community>/<str:code>/", self_reports.tell, name="tell"),
    path("imports/<uuid:import_id>/", uploads.result, name="result"),
    path("imports/<uuid:import_id>/columns/", uploads.columns, name="columns"),
    path("imports/<uuid:import_id>/check/", uploads.check, name="check"),
    path("imports/<uuid:import_id>/confirm/", uploads.confirm, name="confirm"),
    path("imports/<uuid:import_id>/again/", uploads.again, name="again"),
    path("imports/<uuid:import_id>/progress/", uploads.progress, name="progress"),
    path("imports/<uuid:import_id>/stop/", uploads.stop, name="stop"),
    path("imports/<uuid:import_id>/drop/", uploads.drop, name="drop"),
    path("imports/<uuid:import_id>/undo/", uploads.undo, name="undo"),
    path("persons/<uuid:person_id>/", persons.person, name="person"),
    path("persons/<uuid:person_id>/edit/", persons.edit, name="edit_person"),
    path("persons/<uuid:person_id>/leave/", stays.leave, name="leave"),
    path("persons/<uuid:person_id>/move/", stays.move, name="move"),
    path("persons/<uuid:person_id>/return/", stays.back, name="return"),
    path("persons/<uuid:person_id>/unmask/", persons.unmask, name="unmask"),
    path("dwellings/<uuid:dwelling_id>/", places.dwelling, name="dwelling"),
    path("dwellings/<uuid:dwelling_id>/add/", stays.add, name="add_person"),
    path("dwellings/<uuid:dwelling_id>/landlord/", places.landlord, name="landlord"),
    path("buildings/<uuid:building_id>/", places.building, name="building"),
    path("compounds/<uuid:compound_id>/", places.compound, name="compound"),
]
