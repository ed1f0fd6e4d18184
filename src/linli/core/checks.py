"""System checks: a route without a declared right, or an application role that row-level security does not bind."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from linli.core.web import route_table


@register(Tags.security)
def every_route_declares_a_right(**_kwargs: Any) -> list[CheckMessage]:
    """Default deny: name each route that says nothing about who may call it."""
    return [
        Error(
            f"Route {route.path!r} ({route.name}) declares no right.",
            hint="Decorate its view with @requires(Right.x), @signed_in or @public from linli.core.web.",
            id="linli.E001",
        )
        for route in route_table()
        if route.access is None
    ]
