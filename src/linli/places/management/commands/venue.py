"""`linli venue`: the places that can hold a sampling site."""

import argparse
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rich.console import Console

from linli.core.actors import Actor
from linli.core.errors import Invalid
from linli.core.management.answering import Answer, CommunityCommand, Options, line, table
from linli.places.models import Venue
from linli.places.selectors import compound_ids, venues
from linli.places.services import add_venue

DESKS_AT_MOST = 999


class Command(CommunityCommand):
    help = "List the venues of a community; with --add, add one or change the one of that name."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--add", metavar="NAME", help="a square, a school, a stadium")
        parser.add_argument("--compound", metavar="NAME", help="the compound it lies in")
        parser.add_argument("--desks", type=int, metavar="N", help="how many desks it has room for")

    def answer(self, actor: Actor, community: int, options: Options) -> Answer:
        if options["add"] is not None:
            _add(actor, community, options)
        elif options["compound"] or options["desks"] is not None:
            raise Invalid(_("Say which venue: --add NAME"), code="venue_missing")
        found = venues(actor, community)
        return Answer({"venues": [_as_json(venue) for venue in found]}, lambda console: _show(console, found))


def _add(actor: Actor, community: int, options: Options) -> None:
    desks = options["desks"]
    if desks is not None and not 1 <= desks <= DESKS_AT_MOST:
        raise Invalid(
            _("A venue has room for 1 to %(most)s desks; read %(read)s."), code="desks", most=DESKS_AT_MOST, read=desks
        )
    compound = None
    if options["compound"]:
        compound = compound_ids(actor, community).get(options["compound"])
        if compound is None:
            raise Invalid(
                _("There is no compound “%(name)s” in this community."),
                code="unknown_compound",
                name=options["compound"],
            )
    add_venue(actor, community, options["add"], compound_id=compound, desks_at_most=desks)


def _as_json(venue: Venue) -> dict[str, Any]:
    return {
        "id": str(venue.pk), "name": venue.name, "compound": venue.compound.name if venue.compound else None,
        "desks_at_most": venue.desks_at_most,
    }  # fmt: skip


def _show(console: Console, found: Sequence[Venue]) -> None:
    if not found:
        console.print(
            line("还没有场地，采样点将设在大小区的空地上。No venues: sites will stand in the largest compounds.")
        )
        return
    rows = [
        (venue.name, venue.compound.name if venue.compound else "—", venue.desks_at_most or "不限") for venue in found
    ]
    console.print(table(("场地 venue", "小区 compound", "最多采样台 desks at most"), rows, right=(2,)))
