"""Second factors as Linli keeps them: the secret of an authenticator app is sealed like an identity number."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter

from linli.core import crypto


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """Seals what django-allauth would store in the clear."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(crypto.seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(base64.b64decode(encrypted_text))
