"""Two communities with one of everything each, for tests that reach from one into the other."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps

from linli.core import audit, clock, crypto
from linli.core.actors import system_actor
from linli.core.ids import uuid7
from linli.core.models import AuditEntry, BreakGlass, Device, Grant, SignIn, User, Work
from linli.core.rights import Right, Role
from linli.core.scope import ScopedModel, scope_of
from linli.orders.models import RulePack
from linli.paperwork.access import FILLING
from linli.paperwork.content.files import sealed
from linli.paperwork.models import AgencyForm
from linli.places.models import Building, Compound, Dwelling, Gate, Grid, Unit, Venue
from linli.planning.drafting.told import What
from linli.planning.models import Microplan, RoundDraft
from linli.planning.opening.wish import ROUND_OPENING, Wish
from linli.registry.models import (
    BulkEdit,
    Household,
    HouseholdSlip,
    KeyList,
    KeyListDeed,
    KeyListEntry,
    LedgerImport,
    Merge,
    Person,
    PersonPhone,
    Residency,
    SelfReport,
)  # fmt: skip
from linli.registry.slips import new_code
from linli.registry.told import HouseholdTold, PersonTold
from linli.registry.uniting import Done
from linli.rounds.asked import NewRound
from linli.rounds.models import CallGroup, DoorSheet, Round, RoundScope, Site, SweepDoor, SweepTeam, Target

Ids = Mapping[str, UUID | int]

SECRETS = ("芈不可见", "绝密花园", "110101199003074477", "13900001111")
"""Words of the other community that no answer may ever carry."""


def one_of_everything(community: int, *, person: str, compound: str, id_number: str, phone: str) -> Ids:
    """Make a row in every table that a route can name and return their identifiers by parameter name."""
    with scope_of(((community, community + 1),)):
        ids: dict[str, UUID | int] = {"community": community}
        ids |= _places(community, compound)
        ids |= _register(community, ids, person, id_number, phone)
        ids |= _round(community, ids, person)
        drill = {"seed": 1, "planned": True, "ordered_at": clock.now().isoformat()}
        work = Work.objects.create(community=community, kind="drill", asked_by="somebody", arguments=drill)
        ids["work_id"] = work.pk
        ids["opening_id"] = _opening(community, person).pk
        ids["draft_id"] = _draft(community, person).pk
        ids |= _paperwork(community, person)
        ids["entry_id"] = _entry(community, person).pk
    return ids | _people(community, name=person)


def _people(community: int, name: str) -> dict[str, UUID | int]:
    """Make somebody who works there, signed in, with a role taken in an emergency, and a shared phone."""
    user = User.objects.create(username=f"worker-{community}", name=name)
    until = clock.now() + timedelta(hours=1)
    grant = Grant.objects.create(
        user=user, role=Role.GRID_WORKER, division=community, ends_at=until, granted_by="somebody"
    )
    taken = BreakGlass.objects.create(grant=grant, reason=name, ends_at=until)
    device = Device.objects.create(division=community, name=name, added_by="somebody")
    sign_in = SignIn.objects.create(user=user, way=SignIn.Way.PIN, device=device)
    return {
        "division": community, "user_id": user.pk, "grant_id": grant.pk, "taken_id": taken.pk, "device_id": device.pk,
        "sign_in_id": sign_in.pk,
    }  # fmt: skip


def _paperwork(community: int, name: str) -> dict[str, UUID]:
    """An agency's form, and a filling of it that the coordinator has asked for."""
    form = AgencyForm.objects.create(
        community=community, name=name, file_name=f"{name}.xlsx", file_hash="0" * 64, file=sealed(b""), layout={"sheets": []},
        added_by=name,
    )  # fmt: skip
    asked = {"form_id": str(form.pk), "day": clock.today().isoformat()}
    filling = Work.objects.create(community=community, kind=FILLING, asked_by="coordinator", arguments=asked)
    return {"form_id": form.pk, "filling_id": filling.pk}


def _entry(community: int, name: str) -> AuditEntry:
    """Somebody did something."""
    return audit.record(
        system_actor(community), "person_edited", community=community, right=Right.PERSON_WRITE, object_type="person",
        before={"name": name}, after={"name": "x"},
    )  # fmt: skip


def _opening(community: int, name: str) -> Work:
    """Somebody has asked for another round."""
    wish = Wish(NewRound(name=name, deadline=clock.now() + timedelta(hours=24)), planned=True)
    made: Work = Work.objects.create(
        community=community, kind=ROUND_OPENING, asked_by="somebody", arguments=wish.as_arguments()
    )
    return made


def _draft(community: int, name: str) -> RoundDraft:
    """Somebody prepares a round."""
    what = What(name=name, deadline=clock.now() + timedelta(hours=24))
    made: RoundDraft = RoundDraft.objects.create(
        community=community, told={what.step: what.as_json()}, begun_by=name, changed_by=name
    )
    return made


def _places(community: int, name: str) -> dict[str, UUID]:
    compound = Compound.objects.create(community=community, name=name)
    building = Building.objects.create(community=community, compound=compound, name="3")
    unit = Unit.objects.create(community=community, building=building, name="2")
    dwelling = Dwelling.objects.create(community=community, unit=unit, room="501", floor=5)
    grid = Grid.objects.create(community=community, number=1, name=name)
    venue = Venue.objects.create(community=community, name=name, compound=compound)
    gate = Gate.objects.create(community=community, compound=compound, name=name)
    return {
        "compound_id": compound.pk, "building_id": building.pk, "unit_id": unit.pk, "dwelling_id": dwelling.pk,
        "grid_id": grid.pk, "venue_id": venue.pk, "gate_id": gate.pk,
    }  # fmt: skip


def _register(community: int, ids: Mapping[str, Any], name: str, id_number: str, phone: str) -> dict[str, Any]:
    household = Household.objects.create(community=community, dwelling_id=ids["dwelling_id"])
    person = Person.objects.create(
        community=community,
        name=name,
        id_number=crypto.seal(id_number, "id_number"),
        id_index=crypto.blind_index("id_number", id_number),
        id_tail=crypto.tail_index("id_number", id_number),
    )
    PersonPhone.objects.create(
        community=community,
        person=person,
        number=crypto.seal(phone, "phone"),
        number_index=crypto.blind_index("phone", phone),
        number_tail=crypto.tail_index("phone", phone),
    )
    Residency.objects.create(community=community, person=person, household=household)
    report = SelfReport.objects.create(
        community=community,
        household=household,
        receipt="R",
        told=crypto.seal(HouseholdTold((PersonTold(name),)).dumped()),
    )
    many = BulkEdit.objects.create(
        community=community, kind=BulkEdit.Kind.ADD_NEED, value="透析", before={str(person.pk): ""}, made_by=name
    )
    slip = new_code()
    HouseholdSlip.objects.create(
        community=community,
        household=household,
        code=crypto.seal(slip, "slip"),
        code_index=crypto.blind_index("slip", slip),
    )
    taken_in = LedgerImport.objects.create(
        community=community,
        file_name=f"{name}.xlsx",
        file_hash="0" * 64,
        asked_by=name,
        state=LedgerImport.State.IMPORTED,
    )
    return {
        "household_id": household.pk, "person_id": person.pk, "import_id": taken_in.pk, "report_id": report.pk, "edit_id": many.pk,
        "code": slip, **_key_list(community, person, name), **_alike_entries(community, person, name),
    }  # fmt: skip


def _alike_entries(community: int, person: Person, name: str) -> dict[str, UUID]:
    """Enter the person twice more: one entry was merged, the other may be."""
    absorbed = Person.objects.create(community=community, name=name, merged_into=person)
    other = Person.objects.create(community=community, name=f"{name}又", birth=person.birth)
    done = crypto.seal(json.dumps(Done().as_json()))
    merge = Merge.objects.create(community=community, kept=person, absorbed=absorbed, done=done, made_by=name)
    return {"merge_id": merge.pk, "other_person_id": other.pk}


def _key_list(community: int, person: Person, name: str) -> dict[str, UUID]:
    today = clock.today()
    key_list = KeyList.objects.create(
        community=community,
        name=name,
        purpose=name,
        task=name,
        keeper=name,
        made_by=name,
        ends_on=today + timedelta(days=9),
    )
    entry = KeyListEntry.objects.create(
        community=community,
        key_list=key_list,
        person=person,
        how="hand",
        reason=name,
        since=today,
        keeper=name,
        next_on=today,
    )
    KeyListDeed.objects.create(community=community, entry=entry, result="done", note=name, by=name, next_before=today)
    return {"list_id": key_list.pk, "listed_id": entry.pk}


def _round(community: int, ids: Mapping[str, Any], name: str) -> dict[str, UUID]:
    now = clock.now()
    pack = RulePack.objects.order_by("code", "version")[0]
    opened = Round.objects.create(
        community=community,
        name=name,
        rule_pack=pack,
        t0=now,
        deadline=now + timedelta(hours=24),
        ordered_at=now,
        opened_by=name,
    )
    RoundScope.objects.create(community=community, round=opened, compound_id=ids["compound_id"])
    site = Site.objects.create(
        community=community,
        round=opened,
        number=1,
        name=name,
        desks=2,
        opens_at=now,
        closes_at=now + timedelta(hours=6),
    )
    group = CallGroup.objects.create(community=community, round=opened, site=site, number=1, starts_at=now, size=1)
    target = Target.objects.create(
        community=community, round=opened, name=name, call_group=group, person_id=ids["person_id"],
        household_id=ids["household_id"], dwelling_id=ids["dwelling_id"], building_id=ids["building_id"],
    )  # fmt: skip
    team = SweepTeam.objects.create(community=community, round=opened, number=1, name=name)
    SweepDoor.objects.create(community=community, round=opened, team=team, dwelling_id=ids["dwelling_id"], position=1)
    sheet = DoorSheet.objects.create(
        community=community,
        round=opened,
        team=team,
        number=1,
        rows=[[str(ids["dwelling_id"]), str(target.pk)]],
        printed_by=name,
    )
    plan = Microplan.objects.create(community=community, round=opened, asked={}, promised={})
    return {
        "round_id": opened.pk, "site_id": site.pk, "call_group_id": group.pk, "target_id": target.pk, "team_id": team.pk,
        "microplan_id": plan.pk, "sheet_id": sheet.pk,
    }  # fmt: skip


def one_in_every_table(community: int) -> None:
    """Make a row in each table that still has none of the community, from what its columns take: none can be forgotten."""
    with scope_of(((community, community + 1),)):
        for model in apps.get_models():
            if issubclass(model, ScopedModel) and not model.objects.filter(community=community).exists():
                columns = [field for field in model._meta.concrete_fields if _has_to_be_told(field)]
                model.objects.create(
                    community=community, **{each.name: _any_value(each, community) for each in columns}
                )


def _has_to_be_told(field: Any) -> bool:
    return not (field.has_default() or field.null or field.name == "community")


def _any_value(field: Any, community: int) -> Any:
    if field.is_relation:
        return field.related_model.objects.filter(community=community)[0]
    if field.choices:
        return field.choices[0][0]
    now = clock.now()
    by_kind = {
        "CharField": "x", "TextField": "x", "BinaryField": b"x", "JSONField": {}, "DateTimeField": now,
        "DateField": now.date(), "UUIDField": uuid7(), "BooleanField": False,
    }  # fmt: skip
    return by_kind.get(field.get_internal_type(), 1)
