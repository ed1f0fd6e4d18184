"""The tables of the register: people and where they live, ledgers, acts that can be taken back, key lists."""

from linli.registry.models.acts import BulkEdit, Merge, SelfReport, TwoPeople
from linli.registry.models.key_lists import KeyList, KeyListDeed, KeyListEntry
from linli.registry.models.ledgers import LedgerChange, LedgerImport, RegisterFlag, RememberedColumn
from linli.registry.models.people import CareNeed, Household, HouseholdSlip, Person, PersonPhone, Residency

__all__ = [
    "BulkEdit",
    "CareNeed",
    "Household",
    "HouseholdSlip",
    "KeyList",
    "KeyListDeed",
    "KeyListEntry",
    "LedgerChange",
    "LedgerImport",
    "Merge",
    "Person",
    "PersonPhone",
    "RegisterFlag",
    "RememberedColumn",
    "Residency",
    "SelfReport",
    "TwoPeople",
]
