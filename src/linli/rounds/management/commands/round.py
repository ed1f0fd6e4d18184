"""`linli round open|status|close`: run a round from the command line."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from linli.core import clock
from linli.core.actors import Actor, cli_actor
from linli.core.errors import LinliError, NotFound
from linli.core.rights import Right
from linli.orders.selectors import rule_pack_named
from linli.places.models import Compound
from linli.places.scope import in_community
from linli.rounds.asked import NewRound
from linli.rounds.errors import Outstanding, UnknownCompound
from linli.rounds.selectors import closing_report, outstanding_targets, rounds_of
from linli.rounds.services import close_round, follow_register, open_round
from linli.rounds.services.closing import NAMED_AT_MOST


class Command(BaseCommand):
    help = "Open a round, show who is outstanding, close it."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for act, about in (
            ("open", "freeze the targets"),
            ("status", "who is outstanding"),
            ("close", "once nobody is"),
        ):
            one = acts.add_parser(act, help=about)
            one.add_argument("--community", type=int, required=True, help="12-digit code")
            one.add_argument("--json", action="store_true", help="print one JSON object")
            if act != "open":
                one.add_argument(
                    "--round", type=UUID, help="its id; by default the open one that began last, drills apart"
                )
        parser_open = acts.choices["open"]
        parser_open.add_argument("--name", required=True)
        parser_open.add_argument("--deadline", required=True, help="2026-04-02T18:00, or +24h from now")
        parser_open.add_argument(
            "--compound", action="append", default=[], help="name; several allowed; by default all"
        )
        parser_open.add_argument("--rule-pack", help="its code; by default the one in force")

    def handle(self, *_args: Any, **options: Any) -> None:
        actor = cli_actor(options["community"])
        acts: dict[str, Callable[[Actor, dict[str, Any]], dict[str, Any]]] = {
            "open": _open,
            "status": _status,
            "close": _close,
        }
        try:
            told = acts[options["act"]](actor, options)
        except LinliError as error:
            self._refuse(error, options)
        else:
            self._tell(told, options)

    def _tell(self, told: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=str))
            return
        self.stdout.write(_headline(told))
        for compound in told.get("compounds", []):
            self.stdout.write(f"  {compound['name']}  {compound['outstanding']} / {compound['expected']}")
        for person in told.get("missing", []):
            self.stdout.write(f"    {person['door']}  {person['name']}")

    def _refuse(self, error: LinliError, options: dict[str, Any]) -> None:
        who = error.who() if isinstance(error, Outstanding) else []
        if options["json"]:
            self.stdout.write(json.dumps({"error": error.as_dict(), "missing": who}, ensure_ascii=False, indent=2))
            raise SystemExit(2)
        lines = [str(error), *(f"    {each['door']}  {each['name']}" for each in who)]
        raise CommandError("\n".join(lines), returncode=2)


def _open(actor: Actor, options: dict[str, Any]) -> dict[str, Any]:
    pack = rule_pack_named(actor, options["rule_pack"]).pk if options["rule_pack"] else None
    new = NewRound(
        name=options["name"],
        deadline=_moment(options["deadline"]),
        rule_pack=pack,
        compounds=_compounds(actor, options["community"], options["compound"]),
    )
    round = open_round(actor, options["community"], new)
    return _state(actor, round.pk, round.name)


def _status(actor: Actor, options: dict[str, Any]) -> dict[str, Any]:
    id, name, is_closed = _chosen(actor, options)
    if not is_closed:
        follow_register(actor, id)
    missing = outstanding_targets(actor, id, first=NAMED_AT_MOST)
    return _state(actor, id, name) | {"missing": Outstanding(len(missing), missing).who()}


def _close(actor: Actor, options: dict[str, Any]) -> dict[str, Any]:
    id, name, _is_closed = _chosen(actor, options)
    close_round(actor, id)
    return _state(actor, id, name)


def _state(actor: Actor, round_id: UUID, name: str) -> dict[str, Any]:
    return {"round": str(round_id), "name": name, **closing_report(actor, round_id)}


def _headline(told: dict[str, Any]) -> str:
    return _("%(name)s (%(round)s): %(outstanding)s of %(expected)s outstanding") % told


def _chosen(actor: Actor, options: dict[str, Any]) -> tuple[UUID, str, bool]:
    wanted = options["round"]
    heads = rounds_of(actor, options["community"])
    head = next((head for head in heads if (head.id == wanted if wanted else not head.is_drill)), None)
    if head is None:
        raise NotFound
    return head.id, head.name, head.is_closed


def _compounds(actor: Actor, community: int, names: list[str]) -> tuple[UUID, ...]:
    with in_community(actor, Right.PLACES_READ, community):
        known = dict(Compound.objects.filter(community=community, name__in=names).values_list("name", "id"))
    if len(known) < len(set(names)):
        raise UnknownCompound
    return tuple(known.values())


def _moment(text: str) -> datetime:
    hours = re.fullmatch(r"\+(\d{1,3})h", text)
    if hours:
        return clock.now() + timedelta(hours=int(hours[1]))
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(_("“%(text)s” is no time. Write 2026-04-02T18:00 or +24h.") % {"text": text}, returncode=2)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.local_zone())
