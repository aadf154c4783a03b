"""Open questions: asked on the record they are about, settled only by a source, hidden with what they are about."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.questions import actions, queries
from portal.questions.models import Question
from portal.sources.actions import UNSUPPORTED, state_fact
from portal.sources.facts import Pair
from portal.sources.models import Statement
from tests.factories import accounts, changing, frameworks, funding, questions, sources


def test_a_question_is_settled_only_by_a_source(s: Session) -> None:
    project = funding.project(s, "Vlajkový projekt")
    question = questions.question(s, project, "Je to týž projekt?")
    with changing(s), pytest.raises(InvalidInput) as refused:
        actions.settle_question(s, SYSTEM, question, Pair("Ano", ""), UNSUPPORTED)
    assert refused.value.errors == {"source": "answer_without_source"}
    with changing(s):
        actions.settle_question(s, SYSTEM, question, Pair("Ano", "Yes"), funding.support(s))
    assert (question.state, question.answer_cs, question.answer_en) == ("settled", "Ano", "Yes")
    with changing(s):
        actions.reopen_question(s, SYSTEM, question)
    assert (question.state, question.answer_cs) == ("open", "")
    kept = s.scalars(select(Statement).where(Statement.record_id == question.id, Statement.field == "answer")).all()
    assert "Ano" in {st.value_cs for st in kept}


def test_no_other_door_answers_or_settles_a_question(s: Session) -> None:
    question = questions.question(s, funding.project(s, "Projekt"), "Kdo vede?")
    for values in ({"state": "settled"}, {"answer": Pair("Polsko", "")}):
        with changing(s), pytest.raises(InvalidInput) as refused:
            actions.edit_question(s, SYSTEM, question, values)
        assert list(refused.value.errors.values()) == ["on_its_own_page"]
    with changing(s), pytest.raises(InvalidInput):
        state_fact(s, SYSTEM, question, "answer", Pair("Polsko", ""), funding.support(s), lead=True)
    assert (question.state, question.answer_cs) == ("open", "")


def test_who_may_write_the_record_asks_about_it_and_nobody_else(s: Session) -> None:
    mine, other = frameworks.framework(s, "Můj"), frameworks.framework(s, "Cizí")
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    with changing(s):
        asked = actions.ask_question(s, editor, mine, {"name": Pair("Od kdy?", "")})
        assert asked.framework_ids() == {mine.id}
        with pytest.raises(Forbidden):
            actions.ask_question(s, editor, other, {"name": Pair("Od kdy?", "")})
        with pytest.raises(InvalidInput) as refused:
            actions.ask_question(s, editor, mine, {"name": Pair("", "")})
    assert refused.value.errors == {"name": "question_missing"}


def test_a_question_is_hidden_with_what_it_is_about(s: Session) -> None:
    project = funding.project(s, "Neveřejný projekt")
    question = questions.question(s, project, "Kolik?")
    viewer = accounts.actor(s, "viewer")
    assert [q.id for q in queries.questions_about(s, viewer, project.id)] == [question.id]
    with changing(s):
        project.confidential = True
        settle(s, [project])
    assert queries.questions_about(s, viewer, project.id) == []
    assert queries.question(s, viewer, question.id) is None


@pytest.fixture
def scene(engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces")
        project = funding.project(s, "ERIS", framework=top)
        return {"top": top.id, "project": project.id, "document": sources.document(s, "Závěrečná zpráva").id}


def test_a_question_is_asked_and_settled_on_pages(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    profile = f"/projects/{scene['project']}"
    shown = client.follow(
        client.submit(client.get(f"/records/{scene['project']}/questions/add"), name_cs="Kdy projekt skončil?")
    )
    assert shown.path.startswith(profile)
    assert "Kdy projekt skončil?" in shown.soup.find(id="questions").get_text()
    with transaction.unit(engine) as s:
        question = s.scalars(select(Question)).one().id
    page = client.get(f"/questions/{question}/settle")
    refused = client.submit(page, 422, answer_cs="V červnu 2015")
    assert any("otázku vyřeší jen zdroj" in error for error in refused.errors())
    assert refused.value("answer_cs") == "V červnu 2015"
    settled = client.follow(client.submit(refused, source="Závěrečná zpráva", source_quotation="ukončen v červnu 2015"))
    assert "vyřešená" in settled.text and "V červnu 2015" in settled.text and "Znovu otevřít" in settled.text
    listed = client.get("/questions?state=settled")
    assert "Kdy projekt skončil?" in listed.text
    assert (
        "Žádná otázka" in client.get("/questions?state=open").text
        or "neodpovídá" in client.get("/questions?state=open").text
    )
    with transaction.unit(engine) as s:
        assert s.get(Record, question).name_cs == "Kdy projekt skončil?"


def test_two_people_wording_one_question_lose_nothing(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        question = questions.question(s, s.get(Record, scene["project"]), "Kdo vede?").id
    one, two = client_as("editor", everywhere=True), client_as("administrator")
    mine, theirs = one.get(f"/questions/{question}/edit"), two.get(f"/questions/{question}/edit")
    two.submit(theirs, advice_cs="Zeptat se v Praze")
    one.submit(mine, name_en="Who leads?")
    one.submit(mine, 409, advice_cs="Zeptat se ve Varšavě")
    with transaction.unit(engine) as s:
        kept = s.get(Question, question)
        assert (kept.advice_cs, kept.name_en) == ("Zeptat se v Praze", "Who leads?")
