"""What commands name in words: the round, compounds, buildings, one target."""

import argparse
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import Invalid, NotFound
from linli.places.selectors import compound_ids
from linli.registry.selectors.doors import buildings
from linli.rounds.errors import UnknownCompound
from linli.rounds.reasons import WHO
from linli.rounds.selectors import RoundHead, round_head, rounds_of
from linli.rounds.selectors.finding import FoundTarget, Who, find_targets


class NoRound(NotFound):
    """A round was to be worked on where there is none."""

    code = "no_round"
    message = _("There is no such round in this community. Open one first: linli round open")


class UnknownBuilding(Invalid):
    """A building is none of this community's."""

    code = "unknown_building"
    message = _("There is no building %(building)s, or several: name its compound too.")


class NobodyFound(Invalid):
    """It is not clear which target is meant."""

    code = "target_unclear"
    message = _("It is not clear who is meant by “%(who)s”: %(why)s.")


def add_round_argument(parser: argparse.ArgumentParser) -> None:
    """Let a command be about another round than the usual one."""
    parser.add_argument(
        "--round", type=UUID, metavar="ID", help="its id; by default the open one that began last, drills apart"
    )


def add_target_arguments(parser: argparse.ArgumentParser) -> None:
    """Let a command be about one target, named as people name each other."""
    parser.add_argument("target", metavar="TARGET", help="name, identity number, phone or its last four digits, or id")
    parser.add_argument("--door", default="", help="明珠华府 3-2-501")
    parser.add_argument("--number", default="", help="identity number or phone, or its last four digits")


def chosen_round(actor: Actor, community: int, options: dict[str, Any]) -> RoundHead:
    """Return the round that is meant. Raises NoRound."""
    if options["round"]:
        try:
            return round_head(actor, options["round"])
        except NotFound:
            raise NoRound from None
    head = next((head for head in rounds_of(actor, community) if not head.is_drill), None)
    if head is None:
        raise NoRound
    return head


def chosen_compounds(actor: Actor, community: int, names: list[str]) -> tuple[UUID, ...]:
    """Return the compounds of these names. Raises UnknownCompound."""
    known = compound_ids(actor, community)
    if not set(names) <= known.keys():
        raise UnknownCompound
    return tuple(known[name] for name in dict.fromkeys(names))


def chosen_buildings(actor: Actor, community: int, compounds: list[str], names: list[str]) -> tuple[UUID, ...]:
    """Return the buildings of these names in the compounds named, or all buildings of the compounds.

    Raises UnknownCompound and UnknownBuilding.
    """
    wanted = set(chosen_compounds(actor, community, compounds))
    here = [each for each in buildings(actor, community) if not wanted or each.compound_id in wanted]
    if not names:
        return tuple(each.id for each in here)
    bare = [name.removesuffix("栋") for name in names]
    for name in bare:
        if sum(each.building == name for each in here) != max(1, len(wanted)):
            raise UnknownBuilding(building=name)
    return tuple(each.id for each in here if each.building in bare)


def chosen_target(actor: Actor, round_id: UUID, options: dict[str, Any]) -> FoundTarget:
    """Return the one target that is meant by TARGET, --door and --number. Raises NobodyFound."""
    [finding] = find_targets(actor, round_id, [_who(options)])
    if finding.target is None:
        said = " ".join(part for part in (options["target"], options["door"], options["number"]) if part)
        raise NobodyFound(who=said, why=WHO.get(finding.wrong, WHO["nobody_fits"]))
    return finding.target


def _who(options: dict[str, Any]) -> Who:
    """Read TARGET as an id, a number or a name, whichever it looks like."""
    text, door, number = options["target"].strip(), options["door"], options["number"]
    try:
        return Who(target=str(UUID(text)), door=door, number=number)
    except ValueError:
        pass
    if any(character.isdecimal() for character in text[-4:]):
        return Who(door=door, number=text)
    return Who(name=text, door=door, number=number)
