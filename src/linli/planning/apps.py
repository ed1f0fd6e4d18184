from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "linli.planning"
    label = "planning"

    def ready(self) -> None:
        from linli.planning.drill import undoing  # noqa: F401
