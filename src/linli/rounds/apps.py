from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "linli.rounds"
    label = "rounds"

    def ready(self) -> None:
        from linli.core import endings
        from linli.rounds import undoing  # noqa: F401
        from linli.rounds.endings import KIND, open_rounds

        endings.offer(KIND, open_rounds)
