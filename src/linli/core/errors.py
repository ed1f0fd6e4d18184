"""Errors that a person can read: each has a code, an HTTP status and a sentence in both languages."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

LANGUAGES = ("zh-hans", "en")


class LinliError(Exception):
    """An answer of "no" that is expected; `params` fill the named places of its message."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    message: Promise | str = _("This could not be done.")

    def __init__(self, message: Promise | str | None = None, *, code: str | None = None, **params: Any) -> None:
        self.message = message or self.message
        self.error_code = code or self.code
        self.params = params
        super().__init__(self.error_code)

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)

    def in_language(self, language: str) -> str:
        """Return the sentence in `zh-hans` or `en`."""
        with override(language):
            return str(self)

    def as_dict(self) -> dict[str, str]:
        """Return what `--json` commands and the API print."""
        return {
            "code": self.error_code,
            "message_zh": self.in_language("zh-hans"),
            "message_en": self.in_language("en"),
        }


class Invalid(LinliError):
    """What was sent in cannot be used as it is."""

    code = "invalid"
    status = 422


class NotSignedIn(LinliError):
    """Nobody is signed in."""

    code = "not_signed_in"
    status = 401
    message = _("Please sign in first.")


class Refused(LinliError):
    """The actor lacks the right."""

    code = "refused"
    status = 403
    message = _("Your account has no right to do this. Ask the coordinator of your community.")


class NotFound(LinliError):
    """There is no such thing, or it is none of the actor's: both get the same answer."""

    code = "not_found"
    status = 404
    message = _("This page or record does not exist, or it belongs to another community.")


class Conflict(LinliError):
    """Somebody else was quicker, or the thing is no longer in a state that allows this."""

    code = "conflict"
    status = 409
    message = _("This has changed in the meantime. Open the page again and repeat.")


class Expired(LinliError):
    """A one-time link is unknown, used or too old."""

    code = "expired"
    status = 410
    message = _("This link has expired or has been used. Ask for a new one.")


class WrongMethod(LinliError):
    """A page was asked for under the address of a button."""

    code = "wrong_method"
    status = 405
    message = _("This is the address of a button, not of a page. Go back to the page it is on.")


class TooLarge(LinliError):
    """An upload is larger than Linli takes."""

    code = "too_large"
    status = 413
    message = _("This file is too large.")


class OutsideScope(RuntimeError):
    """A query ran outside a scope: a mistake in the program, never shown as an answer."""
