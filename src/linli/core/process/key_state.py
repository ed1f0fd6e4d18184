"""See that the key file is the one that the values in this database were sealed with."""

import psycopg

from linli.core import clock, crypto
from linli.core.ids import uuid7

_PURPOSE = "check of the key file"
_READ = "select wrapped from core_datakey where community = 0 and purpose = %s"
_WRITE = "insert into core_datakey (id, community, purpose, wrapped, created_at) values (%s, 0, %s, %s, %s) on conflict do nothing"


def check_key(connection: psycopg.Connection) -> None:
    """Make the key file for a new database; of one in use refuse a key file that is missing, damaged or another's.

    Raises KeyUnusable.
    """
    with connection.transaction():
        connection.execute("select set_config('linli.scope', '{[0,1)}', true)")
        if (kept := connection.execute(_READ, [_PURPOSE]).fetchone()) is None:
            crypto.make_key()
            connection.execute(_WRITE, [uuid7(), _PURPOSE, crypto.new_data_key(), clock.now()])
            kept = connection.execute(_READ, [_PURPOSE]).fetchone()
    assert kept is not None
    try:
        crypto.open_data_key(bytes(kept[0]))
    except crypto.KeyUnusable as error:
        raise _another() if error.error_code == "key_differs" else error from None


def _another() -> crypto.KeyUnusable:
    path = crypto.key_path()
    return crypto.KeyUnusable(
        f"密钥文件 {path} 不是这个数据库的。请换上原来的密钥文件，或用 LINLI_KEY_FILE 指明它在哪里。没有改动任何数据。",
        f"The key file {path} is not this database's. Put the right one in its place, or say with LINLI_KEY_FILE where it is. "
        "Nothing was changed.",
        code="key_differs",
    )
