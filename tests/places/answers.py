from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from linli.core.errors import LinliError


@contextmanager
def answers(code: str) -> Iterator[pytest.ExceptionInfo[LinliError]]:
    """The block is refused with this code, and with a sentence in both languages."""
    with pytest.raises(LinliError) as caught:
        yield caught
    assert caught.value.error_code == code
    told = caught.value.as_dict()
    assert told["message_zh"]
    assert told["message_en"]
    assert "%(" not in told["message_zh"] + told["message_en"]
