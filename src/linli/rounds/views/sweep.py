"""What sweep teams work with on their phones: their lists, the doors, and who is tested at home."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.errors import LinliError, NotFound
from linli.core.ids import uuid7
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.rounds.access import access_round
from linli.rounds.asked import AtDoor, Receipt, SpecimenFact
from linli.rounds.drawing import drawn_doors
from linli.rounds.forms import HelpForm, MetAtDoorForm, new_key, read_at_home, read_found, read_some_ids
from linli.rounds.models import Visit
from linli.rounds.selectors import sweep_list, sweep_teams
from linli.rounds.selectors.doors import DoorNow, door_now, to_test_at_home
from linli.rounds.selectors.sheets import door_sheets
from linli.rounds.services import (
    add_newcomer,
    ask_help_at_door,
    record_at_door,
    record_facts,
    take_back_at_door,
    take_back_facts,
)
from linli.rounds.views.frame import around_round, say_remarks

_KNOCKED = "knocked"
"""What somebody recorded last at a door, kept in the session so that a slip of the finger can be taken back."""
_AT_HOME = "at_home"
"""The same of what a medic ticked last."""
PHASES = ("next", "again", "medic", "settled")
RESULTS: tuple[tuple[str, str], ...] = (
    (Visit.Result.DONE, "check"), (Visit.Result.NOT_FOUND, "clock"), (Visit.Result.CANNOT_COME, "home"),
    (Visit.Result.REFUSED, "x"), (Visit.Result.TESTED_ELSEWHERE, "circle-check"), (Visit.Result.AWAY, "map-pin"),
    (Visit.Result.MOVED, "route"), (Visit.Result.VACANT, "circle"), (Visit.Result.DEAD, "info-circle"),
)  # fmt: skip
"""The results in the order of how often they are needed, each with its icon."""
OF_AN_EMPTY_DOOR = (Visit.Result.VACANT, Visit.Result.NOT_FOUND)


@requires(Right.SWEEP_RECORD)
@never_cache
@require_GET
def teams(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show the teams and how far each is; a member opens theirs."""
    round = access_round(request.actor, round_id, right=Right.SWEEP_RECORD)
    found = sweep_teams(request.actor, round_id)
    context = {
        **around_round(request.actor, round),
        "teams": found,
        "doors_open": sum(team.doors_open for team in found),
        "may_share": request.actor.has(Right.PLAN_WRITE, round.community) and not round.is_closed,
        "may_sample": request.actor.has(Right.FACT_RECORD, round.community),
    }
    return render(request, "rounds/teams.html", context)


@requires(Right.SWEEP_RECORD)
@never_cache
@require_GET
def team(request: LinliRequest, round_id: UUID, team_id: UUID) -> HttpResponse:
    """Show a team's doors in walking order, those to knock at first, and drawn as they stand."""
    listed = sweep_list(request.actor, team_id)
    if listed.round != round_id:
        raise NotFound
    round = access_round(request.actor, round_id, right=Right.SWEEP_RECORD)
    address = _door_address(round_id)
    groups = [(phase, [door for door in listed.doors if door.phase == phase]) for phase in PHASES]
    context = {
        **around_round(request.actor, round),
        "team": listed,
        "groups": [(phase, doors) for phase, doors in groups if doors],
        "open": sum(door.open > 0 for door in listed.doors),
        "next": next((door for phase, doors in groups[:2] for door in doors), None),
        "drawn": drawn_doors(listed.doors, address),
        "knocked": _last(request, _KNOCKED, round_id),
        "sheets": door_sheets(request.actor, team_id),
    }
    return render(request, "rounds/team.html", context)


def _door_address(round_id: UUID) -> Any:
    stands_for = UUID(int=0)
    before, _is, after = reverse("rounds:visit", args=[round_id, stands_for]).rpartition(str(stands_for))
    return lambda dwelling: f"{before}{dwelling}{after}"


@requires(Right.SWEEP_RECORD)
@never_cache
@require_http_methods(["GET", "POST"])
def visit(request: LinliRequest, round_id: UUID, dwelling_id: UUID) -> HttpResponse:
    """Show a door with who is outstanding behind it; a tap on what was found stores it and leads to the next door."""
    if request.method == "GET":
        return _door(request, door_now(request.actor, round_id, dwelling_id))
    now = door_now(request.actor, round_id, dwelling_id)
    try:
        found = read_found(request.POST, dwelling_id, now.team, clock.now())
        if not found.people and now.open:
            return _door(request, now, _("Tick whom it is about: people behind this door are outstanding."))
        receipts = record_at_door(request.actor, round_id, found)
    except LinliError as error:
        return _door(request, now, str(error))
    _say(request, round_id, found, receipts)
    if now.team:
        return redirect("rounds:sweep_team", round_id, now.team)
    return redirect("rounds:visit", round_id, dwelling_id)


def _door(request: LinliRequest, now: DoorNow, refusal: str = "") -> HttpResponse:
    taken = [result for result, _icon in RESULTS] if now.people else OF_AN_EMPTY_DOOR
    context = {
        **around_round(request.actor, now.round),
        "now": now,
        "unit": now.dwelling.unit,
        "people": [(person, f"{person.id}:{uuid7()}:{uuid7()}") for person in now.people],
        "results": [(str(result), Visit.Result(result).label, icon) for result, icon in RESULTS if result in taken],
        "nobody": uuid7(),
        "refusal": refusal,
        "knocked": _last(request, _KNOCKED, now.round.pk),
    }
    return render(request, "rounds/visit.html", context, status=422 if refusal else 200)


def _say(request: LinliRequest, round_id: UUID, found: AtDoor, receipts: Sequence[Receipt]) -> None:
    """Say what was stored, and remember it for who slipped."""
    stored = [str(id) for id in say_remarks(request, receipts)]
    if stored:
        count = max(1, len(found.people))
        said = ngettext("%(n)d person: %(result)s", "%(n)d people: %(result)s", count)
        request.session[_KNOCKED] = {
            "round": str(round_id), "dwelling": str(found.dwelling),
            "said": said % {"n": count, "result": Visit.Result(found.result).label},
            "facts": stored if found.people else [],
        }  # fmt: skip


def _last(request: LinliRequest, key: str, round_id: UUID) -> dict[str, Any] | None:
    last = request.session.get(key)
    return last if last and last["round"] == str(round_id) else None


@requires(Right.SWEEP_RECORD)
@never_cache
@require_POST
def take_back(request: LinliRequest, round_id: UUID, dwelling_id: UUID) -> HttpResponse:
    """Take back what was just recorded at a door, and show the door again."""
    access_round(request.actor, round_id, right=Right.SWEEP_RECORD)
    door_now(request.actor, round_id, dwelling_id)
    _taken_back(request, _KNOCKED, len(take_back_at_door(request.actor, round_id, read_some_ids(request.POST))))
    return redirect("rounds:visit", round_id, dwelling_id)


def _taken_back(request: LinliRequest, key: str, count: int) -> None:
    request.session.pop(key, None)
    said = ngettext("Taken back for %(n)d person.", "Taken back for %(n)d people.", count)
    messages.success(request, said % {"n": count})


@requires(Right.SWEEP_RECORD)
@never_cache
@require_http_methods(["GET", "POST"])
def newcomer(request: LinliRequest, round_id: UUID, dwelling_id: UUID) -> HttpResponse:
    """Ask who was met at a door and is on no list; they join the round behind it."""
    now = door_now(request.actor, round_id, dwelling_id)
    posted = request.method == "POST"
    form = MetAtDoorForm(request.POST) if posted else MetAtDoorForm(initial={"key": new_key()})
    if posted and form.is_valid():
        try:
            met = form.newcomer(dwelling_id, reason="at_the_door")
            add_newcomer(request.actor, round_id, met, right=Right.SWEEP_RECORD)
        except LinliError as error:
            form.add_error(None, str(error))
        else:
            return redirect("rounds:visit", round_id, dwelling_id)
    context = {**around_round(request.actor, now.round), "form": form, "now": now, "unit": now.dwelling.unit}
    return render(request, "rounds/met_at_door.html", context, status=422 if posted else 200)


@requires(Right.SWEEP_RECORD)
@never_cache
@require_http_methods(["GET", "POST"])
def ask_help(request: LinliRequest, round_id: UUID, dwelling_id: UUID) -> HttpResponse:
    """Ask what somebody behind a door needs, and hand it to whoever looks after requests."""
    now = door_now(request.actor, round_id, dwelling_id)
    posted = request.method == "POST"
    form = HelpForm(request.POST if posted else None, people=[(each.id, each.name) for each in now.people])
    if posted and form.is_valid():
        told = form.cleaned_data
        try:
            ask_help_at_door(request.actor, round_id, UUID(told["person"]), told["kind"], told["words"])
        except LinliError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Written down; whoever looks after requests sees it now."))
            return redirect("rounds:visit", round_id, dwelling_id)
    context = {**around_round(request.actor, now.round), "form": form, "now": now, "unit": now.dwelling.unit}
    return render(request, "rounds/ask_help.html", context, status=422 if posted else 200)


@requires(Right.FACT_RECORD)
@never_cache
@require_http_methods(["GET", "POST"])
def home_sampling(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """List who is to be tested at home, door by door; the medic ticks off who was."""
    if request.method == "POST":
        pressed, people = clock.now(), read_at_home(request.POST)
        facts = [SpecimenFact(fact, pressed, pressed, target) for target, fact in people]
        stored = say_remarks(request, record_facts(request.actor, round_id, facts))
        request.session[_AT_HOME] = {"round": str(round_id), "facts": [str(id) for id in stored]}
        return redirect("rounds:home_sampling", round_id)
    round, found = to_test_at_home(request.actor, round_id)
    context = {
        **around_round(request.actor, round),
        "waiting": [(one, f"{one.target}:{uuid7()}") for one in found],
        "taken": _last(request, _AT_HOME, round_id),
        "may_visit": request.actor.has(Right.SWEEP_RECORD, round.community),
    }
    return render(request, "rounds/home_sampling.html", context)


@requires(Right.FACT_RECORD)
@require_POST
def take_back_at_home(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Take back the specimens at home that were just ticked."""
    access_round(request.actor, round_id, right=Right.FACT_RECORD)
    _taken_back(request, _AT_HOME, len(take_back_facts(request.actor, round_id, read_some_ids(request.POST))))
    return redirect("rounds:home_sampling", round_id)
