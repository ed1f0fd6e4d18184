"""Which key lists a department sees: those that are open to it."""

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.registry.models import KeyList


def is_open_to(actor: Actor, key_list: KeyList, right: Right = Right.KEY_LIST_READ) -> bool:
    """Tell whether a key list of a community where the actor holds the right is open to them."""
    departments = actor.only_by_department(right, key_list.community)
    return departments is None or key_list.department in departments - {""}
