"""What the pages of persons and dwellings share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.core.errors import Conflict, Invalid
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


def tried(form: forms.Form, act: Callable[[], Any]) -> Any:
    """Do it, or say in the form why it cannot be done, beside the box that it is about."""
    try:
        return act()
    except (Invalid, Conflict) as refused:
        at = "door" if refused.error_code == "unknown_door" and "door" in form.fields else None
        at = "id_number" if refused.error_code.startswith("id_") and "id_number" in form.fields else at
        form.add_error(at, forms.ValidationError(str(refused), code=refused.error_code))
        return None
