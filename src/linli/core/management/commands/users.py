"""`linli users`: accounts, roles and one-time links from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import accounts, links, pins, second_factor
from linli.core.actors import operator_actor
from linli.core.divisions import parse_code
from linli.core.errors import Invalid, NotFound
from linli.core.management.reading import moment
from linli.core.models import Grant, User
from linli.core.rights import Department, Role

NO_DIVISION = _("“%(read)s” is no division: its code has 2, 4, 6, 9 or 12 digits, or is 0 for everywhere.")


def _line_of(grant: Grant) -> str:
    role = f"{grant.role}:{grant.department}" if grant.department else grant.role
    return f"{role}\t{grant.division:012d}\t{grant.ends_at or ''}"


class Command(BaseCommand):
    help = "Add accounts, give roles, make one-time links."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="list the accounts and their roles")
        add = acts.add_parser("add", help="make an account with a role and print its one-time link")
        add.add_argument("username")
        add.add_argument("--name", default="")
        self._role_arguments(add)
        grant = acts.add_parser("grant", help="give an account one more role")
        grant.add_argument("username")
        self._role_arguments(grant)
        end = acts.add_parser("end", help="end one role of an account now")
        end.add_argument("username")
        self._role_arguments(end)
        close = acts.add_parser("close", help="close an account: its roles, links and sign-ins end at once")
        close.add_argument("username")
        link = acts.add_parser("link", help="print a new one-time link for an account")
        link.add_argument("username")
        factor = acts.add_parser("forget-factor", help="take a lost second factor and PIN away; they are set up anew")
        factor.add_argument("username")

    def _role_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--division", required=True, help="code of 2, 4, 6, 9 or 12 digits; 0 for everywhere")
        parser.add_argument("--department", default="", choices=Department.values, help="of a department's role")
        parser.add_argument(
            "--until", help="when the role ends: 2026-12-01T08:00, 20:00 for today, +8h for hours from now"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        getattr(self, f"_{options['act'].replace('-', '_')}")(options)

    def _list(self, _options: dict[str, Any]) -> None:
        for user in User.objects.prefetch_related("grants").order_by("username"):
            state = "" if user.is_active else "closed"
            for role in [_line_of(grant) for grant in user.grants.all()] or ["-\t-\t"]:
                self.stdout.write(f"{user.username}\t{role}\t{state}")

    def _add(self, options: dict[str, Any]) -> None:
        with transaction.atomic():
            user = accounts.add_user(operator_actor(), options["username"], name=options["name"])
            self._give(user, options)
        self._print_link(user)

    def _grant(self, options: dict[str, Any]) -> None:
        self._give(self._user(options), options)

    def _link(self, options: dict[str, Any]) -> None:
        self._print_link(self._user(options))

    def _end(self, options: dict[str, Any]) -> None:
        user, role, division = self._user(options), Role(options["role"]), self._division(options)
        accounts.end_grant(operator_actor(), user, role, division, department=options["department"])

    def _close(self, options: dict[str, Any]) -> None:
        accounts.close_account(operator_actor(), self._user(options))

    def _forget_factor(self, options: dict[str, Any]) -> None:
        user = self._user(options)
        second_factor.forget_second_factor(operator_actor(), user)
        pins.reset_pin(operator_actor(), user)

    def _user(self, options: dict[str, Any]) -> User:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise NotFound
        return user

    def _give(self, user: User, options: dict[str, Any]) -> None:
        division, ends_at = self._division(options), moment(options["until"]) if options["until"] else None
        accounts.grant(
            operator_actor(), user, Role(options["role"]), division, department=options["department"], ends_at=ends_at
        )

    def _division(self, options: dict[str, Any]) -> int:
        try:
            return 0 if options["division"] == "0" else parse_code(options["division"])
        except ValueError as error:
            raise Invalid(NO_DIVISION, code="no_division", read=options["division"]) from error

    def _print_link(self, user: User) -> None:
        self.stdout.write(links.make_link(operator_actor(), user))
