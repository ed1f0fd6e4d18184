"""`linli rule_packs`: show the rule packs; `--shipped` first stores those that come with Linli."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from linli.core.actors import operator_actor
from linli.orders.models import RulePack
from linli.orders.selectors import rule_packs
from linli.orders.services import load_shipped_packs


class Command(BaseCommand):
    help = "Show the versioned rule packs and when they hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shipped", action="store_true", help="first store the packs that come with Linli")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *_args: Any, **options: Any) -> None:
        actor = operator_actor()
        if options["shipped"]:
            load_shipped_packs(actor)
        packs = rule_packs(actor)
        if options["json"]:
            self.stdout.write(json.dumps([_told(pack) for pack in packs], ensure_ascii=False, indent=2))
        elif options["verbosity"]:
            for pack in packs:
                holds = f"{pack.effective_from} – {pack.effective_to or '…'}"
                self.stdout.write(f"{pack}  {holds}  {pack.name_zh} · {pack.name_en}")


def _told(pack: RulePack) -> dict[str, Any]:
    dates = {"effective_from": str(pack.effective_from), "effective_to": pack.effective_to and str(pack.effective_to)}
    names = {"code": pack.code, "version": pack.version, "name_zh": pack.name_zh, "name_en": pack.name_en}
    return names | dates | {"source": pack.source, "rules": pack.rules, "sources": pack.sources}
