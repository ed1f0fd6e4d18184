"""Which account somebody gets who signed in at the identity provider: the one of the same user name, or none."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from linli.core.errors import Refused
from linli.core.models import User
from linli.core.sign_ins import SignInEvent, note_sign_in


class OidcAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """The provider proves who somebody is; whoever has no account in Linli is told whom to ask.

    The first sign-in joins an account to one identity (`sub`) of the provider. Whoever has got the same user name there
    since is somebody else and stays out.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        user = User.objects.filter(username=claimed_name(sociallogin.account.extra_data), is_active=True).first()
        if user is None or self._is_joined(user, sociallogin):
            refusal = Refused()
            page = render(request, "errors/linli.html", {"error": refusal, "status": 403}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, user)
        note_sign_in(user, SignInEvent.PROVIDER_JOINED)

    def _is_joined(self, user: User, sociallogin: Any) -> bool:
        accounts = type(sociallogin.account).objects
        return bool(accounts.filter(user=user, provider=sociallogin.account.provider).exists())


def claimed_name(data: dict[str, Any]) -> str:
    """Return `preferred_username` from what the provider said, or an empty text."""
    claims = data.get("userinfo") or data.get("id_token") or data
    return str(claims.get("preferred_username", ""))
