import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from linli.core.actors import cli_actor
from linli.registry.services.ledger_import import import_ledger
from tests.conftest import BALICHA, FAR_AWAY
from tests.registry.ledger.truth import DATA, KINDS, RESIDENCY, load_truth

SAMPLES = {"huili.xlsx": 340403001077, "jianghua.xlsx": 420106011077, "fangcao.csv": FAR_AWAY, "balicha.xlsx": BALICHA}
each_sample = pytest.mark.parametrize("file", SAMPLES)
pytestmark = pytest.mark.django_db


def printed(capsys: Any, *arguments: object) -> Any:
    capsys.readouterr()
    call_command("ledger", *map(str, arguments))
    return json.loads(capsys.readouterr().out)


def exported(folder: Path, community: int) -> Any:
    call_command("ledger", "export", "--community", str(community), "--format", "json", "--output", str(folder / "out"))
    return json.loads((folder / "out").read_text("utf-8"))


@each_sample
def test_register_is_what_the_truth_file_says(file: str, tmp_path: Path, capsys: Any):
    truth, community = load_truth(file), SAMPLES[file]
    told = printed(capsys, "import", DATA / file, "--community", community, "--name", "八里岔社区", "--json")
    counts = {key: told[key] for key in ("persons", "households", "dwellings", "vacant")}
    assert counts == {
        "persons": len(truth.people), "households": truth.households, "dwellings": truth.dwellings,
        "vacant": truth.dwellings - truth.households,
    }  # fmt: skip
    flags = Counter((flag["sheet"], flag["row"], flag["kind"], flag["name"]) for flag in told["flags"])
    assert Counter({key: count for key, count in flags.items() if key[2] in KINDS}) == truth.flags
    people = exported(tmp_path, community)
    assert Counter(map(told_of, people)) == Counter(map(wanted_of, truth.people))
    by_number = {person["id_number"]: person for person in people if person["id_number"]}
    for expected in truth.people:
        person = by_number.get(expected["id"])
        assert person is None or (person["sex"], person["birth"]) == (expected["sex"], expected["birth"])


def told_of(person: dict[str, Any]) -> tuple[Any, ...]:
    return (
        person["name"], person["id_number"], person["compound"], person["building"], person["unit"], person["room"],
        person["relation"], person["residency_kind"], tuple(sorted(person["care_needs"])), (*person["phones"], "")[0],
    )  # fmt: skip


def wanted_of(person: dict[str, Any]) -> tuple[Any, ...]:
    is_whole = person.get("id_ok", True) and not person.get("id_missing")
    return (
        person["name"], person["id"] if is_whole else None, person["compound"], str(person["building"]),
        str(person["unit"]), person["room"], person["relation"], RESIDENCY[person["category"]],
        tuple(sorted(person["tags"])), person["phone"] or "",
    )  # fmt: skip


def test_importing_a_sample_again_changes_nothing():
    actor, community = cli_actor(SAMPLES["huili.xlsx"]), SAMPLES["huili.xlsx"]
    first = import_ledger(actor, community, DATA / "huili.xlsx")
    again = import_ledger(actor, community, DATA / "huili.xlsx")
    assert (first.created, first.community_name) == (783, "惠利社区")
    assert (again.created, again.updated, again.unchanged, again.new_dwellings) == (0, 0, 783, 0)
    assert not again.conflicts
    assert not again.missing_from_file


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_exported_sample_is_taken_back_without_a_change(format: str, tmp_path: Path):
    actor, community = cli_actor(SAMPLES["jianghua.xlsx"]), SAMPLES["jianghua.xlsx"]
    import_ledger(actor, community, DATA / "jianghua.xlsx")
    out = tmp_path / f"out.{format}"
    call_command("ledger", "export", "--community", str(community), "--format", format, "--output", str(out))
    again = import_ledger(actor, community, out)
    assert (again.created, again.updated, again.unchanged, again.new_dwellings) == (0, 0, 725, 0)
    assert (again.dwellings, again.vacant, again.households) == (260, 7, 253)
    assert not again.conflicts
