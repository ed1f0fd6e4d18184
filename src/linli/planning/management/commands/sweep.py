"""`linli sweep`: share the doors where somebody is outstanding out to teams."""

import argparse

from rich.console import Console

from linli.core.actors import Actor
from linli.core.management.answering import Answer, CommunityCommand, Options, line, table
from linli.planning.services import plan_sweep
from linli.rounds.management.choosing import add_round_argument, chosen_round
from linli.rounds.selectors import RoundHead, sweep_teams
from linli.rounds.services import follow_register

TEAMS = 4
"""Unless somebody says otherwise."""


class Command(CommunityCommand):
    help = "Share the doors with outstanding people out to sweep teams, each in walking order, and start the sweep."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        add_round_argument(parser)
        parser.add_argument("--teams", type=int, default=TEAMS, metavar="N", help=f"how many teams ({TEAMS})")

    def answer(self, actor: Actor, community: int, options: Options) -> Answer:
        head = chosen_round(actor, community, options)
        follow_register(actor, head.id)
        lists = plan_sweep(actor, head.id, options["teams"])
        ids = {team.number: team.id for team in sweep_teams(actor, head.id)}
        teams = [
            {"id": ids[one.number], "number": one.number, "name": one.name, "doors": len(one.doors)} for one in lists
        ]
        told = {"round": str(head.id), "name": head.name, "teams": teams}
        return Answer(told, lambda console: _show(console, head, [(t["number"], t["name"], t["doors"]) for t in teams]))


def _show(console: Console, head: RoundHead, rows: list[tuple[object, ...]]) -> None:
    console.print(line(f"{head.name}：已开始扫楼 the sweep has begun", "bold"))
    console.print(table(("队 team", "名称 name", "门 doors"), rows, right=(0, 2)))
    console.print(line("各队名单 A team's list: linli round list 1 --csv FILE"))
