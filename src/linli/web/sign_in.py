"""Sign-in: nobody makes an account for themselves, and each sign-in, failed ones too, is in the audit chain."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.signals import password_changed, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from linli.core.models import SignIn, User
from linli.core.sign_ins import How, SignInEvent, begin_sign_in, note_sign_in
from linli.core.web import SIGN_IN

_METHODS = {"socialaccount": SignIn.Way.PROVIDER, "mfa": SignIn.Way.PASSKEY}
"""What django-allauth calls the first thing by which somebody has shown who they are."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Accounts are made by an administrator, with a one-time link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Accounts have no mail address."""


def listen() -> None:
    """Have sign-ins written down."""
    for signal, what in _EVENTS.items():
        signal.connect(what, dispatch_uid=f"linli {what.__name__}")


def _signed_in(user: User, request: HttpRequest, **_more: Any) -> None:
    begun = begin_sign_in(user, _how(request), request.headers.get("User-Agent", ""))
    request.session[SIGN_IN] = str(begun.pk)


def _how(request: HttpRequest) -> How:
    told: How | None = getattr(request, "linli_how", None)
    if told:
        return told
    shown = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or [{"method": "password"}]
    return How(_METHODS.get(shown[0]["method"], SignIn.Way.PASSWORD))


def _signed_out(user: User | None, **_more: Any) -> None:
    if user is not None:
        note_sign_in(user, SignInEvent.SIGNED_OUT)


def _failed(credentials: dict[str, Any], **_more: Any) -> None:
    """Note a failed try at an account there is; what was typed for any other may be a password."""
    user = User.objects.filter(username=credentials.get("username") or "").first()
    if user is not None:
        note_sign_in(user, SignInEvent.FAILED)


def _password_changed(user: User, **_more: Any) -> None:
    note_sign_in(user, SignInEvent.CREDENTIALS_CHANGED)


_EVENTS = {
    user_logged_in: _signed_in,
    user_logged_out: _signed_out,
    user_login_failed: _failed,
    password_changed: _password_changed,
    password_set: _password_changed,
}
