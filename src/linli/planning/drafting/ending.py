"""What becomes of a draft when its round opens: a part of opening it."""

from linli.core import clock
from linli.core.actors import Actor
from linli.planning.drafting.reading import told_of
from linli.planning.drafting.staff import give_roles, standing
from linli.planning.models import RoundDraft
from linli.rounds.models import Round, Site


def end_draft(actor: Actor, round: Round) -> None:
    """Give those who are named their roles until the round closes, and settle its draft. Call inside a scope."""
    draft = RoundDraft.objects.filter(pk=round.pk, community=round.community, opened_at=None).first()
    if draft is None:
        return
    staff = told_of(draft).staff
    if staff:
        give_roles(actor, draft, standing(staff, _keys_of(round)))
    RoundDraft.objects.filter(pk=draft.pk).update(opened_at=clock.now())


def _keys_of(round: Round) -> set[str]:
    """Return the keys by which posts name the sites of a round."""
    sites = Site.objects.filter(community=round.community, round=round).order_by("number")
    return {str(site.venue_id or number) for number, site in enumerate(sites, start=1)}
