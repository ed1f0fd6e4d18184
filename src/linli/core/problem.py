"""A sentence for the person at the keyboard, said before Django (and its translations) is there."""

from typing import Literal


class Problem(Exception):
    """An expected failure of starting, stopping, backing up or restoring; it is printed in both languages."""

    def __init__(self, zh: str, en: str, *, code: str = "process") -> None:
        self.zh = zh
        self.en = en
        self.error_code = code
        super().__init__(en)

    def in_language(self, language: Literal["zh-hans", "en"] | str) -> str:
        return self.en if language == "en" else self.zh

    def as_dict(self) -> dict[str, str]:
        return {"code": self.error_code, "message_zh": self.zh, "message_en": self.en}
