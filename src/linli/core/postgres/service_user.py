"""PostgreSQL refuses to run as root: the system user it runs as then, and what that user must be able to read."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from linli.core.home import ROOT_HOME
from linli.core.postgres.binaries import Binaries
from linli.core.postgres.locks import exclusive

NAME = "linli"
FALLBACK = "nobody"


@dataclass(frozen=True)
class ServiceUser:
    """Whom the server runs as when we are root."""

    name: str
    uid: int
    gid: int

    def give(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid, follow_symlinks=False)


def service_user() -> ServiceUser | None:
    """Return the system user for the server when we are root, made when missing; None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    ROOT_HOME.mkdir(mode=0o710, parents=True, exist_ok=True)
    with exclusive(ROOT_HOME / "setup.lock"):
        user = _existing(NAME) or _made() or _existing(FALLBACK)
        assert user is not None, "every Unix has the user nobody"
        let_through(ROOT_HOME, user)
    return user


def let_through(folder: Path, user: ServiceUser) -> None:
    """Let the server pass through a folder of root's without reading it."""
    found = folder.stat()
    if found.st_gid != user.gid or found.st_mode & 0o777 != 0o710:
        os.chown(folder, 0, user.gid)
        folder.chmod(0o710)


def may_pass(folder: Path, user: ServiceUser) -> bool:
    """Tell whether the user gets through every parent of `folder` (and `folder`) by the ordinary mode bits."""
    return all(_may_enter(each, user) for each in (folder, *folder.parents))


def _may_enter(folder: Path, user: ServiceUser) -> bool:
    found = folder.stat()
    if found.st_uid == user.uid:
        return bool(found.st_mode & 0o100)
    return bool(found.st_mode & (0o010 if found.st_gid == user.gid else 0o001))


def readable_binaries(binaries: Binaries, user: ServiceUser) -> Binaries:
    """Return programs the user can run: a copy of the wheel's under /var/lib/linli, or the machine's as they are."""
    if binaries.wheel is None:
        return binaries
    install = binaries.bin.parent
    packages = install.parent.parent
    copy = ROOT_HOME / f"pg-{binaries.version}-{binaries.wheel}"
    inside = copy / install.parent.name / install.name / "bin"
    with exclusive(ROOT_HOME / "setup.lock"):
        if not copy.is_dir():
            draft = copy.with_name(f"{copy.name}.new")
            shutil.rmtree(draft, ignore_errors=True)
            _copy(install, draft / install.parent.name / install.name)
            _copy(packages / f"{install.parent.name}.libs", draft / f"{install.parent.name}.libs")
            _open_up(draft)
            os.sync()
            draft.rename(copy)
    return Binaries(inside, binaries.version, binaries.wheel)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.a", "include", "pkgconfig"))


def _open_up(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _existing(name: str) -> ServiceUser | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return ServiceUser(name, found.pw_uid, found.pw_gid) if found.pw_uid else None


def _made() -> ServiceUser | None:
    ways = (
        ["useradd", *f"--system --user-group --no-create-home -d {ROOT_HOME} -s /usr/sbin/nologin {NAME}".split()],
        ["adduser", *f"-S -D -H -h {ROOT_HOME} -s /sbin/nologin {NAME}".split()],
    )
    for way in ways:
        if shutil.which(way[0], path="/usr/sbin:/sbin:/usr/bin:/bin"):
            subprocess.run(way, capture_output=True, check=False, env={"PATH": "/usr/sbin:/sbin:/usr/bin:/bin"})
            if user := _existing(NAME):
                return user
    return None
