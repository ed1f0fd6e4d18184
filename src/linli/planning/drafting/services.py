"""Prepare a round: begin a draft, save its steps, have it planned ahead, open it, discard it."""

from uuid import UUID

from django.db import IntegrityError, transaction

from linli.core import audit, clock, jobs
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.planning.drafting.access import access_draft
from linli.planning.drafting.checking import stops_of
from linli.planning.drafting.errors import DraftChanged, DraftLooksOtherwise, DraftNotReady, DraftOpened
from linli.planning.drafting.reading import (
    PLAN_AHEAD,
    TASK,
    called,
    chosen_sites,
    latest_work,
    new_round,
    opening_works,
    plan_basis,
    scope_asked,
    told_of,
)
from linli.planning.drafting.staff import refuse_roles
from linli.planning.drafting.told import Part, Scope, Staff, What
from linli.planning.models import RoundDraft
from linli.planning.opening.services import ask_round
from linli.planning.opening.wish import ROUND_OPENING, Wish


def begin_draft(actor: Actor, community: int, draft_id: UUID, what: What) -> RoundDraft:
    """Begin to prepare a round; beginning the same one twice begins it once (R1).

    For who may open rounds there (round_open). Writes the draft and one audit entry. Raises Refused, NotFound.
    """
    with in_community(actor, Right.ROUND_OPEN, community):
        begun: RoundDraft | None = RoundDraft.objects.filter(pk=draft_id, community=community).first()
        if begun is not None:
            return begun
        told: dict[str, object] = {what.step: what.as_json()}
        draft = RoundDraft(
            pk=draft_id,
            community=community,
            told=told,
            changed={what.step: 1},
            begun_by=actor.name,
            changed_by=actor.name,
        )
        if not _is_inserted(draft):
            double: RoundDraft | None = RoundDraft.objects.filter(pk=draft_id, community=community).first()
            if double is None:
                raise NotFound
            return double
        _record(actor, "round_draft_begun", draft, told)
    return draft


def save_part(actor: Actor, draft_id: UUID, part: Part, version: int) -> RoundDraft:
    """Save what one step says, and have the plan made anew when it follows from that.

    For who may open rounds there (round_open). `version` is the draft's as the page showed it: a step that was changed since
    is not overwritten, other steps do not matter; saying the same again is no change. Writes the draft and one audit entry.
    Raises Refused, NotFound, DraftChanged, DraftOpened, GridCoversNothing, MayNotGiveRole.
    """
    with scoped(actor, Right.ROUND_OPEN):
        draft = access_draft(actor, draft_id, alone=True)
        with in_community(actor, Right.ROUND_OPEN, draft.community):
            told = part.as_json()
            if draft.told.get(part.step) == told:
                return draft
            _refuse_opened(draft)
            if draft.changed.get(part.step, 0) > version:
                raise DraftChanged(called(draft.changed_by), draft.changed_at)
            _refuse_part(actor, draft, part)
            before = draft.told.get(part.step)
            _put(actor, draft, part)
            _record(actor, "round_draft_saved", draft, {part.step: told}, {part.step: before})
            _plan(actor, draft)
    return draft


def plan_draft(actor: Actor, draft_id: UUID) -> RoundDraft:
    """Have a draft planned once more, from the register as it is now (R92 to R97).

    For who may open rounds there (round_open). Asks for the work; no audit entry of its own, for nothing is decided by it.
    Raises Refused, NotFound, DraftOpened.
    """
    with scoped(actor, Right.ROUND_OPEN):
        draft = access_draft(actor, draft_id, alone=True)
        with in_community(actor, Right.ROUND_OPEN, draft.community):
            _refuse_opened(draft)
            _plan(actor, draft, again=True)
    return draft


def open_draft(actor: Actor, draft_id: UUID, version: int) -> Work:
    """Ask for the round to be opened as its draft says; return the work to watch, the same when asked twice.

    For who may open rounds there (round_open). Writes what `ask_round` writes, no audit entry of its own. Raises Refused,
    NotFound, DraftLooksOtherwise when the draft was changed since the page was opened, DraftNotReady saying what stands
    against it, and what `ask_round` raises.
    """
    with scoped(actor, Right.ROUND_OPEN):
        draft = access_draft(actor, draft_id, alone=True)
        with in_community(actor, Right.ROUND_OPEN, draft.community):
            for work in opening_works(draft.community, draft.pk, ROUND_OPENING):
                if work.state in (*jobs.UNDER_WAY, Work.State.DONE):
                    return work
            if draft.version != version:
                raise DraftLooksOtherwise(called(draft.changed_by), draft.changed_at)
            if stops := stops_of(actor, draft):
                raise DraftNotReady(why=stops[0].text)
            told = told_of(draft)
            chosen = chosen_sites(told)
            return ask_round(actor, draft.community, Wish(new_round(draft, told), chosen is not None, chosen))


def discard_draft(actor: Actor, draft_id: UUID) -> int:
    """Throw a draft away and return its community.

    For who may open rounds there (round_open). Writes one audit entry, which keeps what it said. Raises Refused, NotFound,
    DraftOpened.
    """
    with scoped(actor, Right.ROUND_OPEN):
        draft = access_draft(actor, draft_id, alone=True)
        with in_community(actor, Right.ROUND_OPEN, draft.community):
            _refuse_opened(draft)
            _record(actor, "round_draft_discarded", draft, None, draft.told)
            RoundDraft.objects.filter(pk=draft.pk).delete()
    return draft.community


def _is_inserted(draft: RoundDraft) -> bool:
    """Save a new draft, unless somebody has just begun it: a form sent twice at once, or an id that is one elsewhere."""
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _refuse_opened(draft: RoundDraft) -> None:
    works = opening_works(draft.community, draft.pk, ROUND_OPENING)
    if draft.opened_at or any(work.state in jobs.UNDER_WAY for work in works):
        raise DraftOpened(name=told_of(draft).what.name)


def _refuse_part(actor: Actor, draft: RoundDraft, part: Part) -> None:
    if isinstance(part, Scope):
        scope_asked(draft.community, part)
    if isinstance(part, Staff):
        refuse_roles(actor, draft, part)


def _put(actor: Actor, draft: RoundDraft, part: Part) -> None:
    draft.version += 1
    draft.told = {**draft.told, part.step: part.as_json()}
    draft.changed = {**draft.changed, part.step: draft.version}
    draft.changed_at, draft.changed_by = clock.now(), actor.name
    draft.save(update_fields=["version", "told", "changed", "changed_at", "changed_by"])


def _plan(actor: Actor, draft: RoundDraft, *, again: bool = False) -> None:
    """Ask for the plan of a draft, once for what it says now."""
    if chosen_sites(told_of(draft)) is None:
        return
    basis, last = plan_basis(draft), latest_work(draft)
    is_same = last is not None and last.arguments["basis"] == basis
    if last is not None and is_same and (last.state in jobs.UNDER_WAY or not (again or last.error)):
        return
    jobs.ask(actor, draft.community, PLAN_AHEAD, TASK, draft=str(draft.pk), basis=basis)


def _record(
    actor: Actor,
    action: str,
    draft: RoundDraft,
    after: dict[str, object] | None,
    before: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor, action, community=draft.community, right=Right.ROUND_OPEN, object_type="round_draft", object_id=draft.pk,
        before=before, after=after,
    )  # fmt: skip
