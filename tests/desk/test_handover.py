"""Handing over: every record and open task of a person to another, in one recorded step, and nothing beyond anybody's rights."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.actions import disable_person, name_reader
from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.desk.actions import hand_over, make_task
from portal.desk.models import Task
from portal.kernel import transaction
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.transaction import Change
from tests.factories import accounts, changing, frameworks, funding


def test_everything_goes_over_but_what_the_new_person_may_not_see(s: Session) -> None:
    giver, taker = accounts.person(s, "editor", everywhere=True), accounts.person(s, "editor")
    boss = actor_of(s, accounts.person(s, "administrator"))
    top = frameworks.framework(s, "Rámec", responsible=giver.id)
    project = funding.project(s, "Projekt", framework=top, responsible=giver.id)
    hidden = funding.project(s, "Neveřejný", responsible=giver.id)
    other = funding.project(s, "Cizí", responsible=taker.id)
    with changing(s):
        task = make_task(s, actor_of(s, giver), project, {"title": "Zavolat", "assignee": giver.id})
        for person in (giver.id, boss.person_id):
            name_reader(s, SYSTEM, hidden, s.get(Person, person))
        hidden.confidential = True
        settle(s, [hidden])
        handed = hand_over(s, boss, giver.id, taker.id)
    assert {r.id for r in handed.records} == {top.id, project.id}
    assert [r.id for r in handed.kept] == [hidden.id]
    assert (top.responsible_id, project.responsible_id, hidden.responsible_id, other.responsible_id) == (
        taker.id, taker.id, giver.id, taker.id,
    )  # fmt: skip
    assert s.get(Task, task.id).assignee_id == taker.id


def test_one_hands_over_ones_own_and_only_administrators_that_of_others(s: Session) -> None:
    mine = frameworks.framework(s, "Můj")
    me, other = accounts.person(s, "editor", frameworks=[mine.id]), accounts.person(s, "editor", everywhere=True)
    inside = funding.project(s, "Můj projekt", framework=mine, responsible=me.id)
    outside = funding.project(s, "Projekt jinde", framework=frameworks.framework(s, "Jinde"), responsible=me.id)
    with changing(s):
        with pytest.raises(Forbidden):
            hand_over(s, actor_of(s, me), other.id, me.id)
        with pytest.raises(Forbidden):
            hand_over(s, actor_of(s, accounts.person(s, "viewer")), other.id, me.id)
        handed = hand_over(s, actor_of(s, me), me.id, other.id)
    assert ([r.id for r in handed.records], [r.id for r in handed.kept]) == ([inside.id], [outside.id])


def test_nobody_takes_over_who_cannot_sign_in_or_has_it_already(s: Session) -> None:
    one, gone = accounts.person(s, "administrator"), accounts.person(s, "editor")
    disable_person(s, SYSTEM, gone)
    for taker, code in ((one.id, "the_same"), (gone.id, "cannot_sign_in")):
        with changing(s), pytest.raises(InvalidInput) as refused:
            hand_over(s, actor_of(s, one), one.id, taker)
        assert refused.value.errors == {"taker": code}


def test_the_page_shows_what_it_is_and_history_tells_it_as_one_change(client_as, engine) -> None:
    with transaction.unit(engine) as s:
        giver = accounts.person(s, "editor", everywhere=True, name="Odcházející kolegyně").id
        taker = accounts.person(s, "editor", everywhere=True, name="Nová kolegyně").id
        with changing(s):
            ids = [funding.project(s, f"Projekt {n}", responsible=giver).id for n in range(3)]
    client = client_as("administrator")
    page = client.get(f"/handover?of={giver}")
    assert "Projekt 2" in page.soup.find(id="what").get_text() and "Odcházející kolegyně" in page.text
    assert client.submit(page, 422).errors() == ["Komu : Vyplňte tento údaj."]
    done = client.follow(client.submit(page, reason="Nové místo", fields={"taker": str(taker)}))
    assert "Předáno: 3 záznamy, 0 úkolů." in done.text.replace("\xa0", " ") and "Z toho, co smíte vidět" in done.text
    with transaction.unit(engine) as s:
        assert {r.responsible_id for r in s.scalars(select(Record).where(Record.id.in_(ids)))} == {taker}
        last = s.scalars(select(Change).order_by(Change.id.desc())).first()
        assert (last.reason, last.door) == ("Nové místo", "form")
    assert "Nová kolegyně" in client.get(f"/records/{ids[0]}/history").text
    client_as("editor", everywhere=True).get(f"/handover?of={giver}", 403)


def test_undoing_a_handover_gives_the_records_back_and_leaves_the_tasks(client_as, engine) -> None:
    with transaction.unit(engine) as s:
        giver, taker = accounts.person(s, "editor", everywhere=True), accounts.person(s, "editor", everywhere=True)
        ids = giver.id, taker.id
        with changing(s):
            project = funding.project(s, "Projekt", responsible=giver.id)
            task = make_task(s, actor_of(s, giver), project, {"title": "Zavolat", "assignee": giver.id}).id
            project_id = project.id
    client = client_as("administrator")
    client.submit(client.get(f"/handover?of={ids[0]}"), fields={"taker": str(ids[1])})
    with transaction.unit(engine) as s:
        last = s.scalars(select(Change.id).order_by(Change.id.desc())).first()
    client.submit(client.get(f"/changes/{last}/undo"))
    with transaction.unit(engine) as s:
        assert (s.get(Record, project_id).responsible_id, s.get(Task, task).assignee_id) == ids
