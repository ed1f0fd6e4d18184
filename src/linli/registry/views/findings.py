"""What a reading found, ready for a page: sentences in its language, numbers masked, filtered and paged."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.core.crypto import mask_id_number, mask_phone
from linli.registry.forms import FindingsForm
from linli.registry.ledger.messages import FLAGS, PROBLEMS, sentence
from linli.registry.masking import masked
from linli.registry.models import Person, Residency
from linli.registry.templatetags.registry import door
from linli.registry.wording import FIELDS, KINDS, WHY_KEPT

SIZE = 50
TABS = ("problems", "conflicts", "missing")
_AS_READ = frozenset({"birth_disagrees", "birth_invalid", "address_as_date", "address_unclear", "bytes_replaced"})
_WORDS: dict[str, dict[str, Any]] = {
    "sex": dict(Person.Sex.choices),
    "residency_kind": dict(Residency.Kind.choices),
    "id_kind": dict(Person.IdKind.choices),
}


@dataclass(frozen=True)
class Finding:
    """One row of the list."""

    where: str
    name: str
    text: str
    act: str
    kind: str
    url: str = ""


@dataclass(frozen=True)
class Findings:
    """The part of the findings that a page shows."""

    tab: str
    counts: dict[str, int]
    form: FindingsForm
    page: Page[Any]
    rows: list[Finding] | list[dict[str, Any]]


def findings(details: Mapping[str, Any], asked: QueryDict) -> Findings:
    """Return what was asked for: problems of a kind, conflicts, or who is missing from the file."""
    problems = [*details["flags"], *details["problems"]]
    everything = {"problems": problems, "conflicts": details["conflicts"], "missing": details["missing_from_file"]}
    tab = asked.get("show", "")
    if tab not in TABS:
        tab = next((name for name in TABS if everything[name]), TABS[0])
    form = FindingsForm(dict(Counter(one["kind"] for one in problems).most_common()), {**asked.dict(), "show": tab})
    kind = form.cleaned_data.get("kind", "") if form.is_valid() else ""
    wanted = [one for one in everything[tab] if tab != "problems" or not kind or one["kind"] == kind]
    page = Paginator(wanted, SIZE).get_page(asked.get("page"))
    shown: dict[str, Callable[[Any], Any]] = {"problems": _problem, "conflicts": _conflict, "missing": _missing}
    rows = [shown[tab](one) for one in page]
    return Findings(tab, {name: len(all) for name, all in everything.items()}, form, page, rows)


def with_doors(found: Findings, persons: Mapping[tuple[str, int], UUID]) -> Findings:
    """Return findings whose rows open the person behind them."""
    rows = [
        Finding(row.where, row.name, row.text, row.act, row.kind, _person(persons.get((one["sheet"], one["row"]))))
        for row, one in zip(found.rows, found.page, strict=True)
        if isinstance(row, Finding)
    ]  # fmt: skip
    return Findings(found.tab, found.counts, found.form, found.page, rows)


def _problem(one: Mapping[str, Any]) -> Finding:
    kind, read = one["kind"], str(one.get("read", ""))
    shown = read if kind in _AS_READ else masked(read)
    known = kind in FLAGS or kind in PROBLEMS
    text = sentence(kind, shown, get_language() or "") if known else shown
    act = str(KINDS[kind][1]) if kind in KINDS else ""
    return Finding(_where(one), one.get("name", ""), text, act, kind)


def _conflict(one: Mapping[str, Any]) -> dict[str, Any]:
    field = one["field"]
    return {
        "where": _where(one),
        "name": one["name"],
        "field": FIELDS.get(field, field),
        "file": _value(field, one["file"]),
        "kept": _value(field, one["kept"]),
        "reason": WHY_KEPT.get(one["reason"], one["reason"]),
        "url": _person(one["person"]),
    }


def _missing(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": one["name"], "address": door(one["address"]), "url": _person(one["person"])}


def _person(person_id: UUID | str | None) -> str:
    return reverse("registry:person", kwargs={"person_id": person_id}) if person_id else ""


def _where(one: Mapping[str, Any]) -> str:
    sheet, row = one.get("sheet", ""), one.get("row", 0)
    if sheet and row:
        return _("%(sheet)s, row %(row)s") % {"sheet": sheet, "row": row}
    return sheet or (_("row %(row)s") % {"row": row} if row else _("the whole file"))


def _value(field: str, value: Any) -> str:
    if value in (None, "", []):
        return _("nothing")
    if field in _WORDS:
        return str(_WORDS[field].get(value, value))
    if field == "place":
        return " · ".join(part for part in (door(value[0]), value[1]) if part)
    if field == "id_number":
        return mask_id_number(value)
    if field in ("phones", "landlord_phones"):
        return ", ".join(map(mask_phone, value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value) if field in ("birth", "floor") else masked(str(value))
