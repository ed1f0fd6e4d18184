"""Versioned rules of a disease or a place, with their source."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language

from linli.core.ids import uuid7
from linli.orders.rules import RulePackRules


class RulePack(models.Model):
    """One version of one set of rules with its source; never edited, a change is a new version. No resident data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    source = models.CharField(max_length=300)
    rules = models.JSONField()
    """Read through `orders.rules.RulePackRules`."""
    sources = models.JSONField(default=dict)
    """Where each rule comes from, in a sentence."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "version"], name="rule_pack_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @property
    def name(self) -> str:
        """Its name in the language of the moment."""
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en

    def reading(self) -> RulePackRules:
        """Return the rules, typed. Raises RulePackUnusable."""
        return RulePackRules.read(self.rules)
