"""Somebody who stands at a desk and is on no list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.core.errors import LinliError
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.door_names import UnknownDoor
from linli.places.selectors import door_names
from linli.rounds.access import access_round
from linli.rounds.forms import NewcomerForm, new_key
from linli.rounds.services import add_newcomer
from linli.rounds.views.frame import around_round


@requires(Right.FACT_RECORD)
@never_cache
@require_http_methods(["GET", "POST"])
def newcomer(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Ask who it is; the desk opens with them."""
    round = access_round(request.actor, round_id, right=Right.FACT_RECORD)
    posted = request.method == "POST"
    form = NewcomerForm(request.POST) if posted else NewcomerForm(initial={"key": new_key()})
    if posted and form.is_valid():
        target = _join(request, round_id, round.community, form)
        if target is not None:
            return redirect(f"{reverse('rounds:desk', args=[round_id])}?{urlencode({'target': str(target)})}")
    context = {**around_round(request.actor, round), "form": form}
    return render(request, "rounds/newcomer.html", context, status=422 if posted else 200)


def _join(request: LinliRequest, round_id: UUID, community: int, form: NewcomerForm) -> UUID | None:
    """Return the target of the newcomer, None when the form now says what is wrong."""
    try:
        door = form.cleaned_data["door"]
        dwelling = door_names(request.actor, community).the_one(door) if door else None
        return add_newcomer(request.actor, round_id, form.newcomer(dwelling)).pk
    except UnknownDoor as error:
        form.add_error("door", str(error))
    except LinliError as error:
        form.add_error(None, str(error))
    return None
