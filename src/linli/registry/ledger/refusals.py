"""A ledger that cannot be read at all, with its reason in both languages."""

from __future__ import annotations

from linli.registry.ledger.messages import REFUSALS


class LedgerRefused(Exception):
    """The whole file is refused; nothing of it is imported."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @property
    def message_zh(self) -> str:
        return REFUSALS[self.code][0].format(**self.params)

    @property
    def message_en(self) -> str:
        return REFUSALS[self.code][1].format(**self.params)

    def __str__(self) -> str:
        return self.message_en
