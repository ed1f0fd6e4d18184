"""An upload on its way: columns, check, confirmation, progress, result, undo."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.errors import Conflict
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.selectors import community_name
from linli.registry.forms import ColumnsForm
from linli.registry.masking import masked
from linli.registry.selectors.imports import import_details
from linli.registry.selectors.uploads import Stage, UploadSeen, flagged_persons, upload_seen
from linli.registry.services.columns import remember_columns
from linli.registry.services.uploads import (
    CHECK_KIND,
    IMPORT_KIND,
    UNDO_KIND,
    ask_again,
    ask_undo,
    confirm_upload,
    drop_upload,
    stop_upload,
)
from linli.registry.views.findings import findings, with_doors
from linli.registry.views.ledger import ledger_page, told
from linli.registry.wording import HOW, ROLES, SKIPPED

_SKIPPED_SHOWN = 20
_DONE = (Stage.IMPORTED, Stage.UNDONE)


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def columns(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Show how each column was understood; remember what somebody corrects and read again."""
    seen = upload_seen(request.actor, import_id)
    if seen.stage is not Stage.CHECKED:
        return _elsewhere(request, seen)
    details = import_details(request.actor, import_id)
    form = ColumnsForm(_columns_of(details), request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _go_on(request, seen, form)
    context = {**_shared(request, seen), "form": form, "sheets": list(_sheets(details, form))}
    return render(request, "registry/columns.html", context, status=422 if form.errors else 200)


def _go_on(request: LinliRequest, seen: UploadSeen, form: ColumnsForm) -> HttpResponse:
    corrections = form.corrections()
    if not corrections:
        return redirect("registry:check", import_id=seen.row.pk)
    remember_columns(request.actor, seen.row.community, corrections)
    ask_again(request.actor, seen.row.pk, confirmed_title=seen.confirmed_title)
    messages.success(request, _("Your corrections are kept for the next ledgers of this community."))
    return redirect("registry:columns", import_id=seen.row.pk)


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_GET
def check(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Show what an import would do and everything that was found."""
    seen = upload_seen(request.actor, import_id)
    if seen.stage is not Stage.CHECKED:
        return _elsewhere(request, seen)
    found = findings(import_details(request.actor, import_id), request.GET)
    context = {**_shared(request, seen), "found": found, "figures": _figures(seen, found.counts)}
    return render(request, "registry/check.html", context)


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_POST
def confirm(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Import what was checked."""
    seen = upload_seen(request.actor, import_id)
    if seen.stage is not Stage.CHECKED:
        return _elsewhere(request, seen)
    confirm_upload(request.actor, import_id, confirmed_title=seen.confirmed_title)
    return redirect("registry:result", import_id=import_id)


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_POST
def again(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Read an upload again, after somebody confirmed whose ledger it is or another import has finished."""
    seen = upload_seen(request.actor, import_id)
    if seen.stage not in (Stage.ASKING, Stage.CHECKED):
        return _elsewhere(request, seen)
    named = str(seen.row.report.get("named", ""))
    ask_again(request.actor, import_id, confirmed_title=named if request.POST.get("confirmed") else "")
    return redirect("registry:columns", import_id=import_id)


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_POST
def drop(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Throw an upload away."""
    seen = upload_seen(request.actor, import_id)
    drop_upload(request.actor, import_id)
    messages.success(request, _("The upload was thrown away. Nothing was imported."))
    return redirect("registry:ledger", community=seen.row.community)


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_POST
def stop(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Have the check or import of an upload stopped."""
    seen = upload_seen(request.actor, import_id)
    if seen.stage is not Stage.WORKING:
        return _elsewhere(request, seen)
    stop_upload(request.actor, import_id)
    messages.success(request, _("It stops at its next step. Nothing is imported unless it had just finished."))
    return redirect("registry:columns", import_id=import_id)


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_GET
def progress(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Answer how far it is, and send the page on when it is done."""
    seen = upload_seen(request.actor, import_id)
    if request.headers.get("HX-Request") != "true":
        return redirect(_address(seen))
    response = render(request, "linli/_progress.html", {"job": _job(seen)})
    if seen.stage is not Stage.WORKING:
        response.headers["HX-Redirect"] = _address(seen)
    return response


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_GET
def result(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Show what an import did."""
    seen = upload_seen(request.actor, import_id)
    if seen.stage not in _DONE:
        return _elsewhere(request, seen)
    return _result(request, seen, refusal=told(seen.error) if seen.error else "")


@requires(Right.LEDGER_IMPORT)
@never_cache
@require_POST
def undo(request: LinliRequest, import_id: UUID) -> HttpResponse:
    """Have an import taken back in the background; its page says when that is done or why it cannot be."""
    seen = upload_seen(request.actor, import_id)
    if seen.stage not in _DONE:
        return _elsewhere(request, seen)
    try:
        ask_undo(request.actor, import_id)
    except Conflict as refused:
        return _result(request, seen, refusal=str(refused), status=refused.status)
    return redirect("registry:result", import_id=import_id)


def _result(request: LinliRequest, seen: UploadSeen, *, refusal: str = "", status: int = 200) -> HttpResponse:
    found = findings(import_details(request.actor, seen.row.pk), request.GET)
    if found.tab == "problems" and seen.stage is Stage.IMPORTED:
        found = with_doors(found, flagged_persons(request.actor, seen.row.pk, found.page))
    context = {
        **_shared(request, seen),
        "found": found,
        "figures": _figures(seen, found.counts),
        "refusal": refusal,
        "can_undo": seen.stage is Stage.IMPORTED,
    }
    return render(request, "registry/result.html", context, status=status)


def _elsewhere(request: LinliRequest, seen: UploadSeen) -> HttpResponse:
    """Answer with the page that fits where an upload stands."""
    stage, error = seen.stage, seen.error
    if stage in _DONE:
        return redirect("registry:result", import_id=seen.row.pk)
    if stage is Stage.CHECKED:
        return redirect("registry:check", import_id=seen.row.pk)
    if stage is Stage.WORKING:
        return render(request, "registry/working.html", {**_shared(request, seen), "job": _job(seen)})
    if stage is Stage.ASKING:
        return render(request, "registry/asking.html", _shared(request, seen), status=Conflict.status)
    if error and stage is Stage.REFUSED:
        return ledger_page(request, seen.row.community, refusal=told(error), status=422)
    gone = _("The uploaded file is no longer here. Nothing was imported from it. Upload it again.")
    return ledger_page(request, seen.row.community, refusal=gone, status=410)


def _shared(request: LinliRequest, seen: UploadSeen) -> dict[str, Any]:
    community, error = seen.row.community, seen.error
    return {
        "upload": seen.row,
        "report": seen.row.report,
        "community": community,
        "community_name": community_name(request.actor, community),
        "error": error,
        "error_text": told(error) if error else "",
        "confirmed_title": seen.confirmed_title,
        "crumbs": [
            {"url": reverse("registry:ledger", kwargs={"community": community}), "label": _("Ledger")},
        ],
    }


def _address(seen: UploadSeen) -> str:
    """Return the page to go to from the progress."""
    is_check = seen.work is None or seen.work.kind == CHECK_KIND
    page = "result" if seen.stage in _DONE or not is_check else "columns"
    return reverse(f"registry:{page}", kwargs={"import_id": seen.row.pk})


_LABELS = {
    CHECK_KIND: gettext_lazy("Checking %(file)s"),
    IMPORT_KIND: gettext_lazy("Importing %(file)s"),
    UNDO_KIND: gettext_lazy("Taking %(file)s back"),
}
_STEPS = (
    gettext_lazy("reading the spreadsheet"),
    gettext_lazy("comparing with the register"),
    gettext_lazy("writing"),
    gettext_lazy("finishing"),
)


def _job(seen: UploadSeen) -> dict[str, Any]:
    work = seen.work
    kind = work.kind if work else CHECK_KIND
    running = work is not None and work.state == Work.State.RUNNING
    may_stop = work is not None and kind != UNDO_KIND
    return {
        "id": "upload-progress",
        "label": _LABELS[kind] % {"file": seen.row.file_name},
        "done": work.done if work else 0,
        "total": work.total if work and running else None,
        "url": reverse("registry:progress", kwargs={"import_id": seen.row.pk}),
        "finished": seen.stage is not Stage.WORKING,
        "failed": False,
        "message": _step_of(work),
        "stop_url": reverse("registry:stop", kwargs={"import_id": seen.row.pk}) if may_stop else "",
    }


def _step_of(work: Work | None) -> str:
    if work is None or work.state != Work.State.RUNNING:
        return _("It begins in a moment.")
    steps = _STEPS if work.kind != UNDO_KIND else (gettext_lazy("writing"),)
    return str(steps[min(work.done, len(steps) - 1)])


def _figures(seen: UploadSeen, found: dict[str, int]) -> list[dict[str, Any]]:
    """Return the counts; those that open a list are doors."""
    report = seen.row.report
    search = reverse("registry:search", kwargs={"community": seen.row.community})
    register = search if seen.stage is Stage.IMPORTED else ""
    counts: list[tuple[str, Any, str]] = [
        (_("people"), report.get("persons", 0), register),
        (_("households"), report.get("households", 0), ""),
        (_("dwellings"), report.get("dwellings", 0), register),
        (_("of these vacant"), report.get("vacant", 0), ""),
        (_("new people"), report.get("created", 0), ""),
        (_("changed"), report.get("updated", 0), ""),
        (_("unchanged"), report.get("unchanged", 0), ""),
        (_("to look at"), found["problems"], "?show=problems"),
        (_("edited here, kept"), found["conflicts"], "?show=conflicts"),
        (_("in Linli, not in the file"), found["missing"], "?show=missing"),
    ]
    return [{"label": label, "number": f"{number:,}", "url": url if number else ""} for label, number, url in counts]


def _columns_of(details: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return each column once, by the key that a correction is remembered under."""
    found: dict[str, tuple[str, str, str]] = {}
    for sheet in details["sheets"]:
        for column in sheet["columns"] if sheet["role"] == "ledger" else ():
            label = column["header"] or _("column %(letter)s") % {"letter": column["letter"]}
            found.setdefault(column["key"], (column["key"], label, column["field"]))
    return list(found.values())


def _sheets(details: dict[str, Any], form: ColumnsForm) -> Iterator[dict[str, Any]]:
    """Yield the sheets; one whose columns were shown with an earlier sheet only says so."""
    fields = {key: form[name] for name, (key, _field) in form.keys.items()}
    shown: set[str] = set()
    for sheet in details["sheets"]:
        rows = []
        for column in sheet["columns"] if sheet["role"] == "ledger" else ():
            if column["key"] not in shown:
                shown.add(column["key"])
                rows.append(_column(column, fields[column["key"]]))
        yield {
            "name": sheet["name"],
            "why_not": ROLES.get(sheet["role"], ""),
            "persons": sheet["person_rows"],
            "vacant": sheet["vacant_rows"],
            "header_rows": ", ".join(map(str, sheet["header_rows"])),
            "columns": rows,
            "skipped": [_skipped(row) for row in sheet["skipped"][:_SKIPPED_SHOWN]],
            "skipped_count": len(sheet["skipped"]),
        }


def _column(column: dict[str, Any], field: Any) -> dict[str, Any]:
    is_date = column["field"] in ("birth", "age", "address")
    samples = [sample if is_date else masked(sample) for sample in column["samples"]]
    return {**column, "samples": samples, "how_words": HOW.get(column["how"], ""), "control": field}


def _skipped(row: dict[str, Any]) -> dict[str, Any]:
    return {"row": row["row"], "why": SKIPPED.get(row["reason"], row["reason"]), "read": masked(row["read"])[:80]}
