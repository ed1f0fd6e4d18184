from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "linli.workforce"
    label = "workforce"
