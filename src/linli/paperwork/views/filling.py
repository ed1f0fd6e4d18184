"""Filling a form: for whom, how far it is, and the file."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.spooled import Spooled
from linli.core.web import LinliRequest, requires
from linli.paperwork.content.files import filled_path
from linli.paperwork.errors import FillingStopped, NothingToFill, NotReady
from linli.paperwork.forms import FillForm
from linli.paperwork.selectors.forms import FillingSeen, fillable, filling_seen, form_seen, latest_fillings
from linli.paperwork.services.filling import STEPS, ask_filling, stop_filling
from linli.paperwork.views.forms import frame


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def form(request: LinliRequest, form_id: UUID) -> HttpResponse:
    """Ask for whom a form is filled, and have it filled."""
    seen = form_seen(request.actor, form_id)
    can = fillable(request.actor, seen.row.community)
    asked = FillForm(seen, can, request.POST or None)
    refusal = ""
    if request.method == "POST" and asked.is_valid():
        try:
            work = ask_filling(request.actor, form_id, asked.wish())
            return redirect("paperwork:filled", filling_id=work.pk)
        except NothingToFill as error:
            refusal = str(error)
    context = {
        **frame(request, seen.row.community),
        "seen": seen,
        "form": asked,
        "since": can.since,
        "refusal": refusal,
        "fillings": latest_fillings(request.actor, seen.row),
    }
    return render(request, "paperwork/form.html", context, status=422 if asked.errors or refusal else 200)


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_GET
def filled(request: LinliRequest, filling_id: UUID) -> HttpResponse:
    """Show how far a filling is, then the file to take."""
    seen = filling_seen(request.actor, filling_id)
    form = form_seen(request.actor, seen.form_id).row
    context = {
        **frame(request, seen.work.community),
        "seen": seen,
        "name": form.name,
        "job": _job(seen, form.name),
        "error": _error(seen),
    }
    return render(request, "paperwork/filled.html", context)


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_GET
def progress(request: LinliRequest, filling_id: UUID) -> HttpResponse:
    """Answer how far it is; send the browser on once there is something else to see."""
    seen = filling_seen(request.actor, filling_id)
    if request.headers.get("HX-Request") != "true":
        return redirect("paperwork:filled", filling_id=filling_id)
    name = form_seen(request.actor, seen.form_id).row.name
    response = render(request, "linli/_progress.html", {"job": _job(seen, name)})
    if not seen.is_under_way:
        response["HX-Redirect"] = reverse("paperwork:filled", kwargs={"filling_id": filling_id})
    return response


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_POST
def stop(request: LinliRequest, filling_id: UUID) -> HttpResponse:
    """Stop a filling."""
    stop_filling(request.actor, filling_id)
    return redirect("paperwork:filled", filling_id=filling_id)


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_GET
def file(request: LinliRequest, filling_id: UUID) -> HttpResponse:
    """Hand the filled form to whoever asked for it."""
    seen = filling_seen(request.actor, filling_id)
    if not seen.is_there:
        raise NotReady
    name = f"{seen.work.result['form']}-{clock.today():%Y-%m-%d}.xlsx"
    return Spooled(filled_path(filling_id), name, keep=True)  # type: ignore[return-value]  # Django's own kind of answer


def _job(seen: FillingSeen, name: str) -> dict[str, Any]:
    work = seen.work
    running = work.state == Work.State.RUNNING
    steps = (_("reading the register"), _("putting the rows together"), _("writing the agency's file"))
    return {
        "id": "filling-progress",
        "label": _("Filling “%(form)s”") % {"form": name},
        "done": work.done if running else 0,
        "total": STEPS if running else None,
        "url": reverse("paperwork:progress", kwargs={"filling_id": work.pk}),
        "finished": not seen.is_under_way,
        "failed": False,
        "message": steps[min(work.done, STEPS - 1)] if running else _("It begins in a moment."),
        "stop_url": reverse("paperwork:stop", kwargs={"filling_id": work.pk}),
    }


def _error(seen: FillingSeen) -> str:
    work = seen.work
    if work.state == Work.State.STOPPED:
        return str(FillingStopped())
    if work.error:
        return str(work.error["message_zh" if (get_language() or "").startswith("zh") else "message_en"])
    return "" if seen.is_there or seen.is_under_way else str(NotReady())
