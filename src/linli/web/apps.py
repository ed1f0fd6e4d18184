from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "linli.web"
    label = "web"
    default = True

    def ready(self) -> None:
        from linli.web import sign_in

        sign_in.listen()


class FirstVisitConfig(AppConfig):
    """Templates, tags and texts alone, for the plain port where nobody signs in."""

    name = "linli.web"
    label = "web"
