"""What a view declares about who may call it, and the table of all routes that follows from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from linli.core.actors import Actor
from linli.core.models import SignIn
from linli.core.rights import Right

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed in"
CLOSED = "closed"

SIGN_IN = "linli_sign_in"
"""Key of a session under which the id of its sign-in lies."""

THIRD_PARTY: dict[str, str] = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_signup": CLOSED,
    "account_email": CLOSED,
    "account_email_verification_sent": CLOSED,
    "account_confirm_email": CLOSED,
    "account_confirm_login_code": CLOSED,
    "account_reset_password": CLOSED,
    "account_reset_password_done": CLOSED,
    "account_reset_password_from_key": CLOSED,
    "account_reset_password_from_key_done": CLOSED,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
    "socialaccount_signup": CLOSED,
    "socialaccount_connections": CLOSED,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_trust": PUBLIC,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_login_webauthn": PUBLIC,
    "mfa_signup_webauthn": PUBLIC,
}
"""Routes of django-allauth, which cannot carry our decorators, by name.

Closed ones exist for their links only and answer that there is no such page.
"""


class LinliRequest(HttpRequest):
    """A request inside a view that declared a right: it has an actor, signed in in some way."""

    actor: Actor
    sign_in: SignIn


def requires(right: Right) -> Callable[[View], View]:
    """Declare the right that a view asks for; its queries see the divisions where the actor holds it."""
    return lambda view: _declare(view, right)


def public(view: View) -> View:
    """Declare that anybody may call this view; it sees no resident data."""
    return _declare(view, PUBLIC)


def signed_in(view: View) -> View:
    """Declare that every signed-in person may call this view; it sees no resident data."""
    return _declare(view, SIGNED_IN)


def _declare(view: View, access: Right | str) -> View:
    cast(Any, view).linli_access = access
    return view


def access_of(view: Callable[..., Any], name: str | None) -> Right | str | None:
    """Return what a view declared, or None: such a route is refused at start-up."""
    return getattr(view, "linli_access", None) or THIRD_PARTY.get(name or "")


@dataclass(frozen=True)
class Route:
    """One line of the permission table."""

    path: str
    name: str
    access: Right | str | None


def route_table() -> tuple[Route, ...]:
    """Return every route of the URLconf with what it asks for, sorted by path."""
    return tuple(sorted(_walk(get_resolver().url_patterns, ""), key=lambda route: (route.path, route.name)))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield Route(path, pattern.name or "", access_of(pattern.callback, pattern.name))
