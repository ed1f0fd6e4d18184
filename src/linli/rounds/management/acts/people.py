"""`join`, `state`, `ask-home`: what the office learns of one person."""

import argparse

from linli.core.actors import Actor
from linli.core.management.answering import Act, Answer, Options, line
from linli.core.management.reading import moment
from linli.places.selectors import door_names
from linli.registry.models import Person
from linli.rounds.asked import Newcomer
from linli.rounds.management.choosing import (
    add_round_argument,
    add_target_arguments,
    chosen_round,
    chosen_target,
)
from linli.rounds.models import Outcome, Target
from linli.rounds.reasons import words_for
from linli.rounds.services import add_newcomer, ask_home_sampling, state_outcome

STATED = {
    "away": "外出", "tested_elsewhere": "已在别处检测", "exempt": "免检", "moved": "已搬走", "dead": "已去世", "back": "已回来",
}  # fmt: skip
"""What the office may state, in its own words too."""


def _join_arguments(parser: argparse.ArgumentParser) -> None:
    add_round_argument(parser)
    parser.add_argument("--name", required=True)
    parser.add_argument("--number", default="", help="identity number; without one leave it out")
    parser.add_argument("--id-kind", default="resident_id", choices=Person.IdKind.values)
    parser.add_argument("--phone", default="")
    parser.add_argument("--door", default="", help="where they live, if it is known: 明珠华府 3-2-501")
    parser.add_argument("--reason", default="walk_in", help="by default: came to a site and is not in the ledger")


def _join(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    newcomer = Newcomer(
        name=options["name"],
        reason=options["reason"],
        id_kind=options["id_kind"],
        id_number=options["number"],
        phone=options["phone"],
        dwelling=door_names(actor, community).the_one(options["door"]) if options["door"] else None,
    )
    target = add_newcomer(actor, head.id, newcomer)
    words = "已加入 joined" if target.pk == newcomer.id else "已在名单中 already among the targets"
    return _answer(head.name, target, f"{words}，{words_for(target.join_reason)}" if target.join_reason else words)


def _state_arguments(parser: argparse.ArgumentParser) -> None:
    add_target_arguments(parser)
    parser.add_argument(
        "outcome", choices=(*STATED, *STATED.values()), metavar="OUTCOME",
        help="、".join(f"{key} {word}" for key, word in STATED.items()),
    )  # fmt: skip
    parser.add_argument("--reason", required=True, help="how the office knows")
    _usual(parser)


def _state(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    found = chosen_target(actor, head.id, options)
    outcome = next(key for key, word in STATED.items() if options["outcome"] in (key, word))
    at = moment(options["at"]) if options["at"] else None
    target = state_outcome(actor, head.id, found.id, outcome, options["reason"], at)
    words = Outcome(target.outcome).label if target.outcome else words_for(target.outcome_reason)
    return _answer(head.name, target, f"{found.door} {words}".strip())


def _ask_home_arguments(parser: argparse.ArgumentParser) -> None:
    add_target_arguments(parser)
    _usual(parser)


def _ask_home(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    found = chosen_target(actor, head.id, options)
    at = moment(options["at"]) if options["at"] else None
    is_new = bool(ask_home_sampling(actor, head.id, [found.id], at))
    words = "等待上门采样 to be tested at home" if is_new else "先前已登记上门采样 asked for before"
    told = {"round": str(head.id), "target": str(found.id), "name": found.name, "door": found.door, "is_new": is_new}
    return Answer(told, lambda console: console.print(line(f"{found.name} {found.door}：{words}")))


def _usual(parser: argparse.ArgumentParser) -> None:
    add_round_argument(parser)
    parser.add_argument("--at", metavar="TIME", help="09:05 or 2026-04-02T09:05; by default now")


def _answer(round_name: str, target: Target, words: str) -> Answer:
    told = {
        "round": str(target.round_id), "target": str(target.pk), "name": target.name, "outcome": target.outcome,
        "reason": target.outcome_reason, "joined": target.joined,
    }  # fmt: skip
    text = f"{round_name}：{target.name} {words}\n编号 id {target.pk}"
    return Answer(told, lambda console: console.print(line(text), soft_wrap=True))


ACTS = (
    Act("join", "add somebody who is missing from the ledger", _join, _join_arguments),
    Act("state", "note what the office knows of somebody", _state, _state_arguments),
    Act("ask-home", "somebody cannot come: test them at home", _ask_home, _ask_home_arguments),
)
