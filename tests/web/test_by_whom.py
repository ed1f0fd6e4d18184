"""Who did something, as pages write it."""

import pytest
from django.utils import translation

from linli.web.templatetags.linli import by_whom


@pytest.mark.parametrize(
    ("name", "language", "written"),
    [
        ("cli:root", "zh-hans", "命令行（root）"),
        ("cli:root", "en", "command line (root)"),
        ("care", "zh-hans", "care"),
        ("", "zh-hans", ""),
    ],
)
def test_a_command_is_named_in_words_and_an_account_by_its_name(name: str, language: str, written: str) -> None:
    with translation.override(language):
        assert by_whom(name) == written
