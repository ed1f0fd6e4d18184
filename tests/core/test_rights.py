"""What the table of roles promises, for each role and for each department."""

import pytest

from linli.core.rights import NAMING, RIGHTS_OF, RIGHTS_OF_DEPARTMENT, WRITING, Department, Right, Role, rights_of

VIEWERS = (Role.SUBDISTRICT_VIEWER, Role.DISTRICT_VIEWER, Role.CITY_VIEWER)


def test_every_role_and_every_department_has_its_line() -> None:
    assert set(RIGHTS_OF) == set(Role)
    assert set(RIGHTS_OF_DEPARTMENT) == set(Department)


def test_an_auditor_reads_the_audit_chain_and_changes_and_exports_nothing() -> None:
    held = rights_of(Role.AUDITOR)
    assert Right.AUDIT_READ in held
    assert not held & WRITING
    assert not held & {Right.LEDGER_EXPORT, Right.IDENTITY_UNMASK}


@pytest.mark.parametrize("role", VIEWERS)
def test_a_viewer_sees_figures_and_nobody_by_name(role: Role) -> None:
    assert rights_of(role) == {Right.FIGURES_READ}
    assert not rights_of(role) & (NAMING | WRITING)


def test_an_entry_clerk_edits_people_without_export_and_without_figures() -> None:
    held = rights_of(Role.ENTRY_CLERK)
    assert {Right.PERSON_WRITE, Right.PERSON_SEARCH, Right.LEDGER_IMPORT} <= held
    assert not held & {Right.LEDGER_EXPORT, Right.FIGURES_READ, Right.ROUND_READ, Right.IDENTITY_UNMASK}


@pytest.mark.parametrize("department", Department)
def test_a_department_changes_nothing(department: Department) -> None:
    held = rights_of(Role.DEPARTMENT, department)
    assert Right.FIGURES_READ in held
    assert not held & WRITING


def test_a_grant_of_a_department_that_names_none_shows_figures_only() -> None:
    assert rights_of(Role.DEPARTMENT) == {Right.FIGURES_READ}


def test_only_who_runs_a_community_manages_accounts() -> None:
    assert {role for role in Role if Right.USERS_MANAGE in rights_of(role)} == {Role.ADMINISTRATOR, Role.COORDINATOR}


def test_whoever_reads_a_round_door_by_door_reads_its_figures() -> None:
    held = [*map(rights_of, Role), *RIGHTS_OF_DEPARTMENT.values()]
    assert all(Right.FIGURES_READ in rights for rights in held if Right.ROUND_READ in rights)
