"""The imports of a community, and what one of them found."""

from typing import Any
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.registry.access import access_import
from linli.registry.intake import details
from linli.registry.models import LedgerImport

_SHOWN = 30


def ledger_imports(actor: Actor, community: int) -> list[LedgerImport]:
    """Return the latest imports and uploads of a community, newest first, for who holds ledger_import there."""
    with in_community(actor, Right.LEDGER_IMPORT, community):
        return list(LedgerImport.objects.filter(community=community).defer("details").order_by("-started_at")[:_SHOWN])


def import_details(actor: Actor, import_id: UUID) -> dict[str, Any]:
    """Return sheets with their columns, flags, problems, conflicts and who is missing, for who holds ledger_import there.

    Raises NotFound.
    """
    with scoped(actor, Right.LEDGER_IMPORT):
        return details.opened(access_import(actor, import_id).details)
