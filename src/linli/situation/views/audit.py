"""The record of who did what, for those who audit: they read everything and change nothing."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.core.chains import check_chains
from linli.core.errors import Invalid, NotFound
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import NO_COMMUNITY
from linli.core.trail import Told, entries_wanted, entry_told, export_entries
from linli.core.web import LinliRequest, requires
from linli.registry.masking import masked_all
from linli.situation.audit_words import action_words
from linli.situation.forms import AuditForm
from linli.situation.selectors.auditing import communities_audited

PER_PAGE = 50


@requires(Right.AUDIT_READ)
@require_GET
def audit_entries(request: LinliRequest) -> HttpResponse:
    """List the entries that are asked for, newest first."""
    names = communities_audited(request.actor)
    form = _form(request.GET, names)
    if form.errors:
        return _refused(request, form)
    found = entries_wanted(request.actor, form.wanted(), PER_PAGE + 1, _position(request.GET))
    context = {
        **_frame(form),
        "entries": [_line(entry, names) for entry in found[:PER_PAGE]],
        "older": _older(request.GET, found[PER_PAGE - 1].pk) if len(found) > PER_PAGE else "",
    }
    return render(request, "situation/audit.html", context)


@requires(Right.AUDIT_READ)
@require_GET
def audit_entry(request: LinliRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry with what was before and after, numbers masked."""
    entry, detail = entry_told(request.actor, entry_id)
    names = communities_audited(request.actor)
    context = {
        "crumbs": _crumbs(),
        "line": _line(entry, names),
        "entry": entry,
        "hash": bytes(entry.hash).hex(),
        "detail": detail,
        "rows": _rows(detail) if detail else [],
    }
    return render(request, "situation/audit_entry.html", context)


@requires(Right.AUDIT_READ)
@require_POST
def audit_check(request: LinliRequest) -> HttpResponse:
    """Walk the chains of the communities that are asked for, and say whether they hold."""
    names = communities_audited(request.actor)
    form = _form(request.POST, names)
    if form.errors:
        return _refused(request, form)
    chains = check_chains(request.actor, {}, form.wanted().community)
    context = {
        "crumbs": _crumbs(),
        "chains": [{"name": _place(chain.community, names), "chain": chain} for chain in chains],
        "entries": sum(chain.entries for chain in chains),
        "broken": sum(bool(chain.breaks) for chain in chains),
    }
    return render(request, "situation/audit_check.html", context)


@requires(Right.AUDIT_READ)
@require_POST
def audit_export(request: LinliRequest) -> HttpResponse:
    """Hand out the entries that are asked for as a spreadsheet, numbers masked; that is on record too."""
    names = communities_audited(request.actor)
    form = _form(request.POST, names)
    if form.errors:
        return _refused(request, form)
    try:
        told = export_entries(request.actor, form.wanted())
    except Invalid as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, form)
    response = HttpResponse(_spreadsheet(told, names), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="linli-audit.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(request: LinliRequest, form: AuditForm) -> HttpResponse:
    return render(request, "situation/audit.html", {**_frame(form), "entries": []}, status=422)


def _form(asked: QueryDict, names: Mapping[int, str]) -> AuditForm:
    form = AuditForm(asked, communities=[(code, _place(code, names)) for code in names])
    form.is_valid()
    return form


def _frame(form: AuditForm) -> dict[str, Any]:
    return {"form": form, "kept": [(name, value) for name, value in form.data.items() if name in form.fields and value]}


def _crumbs() -> list[dict[str, str]]:
    return [{"url": "/audit/", "label": gettext("Record of who did what")}]


def _position(asked: QueryDict) -> UUID | None:
    """Return the entry before which a page begins. Raises NotFound for what is no id."""
    text = asked.get("older", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


def _older(asked: QueryDict, last: UUID) -> str:
    following = asked.copy()
    following["older"] = str(last)
    return following.urlencode()


def _place(code: int, names: Mapping[int, str]) -> str:
    return names.get(code) or (gettext("accounts and sign-ins") if code == NO_COMMUNITY else str(code))


def _line(entry: AuditEntry, names: Mapping[int, str]) -> dict[str, Any]:
    return {"entry": entry, "what": action_words(entry.action), "where": _place(entry.community, names)}


def _rows(detail: dict[str, Any]) -> list[dict[str, str]]:
    """Return what was before and after, by what it is about."""
    before, after = detail.get("before") or {}, detail.get("after") or {}
    return [
        {"name": name, "before": _text(before.get(name)), "after": _text(after.get(name))}
        for name in dict.fromkeys([*before, *after])
    ]


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    shown = masked_all(value)
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False, indent=1)


def _spreadsheet(told: list[Told], names: Mapping[int, str]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_heads())
    for entry, detail in told:
        held = detail or {}
        about = f"{entry.object_type} {entry.object_id or ''}".strip()
        texts = (_safe(_text(held.get(part))) for part in ("reason", "before", "after"))
        writer.writerow(
            [entry.at.isoformat(), _place(entry.community, names), entry.number, _safe(entry.actor), entry.right,
             action_words(entry.action), about, *texts]
        )  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def _heads() -> list[str]:
    return [
        gettext("Time"), gettext("Where"), gettext("No."), gettext("Who"), gettext("Right"), gettext("What was done"),
        gettext("About"), gettext("Reason"), gettext("Before"), gettext("After"),
    ]  # fmt: skip


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
