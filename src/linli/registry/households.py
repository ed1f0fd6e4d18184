"""The household behind a door."""

from linli.places.models import Dwelling
from linli.registry.models import Household


def household_of(dwelling: Dwelling) -> Household:
    """Return the one household behind the door, or a new one; where several share it, the first."""
    found = Household.objects.filter(dwelling=dwelling, until=None).order_by("number").first()
    return found or Household.objects.create(community=dwelling.community, dwelling=dwelling)
