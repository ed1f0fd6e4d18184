"""The child process: its limits, its answer, and that nothing but records comes out of it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from linli.registry.ledger import ColumnMapping, LedgerRefused, Limits, read_ledger
from linli.registry.ledger.process import _RecordsOnly
from tests.registry.ledger.truth import DATA, compare, load_truth
from tests.registry.ledger.writers import Sheet, write_xlsx


def test_reads_from_several_threads_at_once():
    with ThreadPoolExecutor(2) as pool:
        ledgers = list(pool.map(read_ledger, [DATA / "huili.xlsx", DATA / "fangcao.csv"]))

    assert [
        compare(ledger, load_truth(file)) for ledger, file in zip(ledgers, ["huili.xlsx", "fangcao.csv"], strict=True)
    ] == [[], []]


def test_passes_remembered_corrections_on(tmp_path):
    rows = [["甲", "乙", "地址"], ["张三", "李四", "3-2-501"]]
    path = write_xlsx(tmp_path / "ledger.xlsx", [Sheet("台账", rows)])

    ledger = read_ledger(path, mapping=ColumnMapping({"乙": "name", "甲": "ignore"}))

    assert [person.name for person in ledger.people] == ["李四"]


def test_gives_the_child_no_secret(monkeypatch, tmp_path):
    monkeypatch.setenv("LINLI_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("LINLI_DATABASE_URL", "postgresql://nobody@localhost/nothing")
    seen = {}

    def note(*_args, env, **_options):
        seen.update(env)
        raise LedgerRefused("too_big")

    monkeypatch.setattr("linli.registry.ledger.confined.subprocess.run", note)
    with pytest.raises(LedgerRefused):
        read_ledger(DATA / "huili.xlsx", limits=Limits())

    assert not [name for name in seen if name.startswith("LINLI")]


def test_takes_nothing_but_records_from_the_child(tmp_path):
    class Evil:
        def __reduce__(self):
            return (print, ("ran",))

    path = tmp_path / "answer"
    path.write_bytes(pickle.dumps(("ledger", Evil())))

    with path.open("rb") as answer, pytest.raises(pickle.UnpicklingError):
        _RecordsOnly(answer).load()


def test_does_not_load_the_web_framework():
    code = "import sys, linli.registry.ledger.pipeline; raise SystemExit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
