"""`open`, `status`, `muster`, `mobilise`, `close`: a round from its order to its end."""

import argparse
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rich.console import Console

from linli.core.actors import Actor
from linli.core.management.answering import Act, Answer, Options, clock_time, line, table, waiting
from linli.core.management.reading import moment
from linli.orders.selectors import rule_pack_named
from linli.rounds.asked import NewRound
from linli.rounds.errors import Outstanding
from linli.rounds.management.choosing import add_round_argument, chosen_buildings, chosen_compounds, chosen_round
from linli.rounds.models import Outcome
from linli.rounds.selectors import closing_report, outstanding_targets
from linli.rounds.services import close_round, follow_register, mark_mobilised, mark_mustered, open_round
from linli.rounds.services.closing import NAMED_AT_MOST

TIMELINE = {
    "ordered": "接到通知 ordered", "frozen": "名单定格 frozen", "mustered": "集结 mustered",
    "mobilised": "全部通知到 mobilised", "first_specimen": "开始采样 first specimen", "last_specimen": "最后采样 last specimen",
    "swept": "开始扫楼 swept", "closed": "结束 closed", "deadline": "截止 deadline",
}  # fmt: skip


def _open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True)
    parser.add_argument("--deadline", required=True, metavar="TIME", help="2026-04-02T18:00, 18:00, or +24h from now")
    parser.add_argument("--ordered", metavar="TIME", help="when the order came; by default now")
    parser.add_argument(
        "--compound", action="append", default=[], metavar="NAME", help="several allowed; by default all"
    )
    parser.add_argument("--another", action="store_true", help="beside an open round that reaches the same people")
    parser.add_argument("--rule-pack", metavar="CODE", help="by default the one in force")


def _open(actor: Actor, community: int, options: Options) -> Answer:
    pack = rule_pack_named(actor, options["rule_pack"]).pk if options["rule_pack"] else None
    new = NewRound(
        name=options["name"],
        deadline=moment(options["deadline"]),
        ordered_at=moment(options["ordered"]) if options["ordered"] else None,
        rule_pack=pack,
        compounds=chosen_compounds(actor, community, options["compound"]),
        another=options["another"],
    )
    with waiting("名单定格 Freezing the targets"):
        round = open_round(actor, community, new)
    return _state(actor, round.pk, round.name)


def _status(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    if not head.is_closed:
        follow_register(actor, head.id)
    missing = outstanding_targets(actor, head.id, first=NAMED_AT_MOST)
    return _state(actor, head.id, head.name, missing=Outstanding(len(missing), missing).who())


def _close(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    close_round(actor, head.id)
    return _state(actor, head.id, head.name)


def _muster(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    at = mark_mustered(actor, head.id, _at(options)).mustered_at
    told = {"round": str(head.id), "name": head.name, "mustered_at": at}
    return Answer(told, lambda console: console.print(line(f"{head.name}：已集结 mustered {clock_time(at)}")))


def _mobilise_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compound", action="append", default=[], metavar="NAME", help="by default all")
    parser.add_argument(
        "--building", action="append", default=[], metavar="NAME", help="by default all of the compound"
    )
    _usual(parser)


def _mobilise(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    chosen = None
    if options["compound"] or options["building"]:
        chosen = chosen_buildings(actor, community, options["compound"], options["building"])
    left = mark_mobilised(actor, head.id, chosen, _at(options))
    told = {"round": str(head.id), "name": head.name, "buildings_told": None if chosen is None else len(chosen)}
    words = f"还有 {left} 栋未通知 buildings left" if left else "各栋都已通知 all buildings told"
    return Answer({**told, "buildings_left": left}, lambda console: console.print(line(f"{head.name}：{words}")))


def _usual(parser: argparse.ArgumentParser) -> None:
    add_round_argument(parser)
    parser.add_argument("--at", metavar="TIME", help="09:05 or 2026-04-02T09:05; by default now")


def _at(options: Options) -> Any:
    return moment(options["at"]) if options["at"] else None


def _state(actor: Actor, round_id: UUID, name: str, **more: Any) -> Answer:
    told = {"round": str(round_id), "name": name, **closing_report(actor, round_id), **more}
    return Answer(told, lambda console: _show_state(console, told))


def _show_state(console: Console, told: Mapping[str, Any]) -> None:
    console.print(line(f"{told['name']}  {told['round']}", "bold"), soft_wrap=True)
    console.print(line(f"未完成 outstanding {told['outstanding']} / 应检 expected {told['expected']}"))
    console.print(line(_arithmetic(told)), soft_wrap=True)
    if told["timeline"]["closed"]:
        _show_report(console, told)
    open_ones = [each for each in told["compounds"] if each["outstanding"]]
    if open_ones:
        rows = [(each["name"] or "—", each["outstanding"], each["expected"]) for each in open_ones]
        console.print(table(("小区 compound", "未完成 outstanding", "应检 expected"), rows, right=(1, 2)))
    missing = told.get("missing", [])
    for person in missing:
        console.print(line(f"  {person['door'] or '—'}  {person['name']}"))
    if len(missing) < told["outstanding"] and missing:
        console.print(line(f"  … 共 {told['outstanding']} 人：linli round missing"))


def _arithmetic(told: Mapping[str, Any]) -> str:
    outcomes = "，".join(f"{Outcome(name).label} {count}" for name, count in told["outcomes"].items() if count)
    counted = (
        f"定格 {told['targets']} ＋ 新增 {told['newcomers']} － 离开 {told['leavers']} ＝ {told['expected']}"
        f"（targets + newcomers − leavers = expected）"
    )
    return f"{counted}  {outcomes}"


def _show_report(console: Console, told: Mapping[str, Any]) -> None:
    waits = told["wait_minutes"]
    times = [(words, told["timeline"][name]) for name, words in TIMELINE.items() if told["timeline"].get(name)]
    console.print(table(("时间 timeline", ""), [(name, clock_time(moment(at))) for name, at in times]))
    if waits["measured"]:
        console.print(
            line(
                f"等候分钟 wait in minutes: 中位 median {waits['median']}，95% {waits['p95']}，最长 longest {waits['max']}"
            )
        )
    console.print(line(f"上门采样 tested at home {told['home_sampled']}，走访 visits {told['visits']}"))


ACTS = (
    Act("open", "freeze the targets", _open, _open_arguments),
    Act("status", "how far it is and who is outstanding", _status, add_round_argument),
    Act("muster", "note that the team is assembled", _muster, _usual),
    Act("mobilise", "note that buildings were told to come, by default all", _mobilise, _mobilise_arguments),
    Act("close", "end it, once nobody is outstanding", _close, add_round_argument),
)
