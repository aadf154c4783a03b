"""Registering and editing documents: addresses, origin, text, who knows of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM, sees
from portal.kernel.when import When
from portal.sources import actions, queries
from portal.sources.actions import Quotation, Support
from portal.sources.facts import Pair
from portal.sources.models import Document, Statement
from tests.factories import accounts, changing, projects, sources

ADDRESS = "https://www.pragueprocess.eu/en/eris"


def refused(call, *args) -> dict[str, str]:
    with pytest.raises(InvalidInput) as error:
        call(*args)
    return error.value.errors


def test_an_address_is_registered_once_however_its_end_is_written(s: Session) -> None:
    sources.document(s, address=ADDRESS)
    with changing(s):
        assert refused(actions.add_document, s, SYSTEM, {"name": Pair("ERIS", ""), "address": ADDRESS + "/"}) == {
            "address": "address_taken"
        }


def test_nobody_learns_of_a_confidential_document_by_its_address(s: Session) -> None:
    sources.document(s, address=ADDRESS, confidential=True)
    editor = accounts.actor(s, "editor", everywhere=True)
    assert queries.document_at(s, editor, ADDRESS) is None
    with changing(s):
        made = actions.add_document(s, editor, {"name": Pair("ERIS", ""), "address": ADDRESS})
    assert queries.document_at(s, editor, ADDRESS) is made


def test_a_document_of_the_ministry_stays_one_while_facts_rest_on_it(s: Session) -> None:
    document = sources.document(s)
    with changing(s):
        actions.edit_document(s, SYSTEM, document, {"origin": "public"})
        assert (document.origin, document.certainty) == ("public", "public")
        actions.edit_document(s, SYSTEM, document, {"origin": "ministry"})
    cited = Support("document", (Quotation(document.id),))
    sources.statement(s, projects.project(s), "acronym", "ERIS", cited)
    with changing(s):
        assert refused(actions.edit_document, s, SYSTEM, document, {"origin": "public"}) == {"origin": "origin_cited"}


def test_a_text_keeps_the_words_quoted_from_it_verbatim(s: Session) -> None:
    document = sources.document(s, body="Projekt započal v únoru 2013. Konec.")
    cited = Support("document", (Quotation(document.id, "", "započal v únoru 2013", "cs", True),))
    sources.statement(s, projects.project(s), "actual_start", When("2013-02"), cited)
    with changing(s):
        actions.edit_document(s, SYSTEM, document, {"body": "Projekt započal\nv únoru 2013."})
        assert refused(actions.edit_document, s, SYSTEM, document, {"body": "Projekt skončil."}) == {
            "body": "quotation_lost"
        }


def test_what_was_stated_of_a_document_stays_beside_what_is_written_now(s: Session) -> None:
    document = sources.document(s, "Mezinárodní spolupráce")
    sources.statement(s, document, "name", Pair("Mezinárodní spolupráce", ""), sources.support(s))
    with changing(s):
        actions.edit_document(s, SYSTEM, document, {"name": Pair("Mezinárodní vztahy", ""), "publisher": "MV ČR"})
    rows = s.execute(
        select(Statement.value_cs, Statement.leading).where(Statement.record_id == document.id).order_by(Statement.id)
    ).all()
    assert [tuple(row) for row in rows] == [("Mezinárodní spolupráce", False), ("Mezinárodní vztahy", True)]
    assert (document.name_cs, document.publisher) == ("Mezinárodní vztahy", "MV ČR")


def test_a_name_in_neither_language_is_refused(s: Session) -> None:
    with changing(s):
        assert refused(actions.add_document, s, SYSTEM, {"name": Pair("", "")}) == {"name": "name_missing"}
    assert s.scalar(select(Document.id)) is None


def test_a_confidential_document_is_known_to_exactly_the_people_named(s: Session) -> None:
    chief = accounts.actor(s, "editor", everywhere=True)
    other, third = accounts.actor(s, "viewer"), accounts.actor(s, "administrator")
    values = {"name": Pair("Tajné", ""), "confidential": True, "readers": [chief.person_id, other.person_id]}
    with changing(s):
        document = actions.add_document(s, chief, values)
    assert [sees(s, who, document.id) for who in (chief, other, third)] == [True, True, False]
    with changing(s):
        actions.edit_document(s, chief, document, {"confidential": True, "readers": [third.person_id]})
    assert [sees(s, who, document.id) for who in (chief, other, third)] == [False, False, True]
    with changing(s):
        actions.edit_document(s, third, document, {"confidential": False, "readers": []})
    assert [sees(s, who, document.id) for who in (chief, other, third)] == [True, True, True]
    assert people.readers(s, SYSTEM, document.id) == []


def test_making_a_document_confidential_without_naming_anybody_names_the_one_who_does_it(s: Session) -> None:
    chief, other = accounts.actor(s, "editor", everywhere=True), accounts.actor(s, "administrator")
    document = sources.document(s)
    with changing(s):
        actions.edit_document(s, chief, document, {"confidential": True, "readers": []})
    assert [sees(s, who, document.id) for who in (chief, other)] == [True, False]


def test_who_writes_only_in_a_framework_does_not_decide_of_the_secrecy_of_a_document(s: Session) -> None:
    editor = accounts.actor(s, "editor")
    document = sources.document(s)
    with changing(s):
        actions.edit_document(s, editor, document, {"publisher": "MV ČR", "confidential": False, "readers": []})
        with pytest.raises(Forbidden):
            actions.edit_document(s, editor, document, {"confidential": True})


def test_facts_of_records_one_may_not_see_are_not_counted(s: Session) -> None:
    document = sources.document(s)
    cited = Support("document", (Quotation(document.id),))
    project, secret = projects.project(s), projects.project(s, "Tajný")
    sources.statement(s, project, "acronym", "A", cited)
    sources.statement(s, secret, "acronym", "B", cited)
    viewer, chief = accounts.actor(s), accounts.actor(s, "editor", everywhere=True)
    with changing(s):
        from portal.projects.actions import edit_project

        edit_project(s, chief, secret, {"confidential": True, "readers": [chief.person_id]})
    counted = {who.name: s.execute(queries.documents(who)).one()[1] for who in (viewer, chief)}
    assert counted == {viewer.name: 1, chief.name: 2}
    assert [r.name_cs for _c, _st, r in queries.carried_by(s, viewer, document.id)] == ["ERIS"]


def test_a_source_is_meant_by_its_address_its_title_or_words_of_it(s: Session) -> None:
    first = sources.document(s, "Pražský proces: závěrečná ceremonie", address=ADDRESS)
    second = sources.document(s, "Pražský proces")
    meant = {
        text: [d.id for d in queries.documents_meant(s, SYSTEM, text)]
        for text in (ADDRESS, ADDRESS + "/", "ceremonie", "prazsky proces", "Pražský", "nic takového")
    }
    assert meant == {
        ADDRESS: [first.id], ADDRESS + "/": [first.id], "ceremonie": [first.id], "prazsky proces": [second.id],
        "Pražský": sorted(meant["Pražský"]) and meant["Pražský"], "nic takového": [],
    }  # fmt: skip
    assert set(meant["Pražský"]) == {first.id, second.id}
