"""Whoever needs a second factor and has none reaches the pages that set one up, and no other."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.core.second_factor import Policy, is_missing
from linli.core.web import PUBLIC, access_of
from linli.web.context import is_demo

REACHED_WITHOUT = ("mfa_", "account_reauthenticate", "account_change_password")
"""Beginnings of the names of routes that setting up a second factor needs."""


class SecondFactorMiddleware:
    """Stands before the scope, whose middleware runs the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        actor, sign_in = request.actor, request.sign_in  # type: ignore[attr-defined]  # set by ScopeMiddleware
        if actor is None or sign_in is None or name.startswith(REACHED_WITHOUT) or access_of(view, name) == PUBLIC:
            return None
        return redirect("mfa_index") if is_missing(policy(), actor, sign_in) else None


def policy() -> Policy:
    """Return whom Linli asks for a second factor: as `LINLI_SECOND_FACTOR` says, in the demo nobody."""
    return Policy(settings.LINLI_SECOND_FACTOR or (Policy.OFF if is_demo() else Policy.COMMAND))
