"""What a page that was open for a while is compared by: a short text that changes when somebody changes the row."""

from linli.core.rows import digester
from linli.places.models import Dwelling
from linli.registry.models import Person


def version_of(row: Person | Dwelling) -> str:
    """Return the version of a person or dwelling; editing and importing both change it, and it tells nothing about them."""
    return digester(type(row))(row).hex()
