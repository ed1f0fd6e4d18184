"""Divisions, and the places of one community from compound to door."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from linli.core.scope import ScopedForeignKey, ScopedModel


class Division(models.Model):
    """A province, city, district, sub-district or community by its 12-digit statistics code; no resident data."""

    code = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=80)
    managing_body = models.BigIntegerField(null=True, blank=True)
    """The division that runs this one where that differs from the statistics code (a development zone)."""

    def __str__(self) -> str:
        return self.name


class Located(models.Model):
    """A place that may have coordinates, in degrees (WGS 84); none is required anywhere."""

    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True


class Compound(Located, ScopedModel):
    """A residential compound."""

    name = models.CharField(max_length=80)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "name"], name="compound_name_once")]

    def __str__(self) -> str:
        return self.name


class Building(Located, ScopedModel):
    """A building of a compound. `name` is its bare number or letter ("3", "A")."""

    compound = ScopedForeignKey(Compound, related_name="buildings")
    name = models.CharField(max_length=40)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "compound", "name"], name="building_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Unit(ScopedModel):
    """A stairwell of a building; `name` is empty where the building has only one and nobody numbers it."""

    building = ScopedForeignKey(Building, related_name="units")
    name = models.CharField(max_length=40, blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "building", "name"], name="unit_name_once")
        ]


class Dwelling(ScopedModel):
    """A door. It is vacant while no household lives in it; its landlord stays with it (R39)."""

    unit = ScopedForeignKey(Unit, related_name="dwellings")
    room = models.CharField(max_length=40)
    floor = models.SmallIntegerField(null=True)
    landlord_name = models.CharField(max_length=60, blank=True)
    landlord_phones = models.BinaryField(null=True)
    """Sealed JSON list of phone numbers."""
    remarks = models.TextField(blank=True)
    imported = models.BinaryField(null=True)
    """Sealed JSON of what the last ledger import said, the base of the next three-way comparison."""

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "unit", "room"], name="dwelling_room_once")
        ]


class Grid(ScopedModel):
    """A grid of the community; its code is the community's 12 digits and three more."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "number"], name="grid_number_once")]


class GridPart(ScopedModel):
    """What a grid covers: a whole building, or one unit of it."""

    grid = ScopedForeignKey(Grid, related_name="parts")
    building = ScopedForeignKey(Building, related_name="grid_parts")
    unit = ScopedForeignKey(Unit, null=True, related_name="grid_parts")

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "grid", "building", "unit"], name="grid_part_once", nulls_distinct=False
            )
        ]


class Gate(Located, ScopedModel):
    """A way in and out of a compound."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("gate", "open")
        CLOSED = "closed", pgettext_lazy("gate", "closed")

    compound = ScopedForeignKey(Compound, related_name="gates")
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "compound", "name"], name="gate_name_once")
        ]


class Venue(Located, ScopedModel):
    """A place that can hold a sampling site: a square, a school, a stadium."""

    name = models.CharField(max_length=80)
    compound = ScopedForeignKey(Compound, null=True, related_name="venues")
    desks_at_most = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "name"], name="venue_name_once")]
