"""What the pages of persons and dwellings share."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.core.rights import Right
from linli.core.web import LinliRequest
from linli.places.selectors import community_name


def behind_search(request: LinliRequest, community: int) -> dict[str, Any]:
    """Return the frame of a page that a search leads to: its community, and the way back for who may search."""
    search = {"url": reverse("registry:search", kwargs={"community": community}), "label": _("Search")}
    may_search = request.actor.has(Right.PERSON_SEARCH, community)
    return {
        "community": community,
        "community_name": community_name(request.actor, community),
        "crumbs": [search] if may_search else [],
    }
