"""The register as a JSON list, one object a person, for other systems."""

import json
from pathlib import Path
from typing import Any

from linli.registry.export.lines import Line
from linli.registry.models import Person
from linli.registry.rules import Tenure

SEX_WORDS = {Person.Sex.MALE.value: "男", Person.Sex.FEMALE.value: "女"}


def write_json(path: Path, lines: list[Line], _title: str) -> None:
    """Write everybody as a list of objects."""
    people = [_person(line) for line in lines if line.person]
    with path.open("w", encoding="utf-8") as file:
        json.dump(people, file, ensure_ascii=False, indent=1)


def _person(line: Line) -> dict[str, Any]:
    person = line.person
    assert person is not None
    return {
        "name": person.name,
        "sex": SEX_WORDS.get(person.sex, ""),
        "birth": person.birth.isoformat() if person.birth else None,
        "id_number": person.id_number,
        "id_kind": person.id_kind,
        "phones": list(person.phones),
        "household_id": str(line.household_id) if line.household_id else None,
        **line.address._asdict(),
        "relation": person.relation,
        "residency_kind": person.residency_kind,
        "hukou_division": person.hukou_division,
        "care_needs": list(person.care_needs),
        "landlord": _landlord(line.tenure),
        "flags": list(line.flags),
    }


def _landlord(tenure: Tenure) -> dict[str, Any] | None:
    if not tenure.landlord_name and not tenure.landlord_phones:
        return None
    return {"name": tenure.landlord_name, "phones": list(tenure.landlord_phones)}
