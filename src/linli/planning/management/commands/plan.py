"""`linli plan`: sites, desks and call groups of a round."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _
from rich.console import Console

from linli.core.actors import Actor
from linli.core.errors import Invalid
from linli.core.management.answering import Answer, CommunityCommand, Options, clock_time, line, table, waiting
from linli.core.management.reading import moment
from linli.planning.services import plan_round
from linli.rounds.management.choosing import add_round_argument, chosen_round
from linli.rounds.selectors import RoundHead
from linli.rounds.selectors.sites import SiteLaidOut, sites_of
from linli.rounds.services import follow_register


class Command(CommunityCommand):
    help = "Plan sites, desks and call groups of a round and put them into force, in place of the plan before."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        add_round_argument(parser)
        parser.add_argument("--desks", type=int, metavar="N", help="at most so many; by default what the rules allow")
        parser.add_argument(
            "--opens", metavar="TIME", help="when sites open: 08:30; by default about an hour after the order"
        )

    def answer(self, actor: Actor, community: int, options: Options) -> Answer:
        head = chosen_round(actor, community, options)
        if options["desks"] is not None and options["desks"] < 1:
            raise Invalid(_("A plan needs at least one desk; read %(read)s."), code="desks", read=options["desks"])
        opens_at = moment(options["opens"]) if options["opens"] else None
        with waiting("编排采样点与叫号 Planning sites and call groups"):
            follow_register(actor, head.id)
            plan = plan_round(actor, head.id, desks=options["desks"], opens_at=opens_at)
        sites = sites_of(actor, head.id)
        told = {"round": str(head.id), "name": head.name, **plan.promised, "per_site": [asdict(site) for site in sites]}
        return Answer(told, lambda console: _show(console, head, plan.promised, sites))


def _show(console: Console, head: RoundHead, promised: Mapping[str, Any], sites: Sequence[SiteLaidOut]) -> None:
    console.print(
        line(
            f"{head.name}：{promised['sites']} 个采样点 sites，{promised['desks']} 张采样台 desks，"
            f"{promised['desk_hours']} 台时 desk-hours，{promised['call_groups']} 批 call groups，"
            f"叫 {promised['called']} 人 called", "bold",
        ),
        soft_wrap=True,
    )  # fmt: skip
    rows = [
        (site.number, site.name, site.desks, f"{clock_time(site.opens_at)} – {clock_time(site.closes_at)}", site.call_groups,
         site.called, clock_time(site.first_call))
        for site in sites
    ]  # fmt: skip
    headers = ("点 no.", "采样点 site", "台 desks", "开放 open", "批 groups", "人 people", "首批 first call")
    console.print(table(headers, rows, right=(0, 2, 4, 5)))
    console.print(line(_waits(promised["wait_minutes"])), soft_wrap=True)
    console.print(line("叫号单 The call list: linli round calls"))


def _waits(waits: Mapping[str, Sequence[float]]) -> str:
    middle = {name: interval[1] for name, interval in waits.items()}
    return (
        f"预计等候分钟 expected wait in minutes: 中位 median {middle['median']}，95% {middle['p95']}，"
        f"最长 longest {middle['max']}"
    )
