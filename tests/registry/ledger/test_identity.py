"""Identity numbers and other documents: what is whole, what is wrong, what the digits tell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.registry.ledger.identity import check_digit, read_identity

VALID = "11010519491231002X"  # the example of GB 11643-1999


def numbers() -> st.SearchStrategy[str]:
    province = st.sampled_from(["11", "42", "51", "65"])
    born = st.dates(date(1900, 1, 1), date(2026, 12, 31))
    return st.builds(_whole, province, st.integers(0, 9999), born, st.integers(1, 999))


def _whole(province: str, county: int, born: date, order: int) -> str:
    first = f"{province}{county:04}{born:%Y%m%d}{order:03}"
    return first + check_digit(first)


@given(numbers(), st.sampled_from(["{}", "'{}", " {} ", "身份证：{}", "{}\n", "\u200b{}"]), st.booleans())
def test_reads_a_number_back_however_it_is_written(number, form, split):
    text = f"{number[:6]} {number[6:14]} {number[14:]}" if split else number

    read = read_identity(form.format(text.lower()))

    assert (read.number, read.kind, read.flag) == (number, "resident_id", "")
    assert read.birth == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert read.sex == ("男" if int(number[16]) % 2 else "女")


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_finds_every_single_wrong_digit(number, place, step):
    if not number[place].isdigit():
        place = 5
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]

    read = read_identity(wrong)

    assert read.number is None
    assert read.flag in ("id_check_digit", "id_precision_lost")


# An order code of 990 or more may be rounded up into the next day.
@given(numbers().filter(lambda number: int(number[14:17]) < 990))
def test_a_number_cell_has_lost_its_end_whatever_its_check_digit_says(number):
    read = read_identity(float(int(number[:17] + "0")))

    assert (read.number, read.flag) == (None, "id_precision_lost")
    assert read.birth == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


@pytest.mark.parametrize(
    "text", ["4.21303E+17", "5.101072E+17", "4.21303198509169e+17", "4.2E17", 421303198509169118, 4.21303198509169e16]
)
def test_flags_lost_digits(text):
    assert read_identity(text).flag == "id_precision_lost"


def test_a_text_that_ends_in_three_zeros_and_fails_has_lost_its_end_too():
    assert read_identity("421303198509169000").flag == "id_precision_lost"
    assert read_identity("421303198509169021").flag == "id_check_digit"


@pytest.mark.parametrize(
    "text", ["42010619830407137", "4201061983040713766", "420106830407137", "420106", 420106830407137.0]
)
def test_flags_a_wrong_length(text):
    assert (read_identity(text).number, read_identity(text).flag) == (None, "id_length")


@pytest.mark.parametrize("text", ["", "无", "-", "/", "不详", None, "未办理", "待补", " "])
def test_flags_a_missing_number(text):
    assert read_identity(text).flag == "id_missing"


def test_refuses_a_birth_date_that_does_not_exist():
    first = "11010519490231002"
    assert read_identity(first + check_digit(first)).flag == "id_birth_date"


def test_keeps_a_number_of_an_unknown_province_and_says_so():
    first = "99010519491231002"[:17].replace("99", "19", 1)
    read = read_identity(first + check_digit(first))
    assert (read.number, read.flag) == (first + check_digit(first), "id_division_unknown")


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002×",
        "‘11010519491231002X",
        "110105-19491231-002X",
    ],
)
def test_reads_every_way_to_write_an_x(text):
    assert read_identity(text).number == VALID


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("E12345678", "passport"), ("G12345678", "passport"), ("EA1234567", "passport"), ("H12345678", "hk_macau"),
        ("M1234567801", "hk_macau"), ("12345678", "taiwan"), ("FRA110081092316", "other"), ("护照E12345678", "passport"),
    ],
)  # fmt: skip
def test_reads_other_documents(text, kind):
    read = read_identity(text)
    assert (read.kind, read.flag) == (kind, "")
    assert read.number == text.removeprefix("护照")


def test_residence_permits_of_hong_kong_macau_and_taiwan_are_told_by_their_first_digits():
    for prefix, kind in (("810000", "hk_macau"), ("820000", "hk_macau"), ("830000", "taiwan")):
        first = prefix + "19900101" + "001"
        assert read_identity(first + check_digit(first)).kind == kind


def test_the_column_of_document_kinds_decides_what_the_form_leaves_open():
    assert read_identity("123456789", "护照").kind == "passport"
    assert read_identity("123456789", "护照").flag == ""
    assert read_identity("12345678", "居民身份证").flag == "id_length"


@given(
    st.one_of(st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**20), 10**20))
)
def test_any_cell_is_read_without_failing(value):
    read = read_identity(value)
    assert (read.number is None) == (
        read.flag.startswith("id_") and read.flag not in ("id_division_unknown", "id_kind_unknown")
    )


def test_tells_sex_and_birth_from_a_number_of_fifteen_digits():
    identity = read_identity("421303800101123")
    assert (identity.number, identity.flag) == (None, "id_length")
    assert (identity.sex, identity.birth) == ("男", date(1980, 1, 1))


@pytest.mark.parametrize("text", ["42130319800101123X1", "42130319800101123X12"])
def test_flags_digits_behind_the_x_as_a_wrong_length(text):
    assert read_identity(text).flag == "id_length"


def test_takes_a_star_at_the_end_for_the_x():
    number = next(f"4213031980010{n:04d}X" for n in range(1011, 1999) if check_digit(f"4213031980010{n:04d}") == "X")
    assert read_identity(number.replace("X", "*")).number == number


@pytest.mark.parametrize("older_first", [True, False])
def test_finds_the_same_person_by_the_number_of_15_digits(read_rows, older_first):
    numbers = ["11010519491231002X", "110105491231002"][:: -1 if older_first else 1]
    rows = [["住址", "姓名", "身份证号"], *(["1-1-101", "王建国", number] for number in numbers)]

    ledger = read_rows(rows)

    assert [person.id_number for person in ledger.people] == ["11010519491231002X"]
    assert {(flag.row, flag.kind) for flag in ledger.flags} == {
        (2 if older_first else 3, "id_length"), (3, "duplicate_person"),
    }  # fmt: skip


def test_keeps_two_names_with_one_number_of_15_digits_apart(read_rows):
    rows = [
        ["住址", "姓名", "身份证号"],
        ["1-1-101", "王建国", "11010519491231002X"],
        ["1-1-102", "李娜", "110105491231002"],
    ]

    ledger = read_rows(rows)

    assert [person.id_number for person in ledger.people] == ["11010519491231002X", None]
    assert {(flag.row, flag.kind) for flag in ledger.flags} == {(3, "id_length")}
