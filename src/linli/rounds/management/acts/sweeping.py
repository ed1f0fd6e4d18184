"""`teams` and `list`: who knocks where."""

import argparse
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from rich.console import Console

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.management.answering import Act, Answer, Options, line, table
from linli.places.addresses import Address
from linli.places.door_names import door_name
from linli.rounds.management.acts.calling import add_csv_argument, show_file
from linli.rounds.management.choosing import add_round_argument, chosen_round
from linli.rounds.management.sheets import VISIT_SHEET, visit_row, write_sheet
from linli.rounds.reasons import words_for
from linli.rounds.selectors import RoundHead, sweep_list, sweep_teams
from linli.rounds.selectors.lists import TargetLine, TeamDoor, TeamList, TeamProgress


class NoTeam(NotFound):
    """A list was asked for of a team that the round does not have."""

    code = "no_team"
    message = _("This round has no sweep team %(team)s. Share out the doors first: linli sweep")


def _teams(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    teams = sweep_teams(actor, head.id)
    told = {"round": str(head.id), "name": head.name, "teams": [asdict(team) for team in teams]}
    return Answer(told, lambda console: _show_teams(console, head, teams))


def _show_teams(console: Console, head: RoundHead, teams: tuple[TeamProgress, ...]) -> None:
    console.print(line(f"{head.name}：{len(teams)} 支扫楼队 sweep teams", "bold"))
    if not teams:
        console.print(line("还没有分门牌。先分 Share out the doors first: linli sweep"))
        return
    rows = [(team.number, team.name, team.doors, team.doors_open) for team in teams]
    console.print(table(("队 team", "名称 name", "门 doors", "还有人未完成 open"), rows, right=(0, 2, 3)))


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("team", type=int, metavar="TEAM", help="its number")
    add_round_argument(parser)
    add_csv_argument(parser)


def _list(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    ids = {team.number: team.id for team in sweep_teams(actor, head.id)}
    if options["team"] not in ids:
        raise NoTeam(team=options["team"])
    listed = sweep_list(actor, ids[options["team"]])
    if options["csv"]:
        write_sheet(options["csv"], VISIT_SHEET, _sheet_rows(listed))
    told = {**asdict(listed), "csv": options["csv"]}
    return Answer(told, lambda console: _show_list(console, head, listed, options["csv"]))


def _sheet_rows(listed: TeamList) -> list[tuple[object, ...]]:
    return [
        visit_row(person.id, _door(door), person.name, person.visits, words_for(person.reason), listed.number)
        for door in listed.doors
        for person in door.people
        if person.outcome is None
    ]


def _show_list(console: Console, head: RoundHead, listed: TeamList, file: Path | None) -> None:
    left = [door for door in listed.doors if door.open]
    console.print(
        line(f"{head.name} {listed.name}：{len(left)} / {len(listed.doors)} 户还有人未完成 doors open", "bold")
    )
    rows = [
        (door.position, _door(door) if first else "", person.name, person.visits, words_for(person.reason))
        for door in left
        for first, person in _with_first(door)
    ]
    if rows:
        headers = ("序 no.", "门牌 door", "姓名 name", "已上门 visits", "情况 state")
        console.print(table(headers, rows, right=(0, 3)))
    show_file(console, file)


def _with_first(door: TeamDoor) -> list[tuple[bool, TargetLine]]:
    people = [person for person in door.people if person.outcome is None]
    return [(number == 0, person) for number, person in enumerate(people)]


def _door(door: TeamDoor) -> str:
    return door_name(Address(door.compound, door.building, door.unit, door.room))


ACTS = (
    Act("teams", "the sweep teams and how far they are", _teams, add_round_argument),
    Act("list", "the doors of one team in walking order", _list, _list_arguments),
)
