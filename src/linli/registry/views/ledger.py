"""The ledger's own page: the imports so far, the way in and the way out."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.core import clock
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.spooled import Spooled
from linli.core.web import LinliRequest, requires
from linli.places.selectors import community_name
from linli.registry.export import FORMATS
from linli.registry.forms import ListForm, UploadForm
from linli.registry.selectors.chosen import needs_here
from linli.registry.selectors.imports import ledger_imports
from linli.registry.services.ledger_export import export_ledger, export_list
from linli.registry.services.uploads import upload_ledger


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def ledger(request: LinliRequest, community: int) -> HttpResponse:
    """Show the imports so far; take a file and go on to its columns."""
    if request.method != "POST":
        return ledger_page(request, community)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return ledger_page(request, community, form=form, status=422)
    file = form.cleaned_data["file"]
    upload, _work = upload_ledger(request.actor, community, file.name, file.chunks())
    return redirect("registry:columns", import_id=upload.pk)


def ledger_page(
    request: LinliRequest, community: int, *, form: UploadForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, with a refusal above the form where there is one."""
    may_export = request.actor.has(Right.LEDGER_EXPORT, community)
    context = {
        "community": community,
        "community_name": community_name(request.actor, community),
        "imports": [
            (one, told(one.report["error"]) if one.report.get("error") else "")
            for one in ledger_imports(request.actor, community)
        ],
        "form": form or UploadForm(),
        "formats": FORMATS if may_export else (),
        "needs": needs_here(request.actor, community) if may_export else (),
        "refusal": refusal,
    }
    return render(request, "registry/ledger.html", context, status=status)


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_POST
def export(request: LinliRequest, community: int) -> HttpResponse:
    """Hand the register out as a file."""
    report = export_ledger(request.actor, community, request.POST.get("format", ""))
    name = f"{community_name(request.actor, community)}-{clock.today():%Y-%m-%d}.{report.format}"
    return Spooled(report.path, name)  # type: ignore[return-value]  # Django's own kind of answer


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_POST
def export_part(request: LinliRequest, community: int) -> HttpResponse:
    """Hand a list out as a workbook that can be edited and imported back: a search, a building, a care need."""
    form = ListForm(request.POST)
    if not form.is_valid():
        raise NotFound
    report = export_list(request.actor, community, form.chosen())
    name = f"{community_name(request.actor, community)}-{clock.today():%Y-%m-%d}-{report.persons}.xlsx"
    return Spooled(report.path, name)  # type: ignore[return-value]  # Django's own kind of answer


def told(error: dict[str, Any]) -> str:
    """Return a stored error in the language of the page."""
    return str(error["message_zh" if (get_language() or "").startswith("zh") else "message_en"])
