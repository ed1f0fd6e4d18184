"""`linli demo`: make the demo on its first start, then serve it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from rich.console import Console

from linli.core.home import home
from linli.core.process.listening import demand_this_machine_only, read_address
from linli.planning.demo import BALICHA, prepare_demo


class Command(BaseCommand):
    help = "Serve a demo: a community of 5,969 invented people, a planned round, an account for each role, a drill."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", metavar="ADDR:PORT", default="127.0.0.1:8000", help="127.0.0.1:8000")
        parser.add_argument("--no-serve", action="store_true", help="only make it")

    def handle(self, *_args: Any, **options: Any) -> None:
        demand_this_machine_only(read_address(options["bind"]))
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]  # it has write()
        console.print("[b]正在准备演示 Preparing the demo[/b]")
        prepare_demo(lambda zh, en: console.print(f"  {zh}\n  {en}"))
        if not options["no_serve"]:
            console.print("登录后在“演练”里一键开始 After signing in, start a drill under “Drills”: /drills/")
            console.print(
                f"命令行 On the command line: LINLI_HOME={home()} linli drill --community {BALICHA}", soft_wrap=True
            )
            call_command("serve", bind=options["bind"])
