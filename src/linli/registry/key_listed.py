"""Key lists and imports that are taken back: who came on a list by its rule alone leaves it with the import."""

from linli.core.actors import Actor
from linli.core.errors import LinliError
from linli.registry.dependants import Created, goes_along, stands_in_the_way
from linli.registry.errors import KeyListsStand
from linli.registry.models import KeyListDeed, KeyListEntry, Person


@goes_along
def entries_by_rule(_actor: Actor, community: int, created: Created) -> list[str]:
    """Remove the entries of people who leave with an import; nobody did or said anything about them."""
    KeyListEntry.objects.filter(community=community, person__in=list(created.get(Person, ()))).delete()
    return []


@stands_in_the_way
def entries_looked_after(community: int, created: Created) -> list[LinliError]:
    """Say that people of an import were put on a key list or taken off it by hand, or were looked after by one."""
    people = list(created.get(Person, ()))
    entries = KeyListEntry.objects.filter(community=community, person__in=people)
    by_hand = entries.exclude(how=KeyListEntry.How.RULE) | entries.filter(left=KeyListEntry.Left.HAND)
    deeds = KeyListDeed.objects.filter(community=community, entry__person__in=people).values_list("entry__person_id")
    count = len({person for (person,) in (*by_hand.values_list("person_id"), *deeds)})
    return [KeyListsStand(count=count)] if count else []
