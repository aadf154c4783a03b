"""Correcting a status update: what it says then, what the project repeats, and the form."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import clock, transaction
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.history import twin
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.progress import queries
from portal.progress.actions import correct_update
from portal.progress.models import StatusUpdate
from portal.progress.rules import latest
from portal.projects.models import Project
from portal.sources.actions import Support
from portal.sources.queries import facts_of
from tests.factories import accounts, changing, frameworks, progress, projects, sources


def correct(s: Session, update: StatusUpdate, backed: Support | None = None, **values) -> None:
    with changing(s):
        correct_update(s, SYSTEM, update, values, backed or Support())


@pytest.mark.parametrize(
    ("days", "held"),
    [
        ([], None),
        (["2015"], 1),
        (["2015", "2016"], 2),
        (["2016", "2015"], 1),
        (["2016", "2016-05-01"], 2),
        (["2016", "2015", "2016-01"], 3),
    ],
)
def test_the_last_written_that_is_not_surely_older_holds(days: list[str], held: int | None) -> None:
    updates = [StatusUpdate(id=n, held_on=When(day)) for n, day in enumerate(days, 1)]
    top = latest(updates)
    assert (top and top.id) == held


def test_a_project_repeats_the_corrected_latest_update(s: Session) -> None:
    project = projects.project(s, status="2", status_on=When("2014"), backed=sources.support(s))
    update = progress.update(s, project, "2015-06", light="bad", status="5", happened="Zrušeno.")
    correct(s, update, light="ok", status="4", held_on=When("2015-07"))
    assert (project.light, project.status, project.status_on) == ("ok", "4", When("2015-07"))
    assert (project.reported_on, update.happened, update.written_on) == (clock.today(), "Zrušeno.", clock.today())
    assert facts_of(s, SYSTEM, project)[project.id]["status"].lead.value == "4"


def test_an_update_moved_before_another_gives_the_project_back_to_that_one(s: Session) -> None:
    project = projects.project(s)
    backed = sources.support(s, "public", "the project is finalised")
    progress.update(s, project, "2015-06", backed, light="ok", status="3")
    wrong = progress.update(s, project, "2016-06", light="bad", status="5")
    assert (project.light, project.status) == ("bad", "5")
    correct(s, wrong, held_on=When("2014-06"))
    assert (project.light, project.status, project.status_on) == ("ok", "3", When("2015-06"))
    lead = facts_of(s, SYSTEM, project)[project.id]["status"].lead
    assert (lead.statement.certainty, lead.cited[0].citation.quotation) == ("public", "the project is finalised")


def test_a_status_that_stays_rests_again_on_what_the_update_before_rests_on(s: Session) -> None:
    project = projects.project(s)
    progress.update(s, project, "2015-06", sources.support(s, "public", "closed", unsure=True), status="4")
    wrong = progress.update(s, project, "2016-06", status="4")
    assert (project.status_basis, project.status_on) == ("stated", When("2016-06"))
    correct(s, wrong, held_on=When("2014-06"))
    assert (project.status, project.status_basis, project.status_on) == ("4", "derived", When("2015-06"))
    lead = facts_of(s, SYSTEM, project)[project.id]["status"].lead
    assert (lead.statement.certainty, lead.cited[0].citation.quotation) == ("unsure", "closed")


def test_an_earlier_update_moved_to_the_end_is_repeated(s: Session) -> None:
    project = projects.project(s)
    progress.update(s, project, "2015-06", light="ok", status="3")
    late = progress.update(s, project, "2014-06", light="warn", status="2")
    assert (project.light, project.status) == ("ok", "3")
    correct(s, late, held_on=When("2016"))
    assert (project.light, project.status, project.status_on) == ("warn", "2", When("2016"))


def test_a_status_taken_back_leaves_the_one_of_the_update_before(s: Session) -> None:
    project = projects.project(s)
    first = progress.update(s, project, "2015", status="3", light="ok")
    last = progress.update(s, project, "2016", status="4", light="warn")
    correct(s, last, status=None)
    assert (project.status, project.status_on, project.light) == ("3", When("2015"), "warn")
    correct(s, first, status=None)
    assert (project.status, project.status_on) == ("3", When("2015"))


def test_a_status_known_from_elsewhere_since_is_not_touched(s: Session) -> None:
    project = projects.project(s, status="4", status_on=When("2017"), backed=sources.support(s))
    update = progress.update(s, project, "2015-06", light="ok", status="2")
    correct(s, update, status="3", light="bad")
    assert (project.status, project.status_on, project.light, project.reported_on) == ("4", When("2017"), None, None)


def test_corrected_words_rest_on_the_source_they_rested_on_or_on_the_new_one(s: Session) -> None:
    project = projects.project(s)
    update = progress.update(s, project, "2015", sources.support(s, "public", "closed"), happened="Ukončneo.")
    correct(s, update, happened="Ukončeno.")
    view = facts_of(s, SYSTEM, update)[update.id]["happened"]
    assert [(c.value, c.cited[0].citation.quotation) for c in view.claims] == [("Ukončeno.", "closed")]
    correct(s, update, sources.support(s, "ministry", "zastaveno"), happened="Zastaveno.")
    view = facts_of(s, SYSTEM, update)[update.id]["happened"]
    assert [(c.value, c.statement.certainty) for c in view.claims] == [("Zastaveno.", "document")]
    assert not view.disputed
    correct(s, update, happened=None, light="ok")
    assert update.happened == "" and facts_of(s, SYSTEM, update)[update.id]["happened"].claims == ()


def test_a_correction_says_something_too_and_changes_nothing_where_it_does_not(s: Session) -> None:
    update = progress.update(s, projects.project(s), "2015", light="ok")
    with changing(s), pytest.raises(InvalidInput) as refused:
        correct_update(s, SYSTEM, update, {"light": None})
    assert refused.value.errors == {"happened": "says_nothing"}
    assert update.light == "ok"


def test_who_may_not_write_there_may_not_correct(s: Session) -> None:
    update = progress.update(s, projects.project(s, framework=frameworks.framework(s, "Rámec")), "2015", light="ok")
    elsewhere = accounts.actor(s, "editor", frameworks=[frameworks.framework(s, "Jinde").id])
    with changing(s), pytest.raises(Forbidden):
        correct_update(s, elsewhere, update, {"light": "bad"})


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A project and a framework with one update each; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces")
        project = projects.project(s, "ERIS", framework=top, status="2")
        made = {"framework": top, "project": project}
        made |= {
            "update": progress.update(s, project, "2015-06", light="bad", status="5", happened="Seminář v Plzni."),
            "of_framework": progress.update(s, top, "2015", happened="Jednání se konalo."),
        }
        return {name: record.id for name, record in made.items()}


def test_an_update_is_corrected_from_the_profile_which_says_who_did(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]], name="Jana Nová")
    profile = client.get(f"/projects/{scene['project']}")
    assert "opraveno" not in profile.text
    page = client.get(profile.link("opravit : k červnu 2015"))
    assert (page.value("light"), page.value("status"), page.value("happened")) == ("bad", "5", "Seminář v Plzni.")
    assert "Zapsáno" in page.text and page.soup.find(attrs={"name": "source_reason"})
    shown = client.follow(
        client.submit(page, light="ok", happened="Seminář v Praze.", source_reason="jiné město", fields={"status": "4"})
    )
    assert "Seminář v Praze." in shown.text and "Seminář v Plzni." not in shown.soup.find(id="status").get_text()
    assert "Jana Nová" in shown.soup.find(id="status").get_text()
    assert "Naposledy opraveno" in client.get(f"/updates/{scene['update']}/edit").text
    client.speak("en")
    assert "Last corrected by Jana Nová" in client.get(f"/updates/{scene['update']}/edit").text
    with transaction.unit(engine) as s:
        project = s.get_one(Project, scene["project"])
        assert (project.light, project.status) == ("ok", "4")
        past = twin(StatusUpdate.__table__)
        told = s.scalars(select(past.c.happened).where(past.c.id == scene["update"]).order_by(past.c.change_from)).all()
        assert told == ["Seminář v Plzni.", "Seminář v Praze."]
        [(name, _at)] = queries.corrections(s, [scene["update"], scene["of_framework"]]).values()
        assert name == "Jana Nová"
    history = client.get(f"/records/{scene['project']}/history").text
    assert "Seminář v Plzni." in history and "jiné město" in history


def test_a_status_cleared_in_the_form_is_taken_back_and_one_left_alone_stays(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    path = f"/updates/{scene['update']}/edit"
    for fields, status in (({"happened": "Seminář v Praze."}, "5"), ({"status": ""}, None)):
        client.submit(client.get(path), fields=fields)
        with transaction.unit(engine) as s:
            update = s.get_one(StatusUpdate, scene["update"])
            assert (update.happened, update.status) == ("Seminář v Praze.", status)


def test_a_source_is_named_for_what_is_corrected_only(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s:
        sources.document(s, "Zpráva")
    client = client_as("editor", everywhere=True)
    page = client.get(f"/updates/{scene['update']}/edit")
    assert "Nezměnili jste" in client.submit(page, 422, source="Zpráva").errors()[0]
    client.submit(page, source="Zpráva", happened="Seminář v Praze.")
    with transaction.unit(engine) as s:
        view = facts_of(s, SYSTEM, s.get_one(StatusUpdate, scene["update"]))[scene["update"]]["happened"]
        assert [(c.value, c.statement.certainty) for c in view.claims] == [("Seminář v Praze.", "document")]


def test_two_corrections_at_once_are_joined_or_asked_about(scene, client_as, engine) -> None:
    first, second = client_as("editor", everywhere=True, name="Jana Malá"), client_as("editor", everywhere=True)
    path = f"/updates/{scene['update']}/edit"
    mine, other = second.get(path), second.get(path)
    first.submit(first.get(path), light="warn")
    second.submit(mine, happened="Seminář v Praze.")
    with transaction.unit(engine) as s:
        update = s.get_one(StatusUpdate, scene["update"])
        assert (update.light, update.happened) == ("warn", "Seminář v Praze.")
    clash = second.submit(other, 409, light="ok")
    second.submit(clash, **{"choose-light": "mine"})
    with transaction.unit(engine) as s:
        assert s.get_one(StatusUpdate, scene["update"]).light == "ok"


def test_the_update_of_a_framework_has_no_status_here(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/updates/{scene['of_framework']}/edit")
    assert page.soup.find(attrs={"name": "status"}) is None
    assert client.submit(page, 422, happened="").errors() == [
        "Co se stalo : Zpráva nic neříká: vyberte semafor nebo stav, nebo napište, co se stalo."
    ]
    client.submit(page, light="warn", held_on="březen 2015")
    with transaction.unit(engine) as s:
        update = s.get_one(StatusUpdate, scene["of_framework"])
        assert (update.light, update.held_on, update.status) == ("warn", When("2015-03"), None)


def test_a_correction_is_offered_to_nobody_who_may_not_write_and_no_hidden_update_is_found(
    scene, client_as, engine
) -> None:
    viewer = client_as("viewer")
    assert "opravit" not in viewer.get(f"/projects/{scene['project']}").text
    viewer.get(f"/updates/{scene['update']}/edit", 403)
    editor = client_as("editor", everywhere=True)
    editor.get("/updates/999999/edit", 404)
    with transaction.unit(engine) as s, changing(s):
        from portal.kernel.settling import settle

        project = s.get_one(Record, scene["project"])
        project.confidential = True
        settle(s, [project])
    editor.get(f"/updates/{scene['update']}/edit", 404)
    assert "Seminář" not in editor.get("/updates").text


def test_a_report_that_only_moved_to_another_record_is_not_called_corrected(office) -> None:
    update = office.report("petr", of="other")

    def move(to: str) -> None:
        with office.acting("system") as (s, _actor):
            s.get_one(StatusUpdate, update).of_id = office.ids[to]

    move("project")
    with office.acting("system") as (s, _actor):
        assert queries.corrections(s, [update]) == {}
    move("other")
    with office.acting("petr") as (s, actor):
        correct_update(s, actor, s.get_one(StatusUpdate, update), {"happened": "Podepsáno."})
    with office.acting("system") as (s, _actor):
        corrected = queries.corrections(s, [update])
    move("project")
    with office.acting("system") as (s, _actor):
        assert list(corrected) == [update] and queries.corrections(s, [update]) == corrected
