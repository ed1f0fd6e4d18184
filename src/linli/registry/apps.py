from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "linli.registry"
    label = "registry"

    def ready(self) -> None:
        from linli.registry import key_listed, slipped  # noqa: F401
