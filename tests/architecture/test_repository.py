from __future__ import annotations

import json
import re
import subprocess
import tomllib

import linli
from tests.architecture.rule import ROOT

LOCKS = ("requirements.txt", "requirements-build.txt", "requirements-dev.txt", "requirements-engine.txt")
TEXTS = {".py", ".toml", ".txt", ".md", ".sh", ".json", ".ts", ".html", ".css", ".cfg", ".ini", ".yml", ".yaml", ""}


def tracked_texts() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).suffix in TEXTS and (ROOT / name).is_file()]


def test_version_is_the_first_one_of_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## v(\S+)", changelog, flags=re.MULTILINE)
    assert newest is not None
    assert newest[1] == linli.__version__


def test_every_locked_package_has_its_hashes():
    for lock in LOCKS:
        entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
        pinned = [entry for entry in entries if not entry.startswith("#")]
        assert len(pinned) > 10
        assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry or "==" not in entry] == []


def test_nothing_fixes_the_address_of_a_package_registry():
    said_by_option = r"--(extra-)?index-" + r"url|find-" + r"links|^\s*registry\s*" + "="
    address = re.compile(rf"{said_by_option}|https?://[\w.-]*(python|npm|pypi)[\w.-]*", re.MULTILINE)
    found = [
        name for name in tracked_texts() if name.startswith(("package", "requirements", "pyproject", ".", "tools"))
    ]
    text = {name: (ROOT / name).read_text("utf-8", errors="replace") for name in found if name != ".ci/run"}
    assert [name for name, content in text.items() if address.search(content)] == []


def test_front_end_lock_names_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_every_dependency_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = {
        line.split("==")[0] for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if "==" in line
    }
    named = {re.split(r"[\[<>=!~ ]", requirement)[0] for requirement in project["dependencies"]}
    assert named - locked == set()


def test_layers_are_those_of_the_architecture_page():
    contract = (ROOT / ".importlinter").read_text("utf-8").split("layers =")[1].split("exhaustive")[0]
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    apps = re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE)
    assert sorted(re.findall(r"\w+", contract)) == sorted([*apps, "__main__"])
