import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core import crypto


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "linli.key"
    monkeypatch.setenv("LINLI_KEY_FILE", str(path))
    crypto.forget_keys()
    crypto.make_key()
    yield path
    crypto.forget_keys()


@given(st.text())
def test_unseals_what_was_sealed(plain: str) -> None:
    assert crypto.unseal(crypto.seal(plain)) == plain


def test_seals_the_same_value_differently_each_time() -> None:
    assert crypto.seal("421303199212175415", "id_number") != crypto.seal("421303199212175415", "id_number")


def test_refuses_a_value_of_another_kind() -> None:
    with pytest.raises(crypto.KeyUnusable):
        crypto.unseal(crypto.seal("13579918134", "phone"), "id_number")


def test_index_ignores_spaces_and_case() -> None:
    assert crypto.blind_index("id_number", "42130319940309604x") == crypto.blind_index(
        "id_number", " 421303 19940309 604X"
    )


def test_makes_a_key_file_that_only_its_owner_reads(key_file: Path) -> None:
    crypto.seal("x")
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_refuses_a_value_sealed_under_another_key(key_file: Path) -> None:
    sealed = crypto.seal("x")
    key_file.unlink()
    crypto.forget_keys()
    crypto.make_key()
    with pytest.raises(crypto.KeyUnusable):
        crypto.unseal(sealed)


def test_a_missing_key_file_is_told_and_not_replaced(key_file: Path) -> None:
    key_file.unlink()
    crypto.forget_keys()
    with pytest.raises(crypto.KeyUnusable, match="not there"):
        crypto.seal("x")
    assert not key_file.exists()


@pytest.mark.parametrize("text", ["not base64!", "c2hvcnQ="])
def test_says_that_a_key_file_is_damaged(key_file: Path, text: str) -> None:
    key_file.write_text(text)
    with pytest.raises(crypto.KeyUnusable, match="damaged"):
        crypto.seal("x")


@pytest.mark.parametrize(
    ("number", "masked"),
    [("421303199212175415", "4****************5"), ("E1234567", "E******7"), ("1234567", "*******")],
)
def test_masks_identity_numbers(number: str, masked: str) -> None:
    assert crypto.mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"), [("13871311858", "138****1858"), ("83211234", "******34"), ("1234567", "*******")]
)
def test_masks_phone_numbers(number: str, masked: str) -> None:
    assert crypto.mask_phone(number) == masked
