"""The demo: Balicha from its spreadsheet, a planned round of today, and accounts for the roles that have pages.

Each step is done once: what is there already stays as it is, so that the demo can be started again.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.core import accounts, clock
from linli.core.actors import cli_actor, operator_actor
from linli.core.errors import Conflict
from linli.core.models import User
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Building, Grid
from linli.places.services import add_grid, set_grid_parts
from linli.planning.services import plan_round
from linli.planning.wording import LIVE_ROUND, stored
from linli.registry.key_kinds import beginning
from linli.registry.models import KeyList, Residency
from linli.registry.services.key_lists import KeyListWords, make_key_list
from linli.registry.services.ledger_import import import_ledger
from linli.rounds.asked import NewRound
from linli.rounds.models import Round
from linli.rounds.services import open_round

BALICHA = 421303004001
NAME = "八里岔社区"
LEDGER = Path(__file__).parent / "demo_data" / "balicha.xlsx"
GRIDS = 6
ROUND_LASTS = timedelta(hours=18)
KEY_LISTS = ("living_alone", "dialysis", "pregnant")
LISTS_LAST = timedelta(days=90)
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that cannot be taken for one another."""

PEOPLE = (
    ("coordinator", "陈主任", Role.COORDINATOR, BALICHA),
    ("grid", "李网格", Role.GRID_WORKER, BALICHA),
    ("desk", "王登记", Role.DESK_CLERK, BALICHA),
    ("sampler", "周采样", Role.SAMPLER, BALICHA),
    ("sweep", "赵扫楼", Role.SWEEPER, BALICHA),
    ("care", "何照看", Role.CARE_WORKER, BALICHA),
    ("entry", "吴录入", Role.ENTRY_CLERK, BALICHA),
    ("viewer", "郑街道", Role.SUBDISTRICT_VIEWER, 421303004000),
    ("command", "孙指挥", Role.COMMAND, 421303000000),
    ("auditor", "冯审计", Role.AUDITOR, 421303000000),
    ("admin", "钱管理", Role.ADMINISTRATOR, 0),
)
"""User name, name, role and division of the demo's accounts."""

Say = Callable[[str, str], None]
"""Told what was done, in Chinese and in English."""


class InUse(Conflict):
    """The demo was asked for in an installation that works already."""

    code = "installation_in_use"
    message = _(
        "This installation already has accounts, so it cannot become the demo. Give the demo a folder of its own: "
        "LINLI_HOME=/a/new/folder linli demo"
    )


@dataclass(frozen=True)
class Account:
    """An account of the demo, as its sign-in page shows it."""

    name: str
    role: str
    username: str
    password: str


def prepare_demo(say: Say) -> None:
    """Do what is not done yet. Raises InUse where somebody works already."""
    if User.objects.exists() and not settings.DEMO_ACCOUNTS_FILE.is_file():
        raise InUse
    _import_ledger(say)
    _draw_grids(say)
    _open_round(say)
    _add_accounts(say)
    _keep_lists(say)


def _import_ledger(say: Say) -> None:
    with scope_of(((BALICHA, BALICHA + 1),)):
        if Residency.objects.filter(community=BALICHA).exists():
            return
    report = import_ledger(cli_actor(BALICHA), BALICHA, LEDGER, name=NAME)
    say(
        f"已导入{NAME}住户台账：{report.persons} 人",
        f"Imported the household ledger of Balicha: {report.persons} people",
    )


def _draw_grids(say: Say) -> None:
    """Divide the compounds, in the order of their names, into grids with about as many buildings each."""
    actor = cli_actor(BALICHA)
    with scope_of(((BALICHA, BALICHA + 1),)):
        if Grid.objects.filter(community=BALICHA).exists():
            return
        buildings = list(Building.objects.filter(community=BALICHA).order_by("compound__name", "name"))
        for number in range(1, GRIDS + 1):
            part = buildings[len(buildings) * (number - 1) // GRIDS : len(buildings) * number // GRIDS]
            grid = add_grid(actor, BALICHA, number, f"第{number}网格")
            set_grid_parts(actor, grid.pk, [building.pk for building in part])
    say(f"已划分 {GRIDS} 个网格", f"Drew {GRIDS} grids")


def _open_round(say: Say) -> None:
    actor = cli_actor(BALICHA)
    with scope_of(((BALICHA, BALICHA + 1),)):
        if Round.objects.filter(community=BALICHA, is_drill=False).exists():
            return
        now = clock.now()
        round = open_round(actor, BALICHA, NewRound(name=stored(LIVE_ROUND), deadline=now + ROUND_LASTS, t0=now))
        promised = plan_round(actor, round.pk).promised
    say(
        f"已开启今天的一轮检测：{promised['sites']} 个采样点，{promised['desks']} 张采样台",
        f"Opened a round for today: {promised['sites']} sites, {promised['desks']} desks",
    )


def _add_accounts(say: Say) -> None:
    """Write the accounts down first, then make those that are missing: interrupted in between, the next start ends it."""
    file = settings.DEMO_ACCOUNTS_FILE
    told = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    known = {each["username"]: each for each in told}
    if new := [person for person in PEOPLE if person[0] not in known]:
        told += [vars(Account(name, str(role), username, _password())) for username, name, role, _at in new]
        _write(file, told)
        known = {each["username"]: each for each in told}
    missing = [person for person in PEOPLE if not User.objects.filter(username=person[0]).exists()]
    for username, name, role, division in missing:
        user = accounts.add_user(operator_actor(), username, name=name, password=known[username]["password"])
        accounts.grant(operator_actor(), user, role, division)
    if missing:
        say(
            f"已建立 {len(missing)} 个演示账号，登录页上可以看到",
            f"Made {len(missing)} demo accounts; the sign-in page shows them",
        )


def _keep_lists(say: Say) -> None:
    actor, care = cli_actor(BALICHA), next(who for who, _name, role, _at in PEOPLE if role is Role.CARE_WORKER)
    with scope_of(((BALICHA, BALICHA + 1),)):
        if KeyList.objects.filter(community=BALICHA).exists():
            return
    with override(settings.LANGUAGE_CODE):
        for kind in KEY_LISTS:
            words = KeyListWords(keeper=care, ends_on=clock.today() + LISTS_LAST, **beginning(kind, "", BALICHA))
            make_key_list(actor, BALICHA, words)
    say(f"已建立 {len(KEY_LISTS)} 个重点名单", f"Began {len(KEY_LISTS)} key lists")


def _write(file: Path, made: list[dict[str, str]]) -> None:
    draft = file.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(file)


def _password() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
