from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "linli.web"
    label = "web"

    def ready(self) -> None:
        from linli.web import sign_in

        sign_in.listen()
