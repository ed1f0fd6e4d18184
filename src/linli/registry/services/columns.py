"""Remembering how an office's columns are to be understood."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from linli.core import audit
from linli.core.actors import Actor
from linli.core.errors import Invalid
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.registry.models import RememberedColumn

FIELDS = (
    "ignore", "sequence", "compound", "building", "unit", "floor", "room", "building_unit", "unit_room", "address", "door",
    "name", "head_name", "head_id", "head_phone", "contact_name", "relation", "sex", "birth", "age", "id_number", "id_kind", "phone",
    "category", "occupancy", "hukou_division", "household_number", "people_count", "landlord", "landlord_name", "landlord_id",
    "landlord_phone", "remarks", "care_flag", "other",
)  # fmt: skip
"""What a column can be; `ignore` leaves it out."""


def remember_columns(actor: Actor, community: int, mapping: Mapping[str, str]) -> None:
    """Remember what columns are, by `ColumnView.key`, for the next reading; an empty field forgets a correction.

    For who holds ledger_import there. Raises Invalid for a field that there is not.
    """
    unknown = sorted({field for field in mapping.values() if field and field not in FIELDS})
    if unknown:
        raise Invalid(_("There is no field “%(field)s” for a column."), code="field_unknown", field=unknown[0])
    with in_community(actor, Right.LEDGER_IMPORT, community):
        before = dict(RememberedColumn.objects.filter(community=community).values_list("header", "field"))
        for header, field in mapping.items():
            _remember(community, header[:200], field)
        audit.record(
            actor, "columns_remembered", community=community, right=Right.LEDGER_IMPORT, object_type="remembered_column",
            before=before, after=dict(mapping),
        )  # fmt: skip


def _remember(community: int, header: str, field: str) -> None:
    if field:
        RememberedColumn.objects.update_or_create(community=community, header=header, defaults={"field": field})
    else:
        RememberedColumn.objects.filter(community=community, header=header).delete()
