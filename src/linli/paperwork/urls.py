"""Routes of agencies' forms."""

from django.urls import path

from linli.paperwork.views import filling, forms

app_name = "paperwork"
urlpatterns = [
    path("c/<int:community>/forms/", forms.form_list, name="forms"),
    path("forms/<uuid:form_id>/", filling.form, name="form"),
    path("forms/<uuid:form_id>/columns/", forms.columns, name="columns"),
    path("forms/<uuid:form_id>/drop/", forms.drop, name="drop"),
    path("forms/filled/<uuid:filling_id>/", filling.filled, name="filled"),
    path("forms/filled/<uuid:filling_id>/progress/", filling.progress, name="progress"),
    path("forms/filled/<uuid:filling_id>/stop/", filling.stop, name="stop"),
    path("forms/filled/<uuid:filling_id>/file/", filling.file, name="file"),
]
