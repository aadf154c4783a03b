"""Two people edit one record: what does not clash is joined, what clashes is asked, nothing is lost."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from portal.frameworks.models import Framework
from portal.kernel import transaction
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.partners.models import Organisation
from portal.projects.models import Project
from portal.projects.queries import sets_of
from portal.sources.models import Document, Statement
from tests.factories import changing, frameworks, partners, projects, sources


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A project and what it can be tied to; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        made = {
            "project": projects.project(s, "ERIS", acronym="ERIS", framework=frameworks.framework(s, "Pražský proces")),
            "georgia": partners.country(s), "armenia": partners.country(s, "Arménie", "AM"), "theme": projects.theme(s),
            "framework": frameworks.framework(s, "Panel"), "organisation": partners.organisation(s, "IOM"),
            "document": sources.document(s, "Zpráva"),
        }  # fmt: skip
        return {name: record.id for name, record in made.items()}


@pytest.fixture
def two(client_as):
    """Two colleagues' browsers."""
    return client_as("editor", everywhere=True, name="Jana Malá"), client_as(
        "editor", everywhere=True, name="Petr Velký"
    )


def held(engine, record_id: int) -> Project:
    with transaction.unit(engine) as s:
        project = s.get(Project, record_id)
        s.refresh(project)
        s.expunge(project)
        return project


def cells(page, unit: str) -> list[str]:
    """As opened, theirs, mine: what the page of clashes says of one unit."""
    row = page.soup.find("input", attrs={"name": f"choose-{unit}"}).find_parent("tr")
    texts = [cell.find(class_="pre") or cell.find("label") for cell in row.find_all("td")]
    return [" ".join(text.get_text(" ").split()).split(": ")[-1] for text in texts]


def test_what_does_not_clash_is_joined_without_asking(scene, two, engine) -> None:
    first, second = two
    path = f"/projects/{scene['project']}/edit"
    mine = second.get(path)
    first.submit(first.get(path), acronym="ERIS-1", countries=[str(scene["georgia"])])
    second.submit(mine, note_cs="moje poznámka", themes=[str(scene["theme"])], actual_start="únor 2013")
    project = held(engine, scene["project"])
    assert (project.acronym, project.note_cs, project.actual_start) == ("ERIS-1", "moje poznámka", When("2013-02"))
    with transaction.unit(engine) as s:
        sets = sets_of(s, scene["project"])
    assert (sets["countries"], sets["themes"]) == ([scene["georgia"]], [scene["theme"]])


def test_the_second_of_two_edits_of_one_thing_is_shown_base_theirs_and_mine(scene, two, engine) -> None:
    first, second = two
    path = f"/projects/{scene['project']}/edit"
    mine = second.get(path)
    first.submit(first.get(path), acronym="A", countries=[str(scene["georgia"])], note_cs="jejich poznámka")
    clash = second.submit(mine, 409, acronym="B", countries=[str(scene["armenia"])], name_en="Labour migrants")
    assert "Jana Malá" in clash.text
    assert cells(clash, "acronym") == ["ERIS", "A", "B"]
    assert cells(clash, "countries") == ["neuvedeno", "Gruzie", "Arménie"]
    assert not clash.soup.find("input", attrs={"name": "choose-note_cs"})
    project = held(engine, scene["project"])
    assert (project.acronym, project.name_en) == ("A", "")

    unsaid = second.submit(clash, 409, **{"choose-acronym": "mine"})
    assert cells(unsaid, "countries") == ["neuvedeno", "Gruzie", "Arménie"]
    second.submit(clash, **{"choose-acronym": "mine", "choose-countries": "theirs"})
    project = held(engine, scene["project"])
    assert (project.acronym, project.name_en, project.note_cs) == ("B", "Labour migrants", "jejich poznámka")
    with transaction.unit(engine) as s:
        assert sets_of(s, scene["project"])["countries"] == [scene["georgia"]]
        of_it = select(Statement.value).where(Statement.record_id == scene["project"], Statement.field == "acronym")
        stated = s.scalars(of_it.order_by(Statement.id)).all()
        assert stated == ["ERIS", "A", "B"]


def test_the_same_change_made_by_both_is_no_clash(scene, two, engine) -> None:
    first, second = two
    path = f"/projects/{scene['project']}/edit"
    mine = second.get(path)
    first.submit(first.get(path), actual_end="červen 2017")
    second.submit(mine, actual_end="6/2017", note_cs="i tak")
    project = held(engine, scene["project"])
    assert (project.actual_end, project.note_cs) == (When("2017-06"), "i tak")


def test_the_rules_run_again_on_what_both_give_together(scene, two, engine) -> None:
    first, second = two
    path = f"/projects/{scene['project']}/edit"
    mine = second.get(path)
    first.submit(first.get(path), actual_end="2013", acronym="JEJICH")
    refused = second.submit(mine, 422, actual_start="2016", note_cs="moje poznámka")
    assert refused.errors() == [
        "Jana Malá: záznam se mezitím změnil. Obě změny jsou níže spojeny.",
        "Skutečný konec : Konec je dříve než začátek. Opravte jedno z obou dat, nebo je napište méně přesně.",
    ]
    shown = refused.values()
    assert (shown["actual_end"], shown["actual_start"]) == ("2013", "2016")
    assert (shown["acronym"], shown["note_cs"]) == ("JEJICH", "moje poznámka")
    assert held(engine, scene["project"]).actual_start is None

    second.submit(refused, actual_start="2012")
    project = held(engine, scene["project"])
    assert (project.actual_start, project.actual_end) == (When("2012"), When("2013"))
    assert (project.acronym, project.note_cs) == ("JEJICH", "moje poznámka")


def test_a_third_edit_meanwhile_is_asked_about_too(scene, two, engine) -> None:
    first, second = two
    path = f"/projects/{scene['project']}/edit"
    mine = second.get(path)
    first.submit(first.get(path), acronym="A")
    clash = second.submit(mine, 409, acronym="B")
    first.submit(first.get(path), acronym="C")
    again = second.submit(clash, 409, **{"choose-acronym": "mine"})
    assert cells(again, "acronym") == ["ERIS", "C", "B"]
    second.submit(again, **{"choose-acronym": "mine"})
    assert held(engine, scene["project"]).acronym == "B"


def test_a_date_left_as_it_was_is_not_taken_for_a_change(scene, two, engine) -> None:
    first, second = two
    path = f"/projects/{scene['project']}/edit"
    first.submit(first.get(path), planned_start="asi 2013", planned_end="2010–2013")
    mine = second.get(path)
    first.submit(first.get(path), planned_start="únor 2013")
    second.submit(mine, acronym="B")
    project = held(engine, scene["project"])
    assert (project.planned_start, project.planned_end, project.acronym) == (When("2013-02"), When("2010/2013"), "B")


FORMS = {
    "framework": ("/frameworks/{id}/edit", Framework), "organisation": ("/organisations/{id}/edit", Organisation),
    "document": ("/sources/{id}/edit", Document),
}  # fmt: skip


@pytest.mark.parametrize("what", FORMS)
def test_every_edit_form_asks_about_a_clash(scene, two, engine, what: str) -> None:
    first, second = two
    path, model = FORMS[what]
    path = path.format(id=scene[what])
    mine = second.get(path)
    first.submit(first.get(path), note_cs="jejich", name_en="Theirs")
    clash = second.submit(mine, 409, note_cs="moje", reference="MV-7")
    assert cells(clash, "note_cs") == ["neuvedeno", "jejich", "moje"]
    second.submit(clash, **{"choose-note_cs": "mine"})
    with transaction.unit(engine) as s:
        record = s.get(model, scene[what])
        assert (record.note_cs, record.name_en, record.reference) == ("moje", "Theirs", "MV-7")


def test_a_version_that_never_was_writes_nothing_and_keeps_what_was_typed(scene, two, engine) -> None:
    page = two[0].get(f"/projects/{scene['project']}/edit")
    refused = two[0].submit(page, 422, version="4711", acronym="B")
    assert refused.value("acronym") == "B"
    assert held(engine, scene["project"]).acronym == "ERIS"


def test_of_two_edits_sent_at_the_same_moment_one_is_written_and_one_is_asked(scene, two, engine) -> None:
    path = f"/projects/{scene['project']}/edit"
    sent = [page.values() | {"acronym": name} for page, name in zip([c.get(path) for c in two], "AB", strict=True)]
    before = _changes(engine)
    start, answers = threading.Barrier(2), []

    def send(client, data) -> None:
        start.wait()
        answers.append(client.browser.post(path, data=data).status_code)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(two, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [303, 409]
    assert held(engine, scene["project"]).acronym in "AB"
    assert _changes(engine) == before + 1


def _changes(engine) -> int:
    with transaction.unit(engine) as s:
        return s.scalar(select(func.count()).select_from(Change))
