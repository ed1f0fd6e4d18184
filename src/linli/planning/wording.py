"""Names that planning stores: in the language of the installation, whoever asks."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

SITE = _("%(compound)s sampling site")
TEAM = _("Sweep team %(number)d")
LIVE_ROUND = _("Testing round of the demo")
DRILL_ROUND = _("Drill with seed %(seed)d")
DRILL_NEWCOMER = _("Drill newcomer %(number)d")
BY_PHONE = _("found out by phone")


def stored(text: Promise | str, **params: object) -> str:
    """Return a text in the installation's language, its places filled."""
    with override(settings.LANGUAGE_CODE):
        return str(text) % params if params else str(text)
