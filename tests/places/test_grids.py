import json
from pathlib import Path

import pytest
from django.core.management import call_command

from linli.core import audit
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.addresses import Address
from linli.places.grids_file import GridsRefused, read_grids
from linli.places.selectors import grid_coverage
from linli.places.services import add_dwellings, set_grids
from tests.conftest import BALICHA
from tests.places.answers import answers

DOORS = [
    Address(compound, building, unit, "101")
    for compound, building, unit in (
        ("明珠华府", "1", "1"),
        ("明珠华府", "1", "2"),
        ("明珠华府", "2", ""),
        ("金域", "1", "1"),
    )
]
WHOLE = "网格,网格名称,小区,楼栋,单元\n1,东网格,明珠华府,1栋,1单元\n第2网格,西网格,明珠华府,1,2\n2,,明珠华府,2,\n3,,金域,,\n"


@pytest.fixture(autouse=True)
def doors(coordinator: Actor, community: int) -> None:
    add_dwellings(coordinator, BALICHA, {door: {} for door in DOORS})


def written(folder: Path, text: str) -> Path:
    path = folder / "grids.csv"
    path.write_text(text, encoding="gb18030")
    return path


def test_a_list_of_grids_covers_every_dwelling_once(coordinator: Actor, tmp_path: Path):
    assert set_grids(coordinator, BALICHA, read_grids(written(tmp_path, WHOLE))) == 3
    assert grid_coverage(coordinator, BALICHA).is_complete
    assert set_grids(coordinator, BALICHA, read_grids(written(tmp_path, WHOLE))) == 3
    assert grid_coverage(coordinator, BALICHA).is_complete


def test_a_list_of_grids_is_one_act_on_record(coordinator: Actor, tmp_path: Path):
    set_grids(coordinator, BALICHA, read_grids(written(tmp_path, WHOLE)))
    with scoped(coordinator, Right.AUDIT_READ):
        [entry] = AuditEntry.objects.all()
        detail = audit.details_of([entry])[0]
    assert (entry.action, detail["before"]) == ("grids_set", {"grids": []})
    assert [(grid["number"], grid["name"], len(grid["parts"])) for grid in detail["after"]["grids"]] == [
        (1, "东网格", 1), (2, "西网格", 2), (3, "3", 1),
    ]  # fmt: skip


def test_a_grid_named_again_covers_what_the_later_list_says(coordinator: Actor, tmp_path: Path):
    set_grids(coordinator, BALICHA, read_grids(written(tmp_path, WHOLE)))
    set_grids(coordinator, BALICHA, read_grids(written(tmp_path, "grid,compound,building\n2,明珠华府,1\n")))
    coverage = grid_coverage(coordinator, BALICHA)
    assert [address for _id, address in coverage.outside] == [DOORS[2]]
    assert [address for _id, address in coverage.in_several] == [DOORS[0]]


@pytest.mark.parametrize(
    ("row", "field"), [("一,,金域,,", "grid"), ("1,,,,", "compound"), ("0,,金域,,", "grid"), ("99999,,金域,,", "grid")]
)
def test_names_each_row_that_cannot_be_read(tmp_path: Path, row: str, field: str):
    with pytest.raises(GridsRefused) as caught:
        read_grids(written(tmp_path, WHOLE + row + "\n"))
    assert [(problem.row, problem.field) for problem in caught.value.problems] == [(6, field)]


@pytest.mark.parametrize(
    ("row", "field"), [("1,,金域府,,", "compound"), ("1,,金域,9,", "building"), ("1,,金域,1,9", "unit")]
)
def test_refuses_a_place_that_is_not_in_the_register_and_changes_nothing(
    coordinator: Actor, tmp_path: Path, row: str, field: str
):
    with pytest.raises(GridsRefused) as caught:
        set_grids(coordinator, BALICHA, read_grids(written(tmp_path, WHOLE + row + "\n")))
    assert [(problem.row, problem.field) for problem in caught.value.problems] == [(6, field)]
    assert len(grid_coverage(coordinator, BALICHA).outside) == len(DOORS)


def test_a_stranger_sets_no_grids(stranger: Actor, tmp_path: Path):
    with pytest.raises(NotFound):
        set_grids(stranger, BALICHA, read_grids(written(tmp_path, WHOLE)))


def test_refuses_what_is_no_list_of_grids(tmp_path: Path):
    with answers("not_a_table"):
        read_grids(written(tmp_path, "姓名,电话\n张三,1\n"))
    with answers("unreadable"):
        read_grids(tmp_path / "nowhere.csv")


def test_the_command_sets_grids_and_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    community = str(BALICHA)
    with pytest.raises(SystemExit) as incomplete:
        call_command("grids", "--community", community, "--json")
    assert incomplete.value.code == 1
    assert len(json.loads(capsys.readouterr().out)["outside"]) == len(DOORS)
    call_command("grids", str(written(tmp_path, WHOLE)), "--community", community, "--json")
    assert json.loads(capsys.readouterr().out) == {"dwellings": 4, "changed": 3, "outside": [], "in_several": []}
    with pytest.raises(SystemExit) as refused:
        call_command("grids", "--community", "42", "--json")
    assert refused.value.code == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "not_a_community"


def test_the_command_lists_doors_for_people(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        call_command("grids", "--community", str(BALICHA))
    shown = capsys.readouterr().out
    assert "不在任何网格" in shown
    assert "明珠华府 1-2-101" in shown
