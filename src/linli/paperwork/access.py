"""From the id of a form or of a filling in a request to its row. Missing and forbidden are the same: NotFound."""

from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import Work
from linli.core.rights import Right
from linli.paperwork.models import AgencyForm

FILLING = "form_filling"
"""The kind of work that a filling is."""


def access_form(actor: Actor, form_id: UUID, *, right: Right = Right.LEDGER_EXPORT) -> AgencyForm:
    """Return a form of a community in which the actor holds the right, else raise NotFound."""
    form = AgencyForm.objects.filter(pk=form_id).first()
    if form is None or not actor.has(right, form.community):
        raise NotFound
    return form


def access_filling(actor: Actor, work_id: UUID, *, right: Right = Right.LEDGER_EXPORT) -> Work:
    """Return a filling that this actor asked for where it holds the right, else raise NotFound."""
    work: Work | None = Work.objects.filter(pk=work_id, kind=FILLING, asked_by=actor.name).first()
    if work is None or not actor.has(right, work.community):
        raise NotFound
    return work
