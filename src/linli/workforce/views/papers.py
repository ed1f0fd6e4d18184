"""Sign-in cards as paper: eight on A4, each with a code that signs in once."""

from typing import Any
from uuid import UUID

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.core.errors import NotFound
from linli.core.links import make_cards
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.workforce.access import access_member
from linli.workforce.selectors import member_told
from linli.workforce.views.frame import around

ON_A_SHEET = 8
AT_MOST = 200


@requires(Right.USERS_MANAGE)
@never_cache
@require_POST
def cards(request: LinliRequest, division: int) -> HttpResponse:
    """Make new cards for the chosen people, which voids their older ones, and show the sheets."""
    frame = around(request.actor, division)
    people = [access_member(request.actor, _id(each)) for each in request.POST.getlist("member")[:AT_MOST]]
    made = make_cards(request.actor, people)
    shown = [_card(request, user, path) for user, path in made.items()]
    sheets = [shown[at : at + ON_A_SHEET] for at in range(0, len(shown), ON_A_SHEET)]
    return render(request, "workforce/cards.html", {**frame, "sheets": sheets, "count": len(shown)})


def _card(request: LinliRequest, user: Any, path: str) -> dict[str, Any]:
    member = member_told(request.actor, user)
    roles = [role for role in member.roles if not role.is_over]
    return {"member": member, "roles": roles, "picture": qr(request.build_absolute_uri(path))}


def qr(text: str) -> SafeString:
    """Draw an address as a code that a phone's camera reads."""
    return mark_safe(segno.make_qr(text, error="m").svg_inline(border=2, omitsize=True))  # noqa: S308  # segno's own drawing


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
