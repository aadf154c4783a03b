"""Pages of history: who changed what, when, through what and why; what was taken away; the past knows no future."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.history.forms import read_moment
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import Change, change
from portal.partners import actions as partners
from portal.projects.actions import edit_project
from portal.sources.facts import Pair
from tests.factories import accounts, funding

PRAGUE = ZoneInfo("Europe/Prague")


@pytest.fixture
def story(engine):
    """A project renamed once and closed once by an editor, with a reason; ids of the project and of the changes."""
    made = {}
    with transaction.unit(engine) as s:
        project = funding.project(s, "Podpora návratů", status="2")
        commission = funding.organisation(s, "Evropská komise")
        editor = accounts.person(s, "editor", name="Referent odboru", everywhere=True)
        made |= {"project": project.id, "commission": commission.id}
        actor = accounts.queries.actor_of(s, editor)
    made["start"] = last(engine)
    with (
        transaction.unit(engine) as s,
        change(s, actor.person_id, "form", actor_name=actor.name, reason="podle dopisu"),
    ):
        project = s.get_one(Record, made["project"])
        edit_project(s, actor, project, {"name": Pair("Podpora dobrovolných návratů", ""), "status": "4"})
    made["renamed"] = last(engine)
    with transaction.unit(engine) as s, change(s, actor.person_id, "form", actor_name=actor.name):
        role = partners.give_role(
            s,
            actor,
            s.get_one(Record, made["project"]),
            s.get_one(Record, made["commission"]),
            "donor",
            Pair("dárce", "donor"),
        )
        made["role"] = role.id
    made["given"] = last(engine)
    with transaction.unit(engine) as s, change(s, actor.person_id, "form", actor_name=actor.name):
        partners.end_role(s, actor, s.get_one(Record, made["role"]))
    made["ended"] = last(engine)
    return made


def last(engine) -> int:
    with transaction.unit(engine) as s:
        return s.scalars(select(Change.id).order_by(Change.id.desc()).limit(1)).one()


def entries(page) -> list[str]:
    return [" ".join(li.get_text(" ").split()) for li in page.soup.select("ol.hist > li")]


def test_the_history_of_a_record_says_who_what_when_and_why(client_as, story) -> None:
    page = client_as("viewer", lang="cs").get(f"/records/{story['project']}/history")
    told = entries(page)
    assert len(told) == 4
    assert "odebráno: účast Evropská komise, dárce" in told[0]
    assert "přidáno: účast Evropská komise, dárce" in told[1]
    renamed = told[2]
    assert "Referent odboru" in renamed and "formulářem" in renamed and "podle dopisu" in renamed
    assert "Název (česky): Podpora návratů → Podpora dobrovolných návratů" in renamed
    assert "Stav : v realizaci → ukončeno" in renamed
    assert f"/records/{story['project']}/facts/status" in page.links()
    assert renamed.count("Stav ") == 1 and "nevede" not in renamed
    assert "přidáno: projekt" in told[3]
    assert "#" not in "".join(told)


def test_the_past_knows_nothing_of_what_came_after(client_as, story) -> None:
    viewer = client_as("viewer", lang="cs")
    path = f"/records/{story['project']}/history"
    assert len(entries(viewer.get(f"/k/{story['given']}{path}"))) == 3
    assert len(entries(viewer.get(f"/k/{story['start']}{path}"))) == 1
    viewer.get(f"/k/{story['start']}/changes/{story['ended']}", status=404)
    assert "Podpora dobrovolných" not in viewer.get(f"/k/{story['start']}/changes").text


def test_one_change_is_told_whole_and_leads_to_the_portal_after_it(client_as, story) -> None:
    viewer = client_as("viewer", lang="cs")
    page = viewer.get(f"/changes/{story['given']}")
    assert page.h1 == f"Změna {story['given']}"
    assert "přidáno: účast Podpora dobrovolných návratů: Evropská komise, dárce" in page.text
    assert page.link("Portál po této změně") == f"/k/{story['given']}/"
    viewer.get("/changes/999999", status=404)


def test_the_profile_shows_the_latest_changes_and_the_way_to_all(client_as, story) -> None:
    page = client_as("viewer", lang="cs").get(f"/projects/{story['project']}")
    box = page.soup.find(id="history")
    assert len(box.select("ol.hist > li")) == 3
    assert page.link("Všechny změny") == f"/records/{story['project']}/history"


def test_changes_of_a_confidential_record_are_told_to_nobody_who_is_not_named(client_as, engine, story) -> None:
    with transaction.unit(engine) as s, change(s, None, "command", actor_name=SYSTEM.name):
        project = s.get_one(Record, story["project"])
        edit_project(s, SYSTEM, project, {"confidential": True})
        reader = accounts.person(s, "viewer", login="jmenovana")
        accounts.actions.name_reader(s, SYSTEM, project, reader)
    stranger = client_as("administrator", lang="cs")
    stranger.get(f"/records/{story['project']}/history", status=404)
    for path in ("/changes", f"/k/{story['given']}/changes"):
        page = stranger.get(path)
        assert "návratů" not in page.text and "Evropská komise, dárce" not in page.text, path
    for whole in ("renamed", "ended"):
        stranger.get(f"/changes/{story[whole]}", status=404)
    with transaction.unit(engine) as s:
        token = accounts.session_of(s, s.scalars(select(Person).where(Person.login == "jmenovana")).one())
    named = accounts.browser(stranger.app, token)
    assert "návratů" in named.get("/changes").text


@pytest.mark.parametrize(
    ("day", "clock", "meant"),
    [
        ("3. 12. 2026", "9.00", datetime(2026, 12, 3, 9, 0, 59, 999999, PRAGUE)),
        ("2026-12-03", "09:30", datetime(2026, 12, 3, 9, 30, 59, 999999, PRAGUE)),
        ("3. 12. 2026", "", datetime(2026, 12, 3, 23, 59, 59, 999999, PRAGUE)),
        ("prosinec 2026", "", "whole_day"),
        ("2026", "9.00", "whole_day"),
        ("kdysi", "", "day"),
        ("31. 2. 2026", "", "day"),
        ("3. 12. 2026", "25.00", "time"),
        ("3. 12. 2026", "ráno", "time"),
    ],
)
def test_a_moment_is_read_as_people_write_it(day, clock, meant) -> None:
    assert read_moment(day, clock, "cs") == meant


def test_choosing_a_moment_leads_to_the_page_of_that_moment(client_as, story, engine) -> None:
    viewer = client_as("viewer", lang="cs")
    with transaction.unit(engine) as s:
        at = s.get_one(Change, story["ended"]).at.astimezone(PRAGUE)
    back = f"/projects/{story['project']}"
    page = viewer.get(f"/as-of?next={back}&day={at.day}.+{at.month}.+{at.year}", status=303)
    assert page.location == f"/k/{story['ended']}{back}"
    assert viewer.get(page.location).soup.find(class_="asof")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("day=kdysi", "Napište den, například 3. 12. 2025."),
        ("day=2014", "Napište celé datum: den, měsíc a rok."),
        ("day=3.+12.+2026&time=99", "Napište čas"),
        ("day=1.+1.+1990", "Ten den ještě nebylo nic zapsáno."),
        ("day=1.+1.+2190", "Ten den ještě nenastal."),
    ],
)
def test_a_moment_that_cannot_be_shown_is_explained_and_kept(client_as, story, query, said) -> None:
    page = client_as("viewer", lang="cs").get(f"/as-of?{query}", status=422)
    assert said in " ".join(page.errors())
    day = query.split("&")[0].removeprefix("day=").replace("+", " ")
    assert page.soup.find(id="moment-day")["value"] == day
