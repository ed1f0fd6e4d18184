from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from linli.core.actors import Actor, operator_actor
from linli.core.errors import NotFound
from linli.places.divisions_file import DivisionRow, DivisionsRefused, read_divisions
from linli.places.models import Division
from linli.places.selectors import community_name
from linli.places.services import add_community, load_divisions
from tests.conftest import FAR_AWAY
from tests.places.answers import answers

LIST = "code,name,extra\n42,湖北省,x\n4201,武汉市,x\n420106,武昌区,x\n420106011,中南路街道,x\n420106011009,群建社区,x\n"
NEW = 421303004077


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_reads_divisions_in_any_usual_encoding(tmp_path: Path, encoding: str, delimiter: str):
    rows = read_divisions([written(tmp_path, LIST.replace(",", delimiter), encoding)])
    assert rows[0] == DivisionRow(420000000000, "湖北省")
    assert rows[-1] == DivisionRow(420106011009, "群建社区")


def test_reads_traditional_characters_in_big5(tmp_path: Path):
    assert read_divisions([written(tmp_path, "code,name\n81,香港特別行政區\n", "big5")])[0].name == "香港特別行政區"


def test_names_every_row_that_cannot_be_used(tmp_path: Path):
    path = written(tmp_path, LIST + "42A,甲\n421,乙\n4202,\n42,湖南省\n")
    with pytest.raises(DivisionsRefused) as caught:
        read_divisions([path])
    assert [(problem.row, problem.field) for problem in caught.value.problems] == [
        (7, "code"), (8, "code"), (9, "name"), (10, "code"),
    ]  # fmt: skip
    assert "list.csv" in caught.value.in_language("en")
    assert "42A" in caught.value.in_language("zh-hans")


def test_refuses_file_without_code_and_name(tmp_path: Path):
    with answers("not_a_table"):
        read_divisions([written(tmp_path, "a,b\n1,2\n")])


@pytest.mark.django_db
def test_loads_all_files_or_none(tmp_path: Path, capsys: Any):
    good, bad = (
        written(tmp_path, "code,name\n4401,广州市\n"),
        written(tmp_path, "code,name\n44X,深圳市\n", name="bad.csv"),
    )
    with pytest.raises(SystemExit) as ended:
        call_command("divisions", str(good), str(bad), "--json")
    assert ended.value.code == 2
    assert '"code": "divisions_refused"' in capsys.readouterr().out
    assert not Division.objects.filter(code=440100000000).exists()


@pytest.mark.django_db
def test_second_loading_changes_nothing():
    rows = [DivisionRow(440100000000, "广州市")]
    assert load_divisions(operator_actor(), rows) == 1
    assert load_divisions(operator_actor(), rows) == 0


@pytest.mark.django_db
def test_ships_divisions_of_four_cities():
    assert Division.objects.get(code=421303004000).name == "北郊街道"
    assert Division.objects.filter(code__gte=510100000000, code__lt=510200000000).count() > 200


@pytest.mark.django_db
def test_makes_community_once_under_its_known_parent(coordinator: Actor):
    actor = operator_actor()
    assert add_community(actor, NEW, " 新社区 ").name == "新社区"
    assert add_community(actor, NEW, "新社区").name == "新社区"
    assert community_name(actor, NEW) == "新社区"
    with answers("community_has_another_name"):
        add_community(actor, NEW, "旧社区")
    with pytest.raises(NotFound):
        add_community(coordinator, FAR_AWAY, "芳草社区")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "name", "answer"),
    [(421303004000, "甲", "not_a_community"), (999999999001, "甲", "parent_unknown"), (NEW, "  ", "name_missing")],
)
def test_refuses_community_that_cannot_be(code: int, name: str, answer: str):
    with answers(answer):
        add_community(operator_actor(), code, name)
