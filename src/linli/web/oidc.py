"""Sign-in through a city's own identity provider (OpenID Connect), switched on by three settings.

`LINLI_OIDC_ISSUER`, `LINLI_OIDC_CLIENT_ID` and `LINLI_OIDC_SECRET`, or none of them; `LINLI_OIDC_NAME` is what the
button says. Accounts are still made in Linli: the provider proves who somebody is, grants say what they may do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PROVIDER = "city"
_NEEDED = ("LINLI_OIDC_ISSUER", "LINLI_OIDC_CLIENT_ID", "LINLI_OIDC_SECRET")


@dataclass(frozen=True)
class Oidc:
    """An identity provider, as its operator described it."""

    issuer: str
    client_id: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        """Where the browser is sent to: the Content-Security-Policy has to allow it."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    def as_app(self) -> dict[str, Any]:
        """Return the form in which django-allauth wants it; its user name is the claim `preferred_username`."""
        return {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.issuer, "oauth_pkce_enabled": True},
        }


def from_environment(environment: Mapping[str, str]) -> Oidc | None:
    """Return the provider that the environment describes, or None. Raises ValueError when it is half described."""
    given = {name: environment.get(name, "").strip() for name in _NEEDED}
    missing = [name for name, value in given.items() if not value]
    if len(missing) == len(_NEEDED):
        return None
    if missing:
        raise ValueError(f"Sign-in by OpenID Connect needs {', '.join(_NEEDED)}; missing: {', '.join(missing)}.")
    issuer, client_id, secret = given.values()
    if urlsplit(issuer).scheme != "https":
        raise ValueError(f"LINLI_OIDC_ISSUER must begin with https://; read {issuer!r}.")
    return Oidc(issuer, client_id, secret, environment.get("LINLI_OIDC_NAME", "").strip() or "OpenID Connect")
