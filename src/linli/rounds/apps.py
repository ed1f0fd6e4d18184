from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "linli.rounds"
    label = "rounds"

    def ready(self) -> None:
        from linli.rounds import undoing  # noqa: F401
