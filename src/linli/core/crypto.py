"""Encryption of identity and phone numbers, and the keyed indexes that let them be found.

Values are sealed with AES-256-GCM under a key that lives outside the database (`LINLI_KEY_FILE`, else
`keys/linli.key` in LINLI_HOME, made on first start, mode 0600). Equality search goes through a keyed blind index
(HMAC-SHA-256, 16 bytes); a second index covers the last four digits.
"""

import base64
import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from linli.core import secret_file
from linli.core.home import home
from linli.core.problem import Problem

Kind = Literal["id_number", "phone", "slip", "text"]

_KEY_BYTES = 32
_NONCE_BYTES = 12
_INDEX_BYTES = 16
_VERSION = b"\x01"
TAIL_DIGITS = 4
_WHOLE_PHONE = 11


class KeyUnusable(Problem):
    """The key file is missing where data exists, is damaged, or does not fit the data."""

    def __init__(self, zh: str, en: str, *, code: str = "key_unusable") -> None:
        super().__init__(zh, en, code=code)


def key_path() -> Path:
    """Return where the key file is or will be."""
    named = os.environ.get("LINLI_KEY_FILE")
    return Path(named) if named else home() / "keys" / "linli.key"


@cache
def _master_key() -> bytes:
    path = key_path()
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except FileNotFoundError as error:
        raise KeyUnusable(
            f"找不到密钥文件 {path}。没有它，身份证号和电话无法读取。请放回密钥文件，或用 LINLI_KEY_FILE 指明它在哪里。",
            f"The key file {path} is not there. Without it no identity or phone number can be read. Put it back, or say with "
            "LINLI_KEY_FILE where it is.",
            code="key_missing",
        ) from error
    except ValueError as error:
        raise _damaged(path) from error
    if len(key) != _KEY_BYTES:
        raise _damaged(path)
    return key


def _damaged(path: Path) -> KeyUnusable:
    return KeyUnusable(
        f"密钥文件 {path} 已损坏，请换上完好的副本。",
        f"The key file {path} is damaged; put an intact copy in its place.",
        code="key_damaged",
    )


def make_key() -> None:
    """Make the key file when there is none."""
    path = key_path()
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret_file.store(path, base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode())


@cache
def _derived(purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"linli {purpose}".encode()).derive(_master_key())


@cache
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_derived(purpose))


def key_fingerprint() -> str:
    """Return a name for the key that tells nothing about it."""
    return _derived("fingerprint").hex()[:16]


def seal(plain: str, kind: Kind = "text") -> bytes:
    """Encrypt a value; the same value gives different bytes each time."""
    return _VERSION + encrypt(_cipher(kind), plain.encode(), kind.encode())


def unseal(blob: bytes | memoryview, kind: Kind = "text") -> str:
    """Return the value sealed in `blob`. Raises KeyUnusable when the key does not fit or the bytes were changed."""
    data = bytes(blob)
    if data[:1] != _VERSION:
        raise KeyUnusable("加密内容的格式无法识别。", "An encrypted value has an unknown format.")
    return decrypt(_cipher(kind), data[1:], kind.encode()).decode()


def encrypt(cipher: AESGCM, plain: bytes, context: bytes) -> bytes:
    """Return nonce and ciphertext, bound to `context`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, context)


def decrypt(cipher: AESGCM, blob: bytes, context: bytes) -> bytes:
    """Undo `encrypt`. Raises KeyUnusable."""
    try:
        return cipher.decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], context)
    except InvalidTag as error:
        raise KeyUnusable(
            "密钥文件与这些数据不匹配。", "The key file does not fit this data.", code="key_differs"
        ) from error


def blind_index(kind: Kind, value: str) -> bytes:
    """Return the keyed index for equality search; spaces and case do not matter."""
    plain = "".join(value.split()).upper().encode()
    return hmac.new(_derived(f"index {kind}"), plain, hashlib.sha256).digest()[:_INDEX_BYTES]


def tail_index(kind: Kind, value: str) -> bytes:
    """Return the keyed index over the last four characters."""
    plain = "".join(value.split()).upper()[-TAIL_DIGITS:].encode()
    return hmac.new(_derived(f"tail {kind}"), plain, hashlib.sha256).digest()[:_INDEX_BYTES]


def keyed_hash(purpose: str, data: bytes) -> bytes:
    """Return a hash that nobody can make without the key file (HMAC-SHA-256, 32 bytes)."""
    return hmac.new(_derived(purpose), data, hashlib.sha256).digest()


def new_data_key() -> bytes:
    """Return a fresh key, wrapped under the master key, for values that are destroyed together."""
    return encrypt(_cipher("wrap"), secrets.token_bytes(_KEY_BYTES), b"data key")


def open_data_key(wrapped: bytes) -> AESGCM:
    """Return the cipher of a wrapped data key. Raises KeyUnusable."""
    return AESGCM(decrypt(_cipher("wrap"), wrapped, b"data key"))


def mask_id_number(number: str) -> str:
    """Keep the first and the last character: 4****************5. With the birth date, more would give the rest away."""
    return number[0] + "*" * (len(number) - 2) + number[-1] if len(number) > 7 else "*" * len(number)


def mask_phone(number: str) -> str:
    """Keep the first three and the last four digits: 138****1858; of a number without an area code the last two."""
    if len(number) >= _WHOLE_PHONE:
        return number[:3] + "*" * (len(number) - 7) + number[-4:]
    return "*" * (len(number) - 2) + number[-2:] if len(number) > 7 else "*" * len(number)


def mask_name(name: str) -> str:
    """Keep the first character: 张*."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def forget_keys() -> None:
    """Drop the cached keys, after the key file was changed by a restore or a test."""
    for cached in (_master_key, _derived, _cipher):
        cached.cache_clear()
