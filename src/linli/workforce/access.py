"""From an id in a request to a division, a member or one of their roles. Missing and forbidden are the same: NotFound."""

from uuid import UUID

from linli.core.actors import Actor
from linli.core.divisions import level_of
from linli.core.errors import NotFound
from linli.core.models import Grant, User
from linli.core.rights import Right
from linli.core.scope import within


def access_division(actor: Actor, division: int) -> int:
    """Return a division in all of which the actor manages accounts, else raise NotFound."""
    try:
        level_of(division)
    except ValueError as error:
        raise NotFound from error
    if not actor.has_all(Right.USERS_MANAGE, division):
        raise NotFound
    return division


def access_member(actor: Actor, user_id: UUID) -> User:
    """Return an account that holds or has held a role where the actor manages accounts, else raise NotFound."""
    here = within(actor.ranges(Right.USERS_MANAGE), "division")
    user = User.objects.filter(pk=user_id, grants__in=Grant.objects.filter(here)).distinct().first()
    if user is None:
        raise NotFound
    return user


def access_grant(actor: Actor, user_id: UUID, grant_id: UUID) -> Grant:
    """Return a role of an account in a division where the actor manages accounts, else raise NotFound."""
    here = within(actor.ranges(Right.USERS_MANAGE), "division")
    grant = Grant.objects.filter(here, pk=grant_id, user=user_id).select_related("user").first()
    if grant is None:
        raise NotFound
    return grant
