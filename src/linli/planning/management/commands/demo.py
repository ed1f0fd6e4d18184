"""`linli demo`: make the demo on its first start, then serve it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from rich.console import Console

from linli.planning.demo import prepare_demo


class Command(BaseCommand):
    help = "Serve a demo: a community of 5,969 invented people, a planned round, an account for each role, a drill."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", metavar="ADDR:PORT", default="127.0.0.1:8000", help="127.0.0.1:8000")
        parser.add_argument("--no-serve", action="store_true", help="only make it")

    def handle(self, *_args: Any, **options: Any) -> None:
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]  # it has write()
        console.print("[b]正在准备演示 Preparing the demo[/b]")
        prepare_demo(lambda zh, en: console.print(f"  {zh}\n  {en}"))
        if not options["no_serve"]:
            console.print("登录后在“演练”里一键开始 After signing in, start a drill under “Drills”: /drills/")
            call_command("serve", bind=options["bind"])
