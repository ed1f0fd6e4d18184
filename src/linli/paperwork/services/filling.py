"""Filling a form for a place, a group and a day, in the background, for whoever asked."""

from pathlib import Path
from typing import Any
from uuid import UUID

from linli.core import audit, clock, jobs
from linli.core.actors import Actor
from linli.core.models import User, Work
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.core.working import Tell
from linli.paperwork.access import FILLING, access_filling, access_form
from linli.paperwork.content.files import filled_path, opened
from linli.paperwork.content.filled import around, filling, register_for
from linli.paperwork.content.wish import Wish, wish_of
from linli.paperwork.errors import FillingStopped, NothingToFill
from linli.paperwork.models import AgencyForm
from linli.paperwork.sheet.process import fill_form
from linli.paperwork.sheet.records import layout_of
from linli.places.access import access_building, access_compound, access_grid
from linli.places.scope import in_community
from linli.registry.errors import FileRefused, NotUnderWay
from linli.registry.ledger import LedgerRefused
from linli.rounds.access import access_round

FILL_TASK = "paperwork.fill"
STEPS = 3
_MOST_LEFT = 30


def ask_filling(actor: Actor, form_id: UUID, wish: Wish) -> Work:
    """Ask for a form to be filled in the background; returns the work to watch.

    For who holds ledger_export there. Writes one audit entry. Raises NotFound for the form and for a place or round of another
    community, NothingToFill.
    """
    with scoped(actor, Right.LEDGER_EXPORT):
        form = access_form(actor, form_id)
        if not any(sheet.asks_something for sheet in layout_of(form.layout).sheets):
            raise NothingToFill
    with in_community(actor, Right.LEDGER_EXPORT, form.community):
        _reach(actor, wish)
        audit.record(
            actor, "form_filling_asked", community=form.community, right=Right.LEDGER_EXPORT, object_type="agency_form",
            object_id=form.pk, after=wish.as_arguments(),
        )  # fmt: skip
        return jobs.ask(actor, form.community, FILLING, FILL_TASK, form_id=str(form.pk), **wish.as_arguments())


def fill(actor: Actor, arguments: dict[str, Any], tell: Tell, work_id: UUID) -> dict[str, Any]:
    """Fill a form as somebody asked; returns its name, the rows and the people in it.

    For who holds ledger_export there; numbers are masked for who may not see them. Writes the file and one audit entry that says
    which form, for whom, how many rows. Raises NotFound, FileRefused, FillingStopped.
    """
    wish = wish_of(arguments)
    with scoped(actor, Right.LEDGER_EXPORT):
        form = access_form(actor, UUID(arguments["form_id"]))
    with in_community(actor, Right.LEDGER_EXPORT, form.community):
        _reach(actor, wish)
        _go_on(tell, 0)
        target = filled_path(work_id)
        rows, left = _write(actor, form, wish, target, tell)
        audit.record(
            actor, "form_filled", community=form.community, right=Right.LEDGER_EXPORT, object_type="agency_form",
            object_id=form.pk,
            after={
                "form": form.name, "rows": rows, "numbers": _sees_numbers(actor, form.community), **wish.as_arguments()
            },
        )  # fmt: skip
    return {"form": form.name, "rows": rows, "left": left}


def stop_filling(actor: Actor, work_id: UUID) -> Work:
    """Ask a filling to stop at its next step.

    For who asked for it and holds ledger_export there. Writes one audit entry. Raises NotFound, NotUnderWay when it has ended.
    """
    with scoped(actor, Right.LEDGER_EXPORT):
        work = access_filling(actor, work_id)
        under_way = Work.objects.filter(pk=work.pk, state__in=jobs.UNDER_WAY)
        if not under_way.update(state=Work.State.STOPPED, changed_at=clock.now()):
            raise NotUnderWay
        audit.record(
            actor, "form_filling_stopped", community=work.community, right=Right.LEDGER_EXPORT, object_type="agency_form",
            object_id=UUID(work.arguments["form_id"]), after={"work": str(work.pk)},
        )  # fmt: skip
    return work


def _reach(actor: Actor, wish: Wish) -> None:
    """Raise NotFound for a place or round that is not of the community in scope."""
    for access, id in (
        (access_compound, wish.compound),
        (access_building, wish.building),
        (access_grid, wish.grid),
        (access_round, wish.round),
    ):
        if id is not None:
            access(actor, id, right=Right.LEDGER_EXPORT)


def _sees_numbers(actor: Actor, community: int) -> bool:
    return actor.has(Right.IDENTITY_UNMASK, community)


def _write(actor: Actor, form: AgencyForm, wish: Wish, target: Path, tell: Tell) -> tuple[int, list[list[Any]]]:
    """Write the copy; returns its rows, and what has no word in the agency's lists with how often that was so."""
    layout = layout_of(form.layout)
    register = register_for(layout, form.community, wish)
    _go_on(tell, 1)
    told = around(register, form.community, wish, _name_of(actor), sees_numbers=_sees_numbers(actor, form.community))
    blank = target.with_suffix(".blank")
    try:
        for path in (blank, target):
            path.unlink(missing_ok=True)
            path.touch(mode=0o600)
        blank.write_bytes(opened(form.file))
        asked, rows = filling(blank, target, layout, wish, told)
        _go_on(tell, 2)
        fill_form(asked)
    except LedgerRefused as refused:
        target.unlink(missing_ok=True)
        raise FileRefused(refused) from refused
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    finally:
        blank.unlink(missing_ok=True)
    return rows, [[*place, times] for place, times in told.left.most_common(_MOST_LEFT)]


def _go_on(tell: Tell, step: int) -> None:
    if not tell(step, STEPS):
        raise FillingStopped


def _name_of(actor: Actor) -> str:
    user = (
        User.objects.filter(pk=actor.user_id).first()
        if actor.user_id
        else User.objects.filter(username=actor.name).first()
    )
    return user.get_full_name() if user else actor.name
