"""Two people report the status of one record: what one of them did not touch never takes back what the other reported."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.progress.models import StatusUpdate
from portal.projects.actions import edit_project
from portal.projects.models import Project
from portal.sources.queries import facts_of
from tests.factories import changing, frameworks, projects


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A framework and a project in it that is being implemented; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces")
        project = projects.project(s, "ERIS", framework=top, status="2", status_on=When("2014-08-27"))
        return {"framework": top.id, "project": project.id}


@pytest.fixture
def two(client_as):
    """Two colleagues' browsers."""
    return client_as("editor", everywhere=True, name="Jana Malá"), client_as(
        "editor", everywhere=True, name="Petr Velký"
    )


def path_of(scene) -> str:
    return f"/records/{scene['project']}/status"


def held(engine, scene) -> tuple:
    with transaction.unit(engine) as s:
        project = s.get(Project, scene["project"])
        return project.status, project.light


def reports(engine) -> list[tuple]:
    with transaction.unit(engine) as s:
        rows = s.scalars(select(StatusUpdate).order_by(StatusUpdate.id))
        return [(u.status, u.light, u.happened, u.next_steps) for u in rows]


def cells(page, unit: str) -> list[str]:
    """As opened, theirs, mine: what the page of clashes says of one unit."""
    row = page.soup.find("input", attrs={"name": f"choose-{unit}"}).find_parent("tr")
    texts = [cell.find(class_="pre") or cell.find("label") for cell in row.find_all("td")]
    return [" ".join(text.get_text(" ").split()).split(": ")[-1] for text in texts]


def test_a_note_alone_does_not_take_back_the_status_and_light_reported_meanwhile(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), fields={"status": "4"}, light="bad", happened="Projekt skončil.")
    second.submit(mine, happened="Seminář v Praze.", next_steps="Doložit konec.")
    assert held(engine, scene) == ("4", "bad")
    assert reports(engine) == [
        ("4", "bad", "Projekt skončil.", ""),
        (None, "bad", "Seminář v Praze.", "Doložit konec."),
    ]


def test_a_light_cleared_meanwhile_stays_cleared(scene, two, engine) -> None:
    first, second = two
    first.submit(first.get(path_of(scene)), light="bad")
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), light="", happened="Neumíme posoudit.")
    second.submit(mine, happened="Seminář v Praze.")
    assert held(engine, scene) == ("2", None)


def test_what_only_i_changed_is_mine_and_what_only_they_changed_is_theirs(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), fields={"status": "3"}, happened="Dokončuje se.")
    second.submit(mine, light="warn")
    assert held(engine, scene) == ("3", "warn")


def test_the_same_status_reported_by_both_is_no_clash(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), fields={"status": "4"}, light="ok")
    second.submit(mine, fields={"status": "4"}, light="ok", happened="I já to slyšel.")
    assert held(engine, scene) == ("4", "ok")
    assert [happened for *_rest, happened, _next in reports(engine)] == ["", "I já to slyšel."]


def test_two_different_reports_are_shown_as_base_theirs_and_mine_and_the_texts_stay(scene, two, engine) -> None:
    first, second = two
    path = f"{path_of(scene)}?next_stale=0"
    mine = second.get(path)
    first.submit(first.get(path), fields={"status": "4"}, light="ok", happened="Projekt skončil.")
    typed = {"status": "3", "light": "bad", "happened": "Chybí závěrečná zpráva.", "next_steps": "Urgovat."}
    clash = second.submit(mine, 409, typed)
    assert clash.h1 == "Dvě změny najednou"
    assert "Jana Malá" in clash.text
    assert cells(clash, "status") == ["v realizaci", "ukončeno", "dokončování"]
    assert cells(clash, "light") == ["neuvedeno", "V pořádku", "Vážné"]
    assert "Chybí závěrečná zpráva." in clash.text and "Urgovat." in clash.text
    assert held(engine, scene) == ("4", "ok") and len(reports(engine)) == 1

    unsaid = second.submit(clash, 409, **{"choose-status": "theirs"})
    assert {name: unsaid.value(name) for name in typed} == typed
    done = second.submit(unsaid, **{"choose-status": "theirs", "choose-light": "mine"})
    assert done.location == "/work"
    assert held(engine, scene) == ("4", "bad")
    assert reports(engine)[1] == ("4", "bad", "Chybí závěrečná zpráva.", "Urgovat.")


def test_my_choice_becomes_a_statement_and_theirs_stays_beside_it(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), fields={"status": "4"})
    clash = second.submit(mine, 409, fields={"status": "5"})
    second.submit(clash, **{"choose-status": "mine"})
    with transaction.unit(engine) as s:
        project = s.get(Project, scene["project"])
        view = facts_of(s, SYSTEM, project)[project.id]["status"]
        assert project.status == view.lead.value == "5"
        assert [claim.value for claim in view.others] == ["2", "4"]


def test_a_third_report_meanwhile_is_asked_about_too(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), fields={"status": "4"})
    clash = second.submit(mine, 409, fields={"status": "3"}, happened="Moje.")
    first.submit(first.get(path_of(scene)), fields={"status": "5"})
    again = second.submit(clash, 409, **{"choose-status": "mine"})
    second.submit(again, **{"choose-status": "mine"})
    assert held(engine, scene) == ("3", None)
    assert reports(engine)[-1] == ("3", None, "Moje.", "")


def test_the_rules_run_again_on_what_both_give_together(scene, two, engine) -> None:
    first, second = two
    first.submit(first.get(path_of(scene)), light="ok", happened="Běží.")
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), light="", happened="Neumíme posoudit.")
    refused = second.submit(mine, 422, fields={"status": ""}, next_steps="Doložit konec.")
    assert refused.errors() == [
        "Jana Malá: záznam se mezitím změnil. Obě změny jsou níže spojeny.",
        "Co se stalo : Zpráva nic neříká: vyberte semafor nebo stav, nebo napište, co se stalo.",
    ]
    assert (refused.value("light"), refused.value("next_steps")) == ("", "Doložit konec.")
    assert len(reports(engine)) == 2
    second.submit(refused, happened="Seminář.")
    assert reports(engine)[-1] == (None, None, "Seminář.", "Doložit konec.")


def test_a_report_for_a_day_that_is_past_says_what_held_then(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), fields={"status": "4"}, light="ok")
    second.submit(mine, held_on="červen 2015", light="warn", happened="Seminář v Praze.")
    assert held(engine, scene) == ("4", "ok")
    assert reports(engine)[-1] == (None, "warn", "Seminář v Praze.", "")


def test_another_edit_of_the_project_meanwhile_is_kept(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path_of(scene))
    path = f"/projects/{scene['project']}/edit"
    first.submit(first.get(path), fields={"status": "5"}, acronym="ERIS-1")
    second.submit(mine, light="ok")
    assert held(engine, scene) == ("5", "ok")
    with transaction.unit(engine) as s:
        assert s.get(Project, scene["project"]).acronym == "ERIS-1"


def test_both_reports_of_a_framework_are_written(scene, two, engine) -> None:
    first, second = two
    path = f"/records/{scene['framework']}/status"
    mine = second.get(path)
    first.submit(first.get(path), light="bad", happened="Jednání odpadlo.")
    second.submit(mine, light="ok", happened="Jednání se konalo.")
    assert reports(engine) == [
        (None, "bad", "Jednání odpadlo.", ""),
        (None, "ok", "Jednání se konalo.", ""),
    ]


def test_a_source_named_for_what_happened_needs_no_change_of_status(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path_of(scene))
    first.submit(first.get(path_of(scene)), fields={"status": "4"})
    second.submit(mine, happened="Seminář.", source_title="Zpráva", source_address="https://mv.cz/zprava")
    with transaction.unit(engine) as s:
        last = s.scalars(select(StatusUpdate).order_by(StatusUpdate.id.desc())).first()
        assert facts_of(s, SYSTEM, last)[last.id]["happened"].lead.cited[0].document.address == "https://mv.cz/zprava"


@pytest.mark.parametrize("version", ["999999", "-1", "abc", ""])
def test_a_version_that_never_was_writes_nothing_and_keeps_what_was_typed(scene, two, engine, version: str) -> None:
    page = two[0].get(path_of(scene))
    refused = two[0].submit(page, 422, version=version, happened="Seminář.")
    assert refused.value("happened") == "Seminář."
    assert reports(engine) == []


def test_of_two_reports_sent_at_the_same_moment_one_is_written_and_one_is_asked(scene, two, engine) -> None:
    opened = [client.get(path_of(scene)).values() for client in two]
    sent = [data | {"status": status} for data, status in zip(opened, "45", strict=True)]
    start, answers = threading.Barrier(2), []

    def send(client, data) -> None:
        start.wait()
        answers.append(client.browser.post(path_of(scene), data=data).status_code)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(two, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [303, 409]
    assert len(reports(engine)) == 1 and held(engine, scene)[0] in "45"


def test_a_report_sent_twice_stands_once(scene, two, engine) -> None:
    first, second = two
    form = first.get(path_of(scene))
    said = {"light": "warn", "happened": "Seminář v Praze."}
    first.submit(form, fields={"status": "3"}, **said)
    again = first.follow(first.submit(form, fields={"status": "3"}, **said))
    assert "už byla uložena; je tu jednou" in " ".join(again.soup.select_one(".flashes").get_text(" ").split())
    assert reports(engine) == [("3", "warn", "Seminář v Praze.", "")]
    second.submit(second.get(path_of(scene)), **said)
    assert len(reports(engine)) == 2, "what a colleague says too is a report of theirs"
    first.submit(first.get(path_of(scene)), light="warn", happened="Seminář v Praze.", next_steps="Zápis.")
    assert len(reports(engine)) == 3


def test_a_status_that_was_edited_since_is_reported_again(scene, two, engine) -> None:
    first, _second = two
    said = {"happened": "Dokončuje se."}
    first.submit(first.get(path_of(scene)), fields={"status": "3"}, **said)
    with transaction.unit(engine) as s, changing(s):
        edit_project(s, SYSTEM, s.get(Project, scene["project"]), {"status": "2"})
    first.submit(first.get(path_of(scene)), fields={"status": "3"}, **said)
    assert held(engine, scene) == ("3", None) and len(reports(engine)) == 2
