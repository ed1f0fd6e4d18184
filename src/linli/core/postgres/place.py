"""Where the embedded database of a LINLI_HOME lies, and where its socket is."""

import hashlib
import os
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linli.core.home import ROOT_HOME, folder
from linli.core.postgres.service_user import ServiceUser, let_through, may_pass, service_user
from linli.core.problem import Problem

PORT = 5432
LONGEST_SOCKET_BYTES = 100  # Linux allows 107, macOS 103
_SYSTEM_TEMP = Path("/tmp")  # noqa: S108  (not TMPDIR: every command must find the same socket)


@dataclass(frozen=True)
class Place:
    """The folders of one embedded database; the server's user, when we are root, owns them."""

    home: Path
    base: Path
    user: ServiceUser | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    @property
    def start_lock(self) -> Path:
        return self.base / "start.lock"

    @property
    def server_lock(self) -> Path:
        """Held by every process of the running server, by inheritance."""
        return self.base / "server.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every command that uses the database."""
        return self.base / "users.lock"

    @property
    def socket_folder(self) -> Path:
        inside = self.base / "socket"
        return inside if _fits(inside) else _SYSTEM_TEMP / f"linli-{_name_of(self.base)}"

    def as_server(self) -> dict[str, Any]:
        """Return the `subprocess` arguments that make a child the server's user."""
        who = {"user": self.user.uid, "group": self.user.gid, "extra_groups": []} if self.user else {}
        return {**who, "umask": 0o077, "cwd": self.base, "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}}

    def write(self, path: Path, text: str) -> None:
        """Write a file as the server's user: root must not follow what that user may have put in its own folders."""
        subprocess.run(
            ["tee", "--", str(path)], input=text.encode(), stdout=subprocess.DEVNULL, check=True, **self.as_server()
        )

    def private_folder(self, path: Path) -> Path:
        """Make a 0700 folder of the server's user. Raises Problem when somebody else has put something there."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.user and path.lstat().st_uid == 0:
            self.user.give(path)
        found, owner = path.lstat(), self.user.uid if self.user else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) != 0o700:
            raise Problem(
                f"{path} 不是 Linli 建立的私有目录，为安全起见拒绝使用。请移走它后重试。",
                f"{path} is not a private folder made by Linli and is not used. Move it away and try again.",
                code="folder_not_private",
            )
        return path


def place_of(home: Path) -> Place:
    """Return the place of a home's database, with its folders made."""
    user = service_user()
    base = home / "postgres"
    if user:
        let_through(home, user)
    if base.is_symlink():
        base = base.readlink()
    elif user and not may_pass(home, user):
        base = _outside(home, user)
    place = Place(home, base, user)
    place.private_folder(base)
    place.private_folder(place.socket_folder)
    return place


def _outside(home: Path, user: ServiceUser) -> Path:
    """Return a folder under /var/lib/linli for a home whose parents are closed to the server's user."""
    clusters = folder("clusters", ROOT_HOME)
    let_through(clusters, user)
    base, link = clusters / _name_of(home), home / "postgres"
    if link.exists():
        raise Problem(
            f"{link} 里有数据库，但系统用户 {user.name} 无法进入 {home}。请放开其上级目录的通行权限（chmod o+x）。",
            f"{link} holds the database, but the system user {user.name} cannot enter {home}: open its parents "
            "(chmod o+x).",
            code="home_closed",
        )
    link.symlink_to(base)
    return base


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_BYTES


def _name_of(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
