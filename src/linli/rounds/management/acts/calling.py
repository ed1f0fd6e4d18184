"""`calls` and `missing`: who is called when, and who has not been reached."""

import argparse
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from rich.console import Console

from linli.core.actors import Actor
from linli.core.management.answering import Act, Answer, Options, clock_time, line, table
from linli.rounds.errors import Missing, door_text
from linli.rounds.management.choosing import (
    UnknownBuilding,
    add_round_argument,
    chosen_buildings,
    chosen_compounds,
    chosen_round,
)  # fmt: skip
from linli.rounds.management.sheets import VISIT_SHEET, visit_row, write_sheet
from linli.rounds.reasons import words_for
from linli.rounds.selectors import RoundHead, outstanding_targets
from linli.rounds.selectors.calls import CalledGroup, call_list
from linli.rounds.services import follow_register

CALL_SHEET = ("时间", "采样点", "批次", "小区", "楼栋", "单元", "房号", "人数", "姓名")
_SHOWN = 100


def add_csv_argument(parser: argparse.ArgumentParser) -> None:
    """Let a list be written to a file."""
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the whole list as a spreadsheet file")


def show_file(console: Console, file: Path | None) -> None:
    """Say where a list was written."""
    if file:
        console.print(line(f"已写入 Written: {file}"), soft_wrap=True)


def _calls_arguments(parser: argparse.ArgumentParser) -> None:
    add_round_argument(parser)
    add_csv_argument(parser)


def _calls(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    groups = call_list(actor, head.id)
    if options["csv"]:
        write_sheet(options["csv"], CALL_SHEET, [row for group in groups for row in _sheet_rows(group)])
    told = {
        "round": str(head.id), "name": head.name, "people": sum(group.people for group in groups),
        "groups": [{**asdict(group), "people": group.people} for group in groups], "csv": options["csv"],
    }  # fmt: skip
    return Answer(told, lambda console: _show_calls(console, head, groups, options["csv"]))


def _sheet_rows(group: CalledGroup) -> list[tuple[object, ...]]:
    when = (clock_time(group.starts_at), f"{group.site} {group.site_name}", group.number)
    return [
        (*when, home.compound, home.building, home.unit, home.room, len(home.names), "、".join(home.names))
        for home in group.homes
    ]


def _show_calls(console: Console, head: RoundHead, groups: tuple[CalledGroup, ...], file: Path | None) -> None:
    people = sum(group.people for group in groups)
    console.print(line(f"{head.name}：{len(groups)} 批 groups，{people} 人待来 people to come", "bold"))
    if not groups:
        console.print(line(f"还没有排时段。先做方案 No call groups yet, plan first: linli plan --round {head.id}"))
    rows = [
        (clock_time(group.starts_at), f"{group.site} {group.site_name}", group.number, _buildings(group), len(group.homes),
         group.people)
        for group in groups if group.homes
    ]  # fmt: skip
    headers = ("时间 time", "采样点 site", "批次 group", "楼栋 buildings", "户 doors", "人 people")
    if rows:
        console.print(table(headers, rows, right=(2, 4, 5)))
    show_file(console, file)


def _buildings(group: CalledGroup) -> str:
    counted = Counter((home.compound, home.building) for home in group.homes)
    return "、".join(f"{compound} {building}栋" if building else compound or "—" for compound, building in counted)


def _missing_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compound", metavar="NAME", help="only this compound")
    parser.add_argument("--building", metavar="NAME", help="only this building of it")
    _calls_arguments(parser)


def _missing(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    compound, building = _part(actor, community, options)
    if not head.is_closed:
        follow_register(actor, head.id)
    missing = outstanding_targets(actor, head.id, compound=compound, building=building)
    if options["csv"]:
        write_sheet(options["csv"], VISIT_SHEET, [_missing_row(each) for each in missing])
    told = {
        "round": str(head.id), "name": head.name, "outstanding": len(missing),
        "missing": [{**asdict(each), "door": door_text(each)} for each in missing], "csv": options["csv"],
    }  # fmt: skip
    return Answer(told, lambda console: _show_missing(console, head, missing, options["csv"]))


def _part(actor: Actor, community: int, options: Options) -> tuple[UUID | None, UUID | None]:
    """Return the compound or the building that the list is limited to."""
    compounds = [options["compound"]] if options["compound"] else []
    if options["building"]:
        found = chosen_buildings(actor, community, compounds, [options["building"]])
        if len(found) != 1:
            raise UnknownBuilding(building=options["building"])
        return None, found[0]
    return next(iter(chosen_compounds(actor, community, compounds)), None), None


def _missing_row(each: Missing) -> tuple[object, ...]:
    return visit_row(each.target, door_text(each), each.name, each.visits, words_for(each.reason))


def _show_missing(console: Console, head: RoundHead, missing: tuple[Missing, ...], file: Path | None) -> None:
    console.print(line(f"{head.name}：未完成 {len(missing)} 人 outstanding", "bold"))
    shown = missing if file is None else missing[:_SHOWN]
    rows = [(door_text(each) or "—", each.name, each.visits, words_for(each.reason)) for each in shown]
    if rows:
        console.print(table(("门牌 door", "姓名 name", "已上门 visits", "情况 state"), rows, right=(2,)))
    show_file(console, file)


ACTS = (
    Act("calls", "the call list, by time", _calls, _calls_arguments),
    Act("missing", "who is outstanding, by door", _missing, _missing_arguments),
)
