"""Who may know of a confidential record is kept by every save that did not touch it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts import actions as accounts_actions
from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import RecordReader
from portal.projects.models import Project
from tests.factories import accounts, changing, projects


@pytest.fixture
def project_id(engine) -> int:
    with transaction.unit(engine) as s, changing(s):
        return projects.project(s, "ERIS", acronym="ERIS").id


@pytest.fixture
def two(client_as):
    return client_as("editor", everywhere=True, name="Jana Malá"), client_as(
        "editor", everywhere=True, name="Petr Velký"
    )


@pytest.fixture
def people(engine, two) -> dict[str, str]:
    """Ids by name, as a form sends them."""
    with transaction.unit(engine) as s:
        accounts.person(s, name="Věra Tichá")
        return {name: str(i) for i, name in s.execute(select(Person.id, Person.name))}


def readers(engine, record_id: int) -> set[str]:
    with transaction.unit(engine) as s:
        of_it = select(Person.name).join(RecordReader, RecordReader.person_id == Person.id)
        return set(s.scalars(of_it.where(RecordReader.record_id == record_id)))


ALL = {"Jana Malá", "Petr Velký", "Věra Tichá"}


def test_a_form_opened_before_the_record_became_confidential_takes_nobodys_name_away(
    engine, project_id, two, people
) -> None:
    first, second = two
    path = f"/projects/{project_id}/edit"
    mine = second.get(path)
    first.submit(first.get(path), confidential="y", readers=[people[name] for name in ALL])
    second.submit(mine, acronym="ERIS-2")
    assert readers(engine, project_id) == ALL
    with transaction.unit(engine) as s:
        project = s.get(Project, project_id)
        assert (project.acronym, project.confidential) == ("ERIS-2", True)


def test_two_different_choices_of_readers_are_a_clash_and_the_choice_holds(engine, project_id, two, people) -> None:
    first, second = two
    path = f"/projects/{project_id}/edit"
    first.submit(first.get(path), confidential="y", readers=[people["Jana Malá"], people["Petr Velký"]])
    mine = second.get(path)
    first.submit(first.get(path), readers=[people[name] for name in ALL])
    clash = second.submit(mine, 409, readers=[people["Petr Velký"]])
    row = clash.soup.find("input", attrs={"name": "choose-readers"}).find_parent("tr")
    assert "Jana Malá, Petr Velký, Věra Tichá" in row.get_text(" ")
    assert readers(engine, project_id) == ALL
    second.submit(clash, **{"choose-readers": "mine"})
    assert readers(engine, project_id) == {"Petr Velký"}


def test_a_disabled_reader_stays_named_until_the_name_is_taken_away(engine, project_id, two, people) -> None:
    first, _second = two
    path = f"/projects/{project_id}/edit"
    first.submit(first.get(path), confidential="y", readers=[people[name] for name in ALL])
    with transaction.unit(engine) as s, changing(s):
        accounts_actions.disable_person(s, SYSTEM, s.get_one(Person, int(people["Věra Tichá"])))
    first.submit(first.get(path), note_cs="poznámka")
    assert readers(engine, project_id) == ALL
    first.submit(first.get(path), readers=[people["Jana Malá"]])
    assert readers(engine, project_id) == {"Jana Malá"}
