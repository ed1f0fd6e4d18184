"""The command `linli`: find the database, prepare it, then let Django run the command."""

import os
import signal
import sys
from contextlib import nullcontext
from typing import Any

from linli import __version__
from linli.core.problem import Problem

EXIT_REFUSED = 2
EXIT_UNEXPECTED = 1
EXIT_INTERRUPTED = 130

WITHOUT_DATABASE = {"help", "stop", "db", "check", "compilemessages", "makemessages", "collectstatic", "findstatic"}
"""Commands that start no database."""
AS_OWNER = {"migrate_all", "migrate", "showmigrations", "sqlmigrate", "makemigrations"}
"""Commands about the tables themselves: run as the owner, on the database as it is."""
AS_IT_IS = AS_OWNER | {"worker", "restore"}
"""Commands that do not bring the database to this version first."""
WITHOUT_KEY = AS_OWNER | {"restore"}
"""Commands that run before the key file is known to fit the database."""
NOT_HERE = {"unknown_community", "not_found"}
"""Errors of whoever looks in this installation for what is in the demo's."""


def main() -> None:
    """Run one command and exit with its code; an expected failure is a sentence in two languages, not a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_UNEXPECTED
    except Exception as error:
        if os.environ.get("LINLI_DEBUG"):
            raise
        return _tell(error, as_json="--json" in arguments)


def _run(arguments: list[str]) -> int:
    from linli.core.process.child import die_with_supervisor

    die_with_supervisor()
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _leave)
    if arguments in (["--version"], ["version"]):
        print(f"linli {__version__}")  # noqa: T201
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.web.settings")
    command = arguments[0] if arguments else "help"
    if command == "demo":
        _apart_from_work()
    if command in AS_OWNER:
        os.environ.setdefault("LINLI_DATABASE_ROLE", "owner")
    with _database_for(command, arguments) as urls:
        if urls and command not in WITHOUT_KEY:
            _check_key(urls.app)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["linli", *arguments])
    return 0


def _apart_from_work() -> None:
    from linli.core.home import use_demo_home

    use_demo_home()


def _check_key(url: str) -> None:
    import psycopg

    from linli.core.process.key_state import check_key

    with psycopg.connect(url) as connection:
        check_key(connection)


def _database_for(command: str, arguments: list[str]) -> Any:
    if command in WITHOUT_DATABASE or command.startswith("-") or {"--help", "-h"} & set(arguments):
        return nullcontext()
    from linli.core.process.schema_state import prepared

    return prepared(migrated=command not in AS_IT_IS)


def _tell(error: Exception, *, as_json: bool) -> int:
    import json

    expected = _as_problem(error)
    if as_json:
        print(json.dumps({"error": expected.as_dict()}, ensure_ascii=False))  # noqa: T201
    else:
        print(f"{expected.in_language('zh-hans')}\n{expected.in_language('en')}", file=sys.stderr)  # noqa: T201
    if expected.as_dict()["code"] in NOT_HERE:
        _name_demo()
    return EXIT_UNEXPECTED if expected.error_code == "unexpected" else EXIT_REFUSED


def _name_demo() -> None:
    from linli.core.home import demo_home, home_path

    demo = demo_home()
    if home_path() != demo and demo.is_dir():
        print(  # noqa: T201
            f"这里读的是 {home_path()}；演示的数据另在 {demo}，请在命令前加 LINLI_HOME={demo}。\n"
            f"This looked in {home_path()}. The demo's data is in {demo}: put LINLI_HOME={demo} before the command.",
            file=sys.stderr,
        )


def _as_problem(error: Exception) -> Any:
    if hasattr(error, "in_language") and hasattr(error, "as_dict"):
        return error
    kind = type(error).__name__
    if kind in ("OperationalError", "PermissionError", "FileNotFoundError"):
        said = str(error).strip().splitlines()[0]
        return Problem(f"无法完成：{said}", f"This could not be done: {said}", code=_snake(kind))
    path = _write_down(error)
    return Problem(
        f"程序出错了，详情已写入 {path}。",
        f"Something unexpected happened; the details are in {path}.",
        code="unexpected",
    )


def _write_down(error: Exception) -> str:
    from linli.core.home import folder
    from linli.core.scrub import traceback_of

    path = folder("logs") / "errors.log"
    with path.open("a", encoding="utf-8") as log:
        log.write(traceback_of(error))
    return str(path)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
