"""Adding and editing a project as a person does it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.when import When
from portal.projects.models import Project
from portal.projects.queries import sets_of
from portal.sources.facts import Pair
from portal.sources.models import Statement
from tests.factories import accounts, changing, frameworks, partners, projects, sources

PLAN = {
    "name_cs": "Podpora reintegrace", "name_en": "Support for reintegration", "full_title_en": "Reintegration Support",
    "acronym": "REIN", "status": "2", "status_basis": "stated", "status_on": "27. 8. 2014", "planned_start": "únor 2013",
    "planned_end": "2015", "cz_role_cs": "vede", "description_cs": "Návrat a začlenění.", "website": "www.iom.int/ge",
    "note_cs": "Poznámka", "reference": "MV-1/OAM-2013", "placeholder": "1",
}  # fmt: skip


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """Two frameworks, a country, a theme, a document, a project with a part; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        mine, other = frameworks.framework(s, "Partnerství pro mobilitu"), frameworks.framework(s, "Pražský proces")
        umbrella = projects.project(s, "Cílená iniciativa", framework=other, actual_start=When("2012-08"))
        made = {
            "mine": mine, "other": other, "umbrella": umbrella, "part": projects.project(s, "PP1", umbrella=umbrella),
            "country": partners.country(s), "theme": projects.theme(s), "document": sources.document(s, "Zpráva o činnosti"),
        }  # fmt: skip
        return {name: record.id for name, record in made.items()}


def project_called(s, name: str) -> Project:
    return s.scalar(select(Project).where(Project.name_cs == name))


def test_every_unit_of_a_new_project_is_kept_with_its_source(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["mine"]])
    page = client.get("/projects/add")
    typed = PLAN | {
        "framework": str(scene["mine"]), "further_frameworks": [str(scene["other"])], "countries": [str(scene["country"])],
        "themes": [str(scene["theme"])], "sectors": ["15190"], "source": "Zpráva o činnosti", "source_place": "s. 4",
        "source_quotation": "projekt reintegrace", "source_reason": "nový projekt",
    }  # fmt: skip
    shown = client.follow(client.submit(page, fields=typed))
    assert shown.h1 == "Podpora reintegrace"
    with transaction.unit(engine) as s:
        project = project_called(s, "Podpora reintegrace")
        assert (project.acronym, project.status, project.status_basis) == ("REIN", "2", "stated")
        assert project.reference == "MV-1/OAM-2013"
        assert (project.status_on, project.planned_start) == (When("2014-08-27"), When("2013-02"))
        assert (project.website, project.placeholder, project.certainty) == ("https://www.iom.int/ge", True, "document")
        assert (project.cz_role_cs, project.full_title_en, project.note_cs) == (
            "vede",
            "Reintegration Support",
            "Poznámka",
        )
        assert sets_of(s, project.id) == {
            "further_frameworks": [scene["other"]], "countries": [scene["country"]], "themes": [scene["theme"]],
            "sectors": ["15190"],
        }  # fmt: skip
        stated = s.scalars(select(Statement).where(Statement.record_id == project.id)).all()
        assert {st.certainty for st in stated} == {"document"}
        assert {"name", "acronym", "status", "planned_start", "description"} <= {st.field for st in stated}
        assert all(st.citations[0].quotation == "projekt reintegrace" for st in stated)


def test_what_is_emptied_is_not_stated_any_more_and_never_zero(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/projects/{scene['umbrella']}/edit")
    assert page.value("actual_start") == "srpen\xa02012"
    client.submit(page, actual_start="", acronym="")
    with transaction.unit(engine) as s:
        project = s.get(Project, scene["umbrella"])
        assert (project.actual_start, project.acronym) == (None, None)


def test_saving_without_a_change_writes_no_new_statement(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    client.submit(client.get(f"/projects/{scene['umbrella']}/edit"))
    with transaction.unit(engine) as s:
        assert len(s.scalars(select(Statement).where(Statement.record_id == scene["umbrella"])).all()) == 2


def test_a_source_without_any_changed_fact_is_not_swallowed(scene, client_as) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/projects/{scene['umbrella']}/edit")
    refused = client.submit(page, 422, source="Zpráva o činnosti", note_cs="jen poznámka")
    assert refused.errors()[0].startswith("Zdroj : Nezměnili jste žádný údaj")
    assert refused.value("note_cs") == "jen poznámka"


def test_rules_speak_at_their_fields_in_both_languages(scene, client_as) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/projects/{scene['umbrella']}/edit")
    refused = client.submit(page, 422, actual_end="2010", status_basis="stated", fields={"status": ""})
    assert refused.errors() == [
        "Stav : Vyberte stav, nebo uveďte, že ho nelze určit.",
        "Skutečný konec : Konec je dříve než začátek. Opravte jedno z obou dat, nebo je napište méně přesně.",
    ]
    client.speak("en")
    english = client.submit(page, 422, actual_end="2010")
    assert english.errors() == [
        "Actual end : The end lies before the start. Correct one of the two dates, or write them less precisely."
    ]
    assert english.value("actual_end") == "2010"


def test_an_editor_is_offered_only_places_where_they_may_write(scene, client_as) -> None:
    client = client_as("editor", frameworks=[scene["mine"]])
    page = client.get("/projects/add")
    offered = [o["value"] for o in page.soup.select("select[name=framework] option")]
    assert offered == ["", str(scene["mine"])]
    assert [o["value"] for o in page.soup.select("select[name=umbrella] option")] == [""]
    nowhere = client.submit(page, 422, name_cs="Nový")
    assert nowhere.errors() == [
        "Část zastřešujícího projektu : Vyberte rámec, nebo zastřešující projekt, jehož je částí."
    ]
    elsewhere = client.submit(page, 422, name_cs="Nový", framework=str(scene["other"]))
    assert elsewhere.value("name_cs") == "Nový"
    client.get(f"/projects/{scene['umbrella']}/edit", 403)
    assert "Upravit" not in client.get(f"/projects/{scene['umbrella']}").text


def test_a_part_without_a_framework_is_edited_by_who_edits_its_umbrella(scene, client_as) -> None:
    client = client_as("editor", frameworks=[scene["other"]])
    page = client.get(f"/projects/{scene['part']}/edit")
    assert client.submit(page, acronym="PP1").status == 303


def test_viewers_have_no_forms(scene, client_as) -> None:
    client = client_as("viewer")
    client.get("/projects/add", 403)
    client.get(f"/projects/{scene['umbrella']}/edit", 403)


def test_a_project_made_confidential_is_gone_for_those_not_named(scene, client_as, engine) -> None:
    client, other = client_as("editor", everywhere=True), client_as("administrator")
    with transaction.unit(engine) as s:
        third = accounts.person(s, "viewer", name="Vít Čtenář").id
        me = s.scalar(select(Person.id).where(Person.role == "editor"))
    page = client.get(f"/projects/{scene['umbrella']}/edit")
    assert page.value("readers") == str(me)
    client.submit(page, confidential="1", readers=[str(me), str(third)])
    assert client.get(f"/projects/{scene['umbrella']}").status == 200
    other.get(f"/projects/{scene['umbrella']}", 404)
    other.get(f"/projects/{scene['umbrella']}/edit", 404)
    edit = client.get(f"/projects/{scene['umbrella']}/edit")
    assert edit.value("readers") == [str(me), str(third)]
    gone = client.submit(edit, readers=[str(third)])
    assert gone.location == "/projects"
    client.get(f"/projects/{scene['umbrella']}", 404)


def test_the_responsible_person_stays_though_disabled_meanwhile(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s:
        someone = accounts.person(s, "editor", name="Jana Nová")
        with changing(s):
            s.get(Project, scene["umbrella"]).responsible_id = someone.id
            s.flush()
        someone.active = False
        someone_id = someone.id
    client = client_as("editor", everywhere=True)
    page = client.get(f"/projects/{scene['umbrella']}/edit")
    assert page.value("responsible") == str(someone_id)
    client.submit(page, acronym="X")
    with transaction.unit(engine) as s:
        assert s.get(Project, scene["umbrella"]).responsible_id == someone_id


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_the_pages_are_good_in_both_languages(scene, client_as, lang: str) -> None:
    client = client_as("administrator")
    client.speak(lang)
    assert client.get("/projects/add").h1 == {"cs": "Přidat projekt", "en": "Add a project"}[lang]
    assert client.get(f"/projects/{scene['umbrella']}/edit").h1.endswith("Cílená iniciativa")


def test_a_duplicate_takes_over_what_a_project_is_and_not_what_became_of_it(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        first = projects.project(
            s, "Projekt 1", framework=frameworks.framework(s, "Rámec"), status="2", actual_start=When("2013-02"),
            planned_end=When("2015"), reference="MV-1", description=Pair("Popis", ""),
        ).id  # fmt: skip
    client = client_as("editor", everywhere=True)
    page = client.get(f"/projects/add?like={first}")
    assert page.value("name_cs") == "Projekt 1 (kopie)" and page.value("description_cs") == "Popis"
    assert (page.value("planned_end"), page.value("actual_start"), page.value("reference")) == ("2015", "", "")
    made = client.follow(client.submit(page, fields={"status": "1"}))
    assert made.h1 == "Projekt 1 (kopie)" and "Duplikovat" in made.text
    client.get("/projects/add?like=999999")
