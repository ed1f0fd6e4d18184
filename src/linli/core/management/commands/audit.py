"""`linli audit verify|list`: whether the record of who did what is whole, and what stands in it."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from linli.core.actors import Actor
from linli.core.chains import EDITED, MISSING, Chain, Head, check_chains, latest_entries
from linli.core.management.answering import IN_PART, Act, ActsCommand, Answer, Options, clock_time, line, table
from linli.core.process.archive import read_manifest
from linli.core.scope import NO_COMMUNITY

_SHOWN = 50
_BREAK = {MISSING: "缺失 missing", EDITED: "被改动 edited"}


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--against", type=Path, metavar="BACKUP", help="a backup: shows what was cut off since it was made"
    )


def _verify(actor: Actor, community: int, options: Options) -> Answer:
    only = None if community == NO_COMMUNITY else community
    chains = check_chains(actor, _kept_heads(options["against"]), only)
    is_whole = not any(chain.breaks for chain in chains)
    told = {"whole": is_whole, "chains": [_as_json(chain) for chain in chains]}
    return Answer(told, lambda console: _show_chains(console, chains), 0 if is_whole else IN_PART)


def _kept_heads(backup: Path | None) -> dict[int, Head]:
    return {int(code): Head(*head) for code, head in read_manifest(backup).audit.items()} if backup else {}


def _as_json(chain: Chain) -> dict[str, Any]:
    return {
        "community": f"{chain.community:012}",
        "entries": chain.entries,
        "breaks": [{"number": each.number, "what": each.what} for each in chain.breaks],
    }


def _show_chains(console: Console, chains: Sequence[Chain]) -> None:
    for chain in chains:
        where = f"{chain.community:012}：{chain.entries} 条 entries"
        if not chain.breaks:
            console.print(line(f"{where}，完整 whole"))
        for each in chain.breaks:
            console.print(line(f"{where}，第 {each.number} 条{_BREAK[each.what]}", "bold red"))


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=_SHOWN, metavar="N", help=f"how many, newest first; {_SHOWN}")


def _list(actor: Actor, community: int, options: Options) -> Answer:
    told = [
        {
            "number": entry.number, "at": entry.at, "actor": entry.actor, "right": entry.right, "action": entry.action,
            "object_type": entry.object_type, "object_id": entry.object_id, **detail,
        }
        for entry, detail in latest_entries(actor, community, max(options["limit"], 0))
    ]  # fmt: skip
    return Answer({"entries": told}, lambda console: _show_entries(console, told))


def _show_entries(console: Console, told: Sequence[dict[str, Any]]) -> None:
    rows = [
        (each["number"], clock_time(each["at"]), each["actor"], each["action"], each["object_type"], each["reason"])
        for each in told
    ]
    console.print(table(("序号 no.", "时间 at", "谁 who", "做了 what", "对象 object", "原因 reason"), rows, right=(0,)))


class Command(ActsCommand):
    help = "Check and read the record of who did what: of one community, or without --community of the installation."
    needs_community = False
    acts = (
        Act(
            "verify",
            "whether entries are missing or were edited; without --community in every chain",
            _verify,
            _verify_arguments,
        ),
        Act("list", "the latest entries; without --community accounts, sign-ins and refusals", _list, _list_arguments),
    )
