"""Statements of facts: which leads, what stays beside it, how sure a record becomes."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, InvalidInput, NotFound
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.sources import actions
from portal.sources.actions import Quotation, Support
from portal.sources.facts import Pair, further_fields
from portal.sources.models import Statement
from portal.sources.queries import FactView, facts_of
from tests.factories import accounts, changing, frameworks, partners, projects, sources

PLANNED, ACTUAL = When("2016-01"), When("2017-06")


def view(s: Session, record: Record, field: str) -> FactView:
    return facts_of(s, SYSTEM, record)[record.id][field]


def test_a_new_leading_statement_leaves_the_old_one_beside_it(s: Session) -> None:
    project = projects.project(s, actual_end=PLANNED, backed=sources.support(s))
    sources.statement(s, project, "actual_end", ACTUAL, sources.support(s, "public"))
    found = view(s, project, "actual_end")
    assert project.actual_end == ACTUAL
    assert (found.lead.value, found.lead.statement.certainty) == (ACTUAL, "public")
    assert [(c.value, c.statement.certainty) for c in found.others] == [(PLANNED, "document")]
    assert found.disputed


def test_one_that_does_not_lead_changes_nothing_in_the_record(s: Session) -> None:
    project = projects.project(s, actual_end=PLANNED, backed=sources.support(s))
    sources.statement(s, project, "actual_end", ACTUAL, sources.support(s), lead=False)
    assert project.actual_end == PLANNED
    assert view(s, project, "actual_end").disputed


def test_the_same_statement_on_the_same_words_made_twice_is_one(s: Session) -> None:
    project, backed = projects.project(s), sources.support(s)
    first = sources.statement(s, project, "actual_end", ACTUAL, backed)
    assert sources.statement(s, project, "actual_end", ACTUAL, backed) is first
    doubtful = Support("unsure", backed.quotations)
    assert sources.statement(s, project, "actual_end", ACTUAL, doubtful) is not first


def test_what_was_entered_without_a_source_and_replaced_contradicts_nobody(s: Session) -> None:
    project = projects.project(s, actual_end=When("2015"))
    sources.statement(s, project, "actual_end", When("2016"))
    assert not view(s, project, "actual_end").disputed
    sources.statement(s, project, "actual_end", ACTUAL, sources.support(s), lead=False)
    assert view(s, project, "actual_end").disputed


def test_a_source_that_does_not_say_contradicts_nobody(s: Session) -> None:
    project = projects.project(s, actual_end=ACTUAL, backed=sources.support(s))
    sources.statement(s, project, "actual_end", None, sources.support(s), lead=False)
    found = view(s, project, "actual_end")
    assert [c.statement.precision for c in found.others] == ["not_stated"]
    assert not found.disputed


def test_statuses_of_different_days_do_not_contradict_each_other(s: Session) -> None:
    project = projects.project(s, status="2", backed=sources.support(s))
    sources.statement(s, project, "status", "4", sources.support(s, "public"))
    assert len(view(s, project, "status").claims) == 2
    assert not view(s, project, "status").disputed


@pytest.mark.parametrize(("origin", "certainty"), [("ministry", "document"), ("public", "public")])
def test_the_first_source_of_a_fact_vouches_for_a_record_entered_without_one(s: Session, origin, certainty) -> None:
    project = projects.project(s)
    assert project.certainty == "uncited"
    sources.statement(s, project, "acronym", "ERIS", sources.support(s, origin))
    assert project.certainty == certainty
    sources.statement(s, project, "acronym", "ERIS2", sources.support(s, unsure=True))
    assert project.certainty == certainty


def test_citing_a_source_makes_a_statement_entered_without_one_as_sure_as_it_allows(s: Session) -> None:
    project = projects.project(s, actual_end=ACTUAL)
    statement = view(s, project, "actual_end").lead.statement
    quoted = sources.support(s, "public", "ended in June 2017")
    with changing(s):
        actions.cite(s, SYSTEM, statement, quoted.quotations, "document")
        actions.cite(s, SYSTEM, statement, quoted.quotations, "document")
    assert (statement.certainty, len(statement.citations)) == ("public", 1)
    with changing(s):
        actions.cite(s, SYSTEM, statement, sources.support(s).quotations, "document")
    assert (statement.certainty, len(statement.citations)) == ("public", 2)


def test_choosing_the_leading_statement_needs_a_reason_and_keeps_the_other(s: Session) -> None:
    project = projects.project(s, actual_end=PLANNED, backed=sources.support(s))
    other = sources.statement(s, project, "actual_end", ACTUAL, sources.support(s, "public"), lead=False)
    with changing(s):
        with pytest.raises(InvalidInput) as refused:
            actions.choose_leading(s, SYSTEM, other, "  ")
        assert refused.value.errors == {"reason": "reason_missing"}
        actions.choose_leading(s, SYSTEM, other, "Stránka popisuje skutečné uzavření.")
    of_the_fact = select(Statement).where(Statement.record_id == project.id, Statement.field == "actual_end")
    leading = s.scalars(of_the_fact.where(Statement.leading)).all()
    assert [(st.id, st.reason) for st in leading] == [(other.id, "Stránka popisuje skutečné uzavření.")]
    assert len(s.scalars(of_the_fact).all()) == 2
    assert project.actual_end == ACTUAL


def test_the_rules_of_the_record_hold_for_what_leads(s: Session) -> None:
    project = projects.project(s, actual_start=When("2016"), actual_end=ACTUAL, backed=sources.support(s))
    early = sources.statement(s, project, "actual_end", When("2013"), sources.support(s), lead=False)
    with changing(s):
        with pytest.raises(InvalidInput) as refused:
            actions.choose_leading(s, SYSTEM, early, "protože")
        assert refused.value.errors == {"actual_end": "end_before_start"}
        with pytest.raises(InvalidInput) as refused:
            backed = sources.support(s, reason="protože")
            actions.state_fact(s, SYSTEM, project, "actual_end", When("2012"), backed, lead=True)
        assert refused.value.errors == {"actual_end": "end_before_start"}
        actions.state_fact(s, SYSTEM, project, "actual_end", When("2012"), sources.support(s), lead=False)
    assert project.actual_end == ACTUAL


def test_taking_the_lead_from_a_source_needs_a_reason(s: Session) -> None:
    project = projects.project(s, actual_end=ACTUAL, backed=sources.support(s))
    with changing(s), pytest.raises(InvalidInput) as refused:
        actions.state_fact(s, SYSTEM, project, "actual_end", When("2018"), sources.support(s), lead=True)
    assert refused.value.errors == {"source_reason": "reason_missing"}


def test_a_role_cannot_be_left_unknown(s: Session) -> None:
    role = partners.role(s, projects.project(s), partners.organisation(s))
    with changing(s), pytest.raises(InvalidInput) as refused:
        backed = sources.support(s, reason="zdroj mlčí")
        actions.state_fact(s, SYSTEM, role, "role", None, backed, lead=True)
    assert refused.value.errors == {"role": "cannot_be_unknown"}


def test_further_facts_are_written_by_the_type_of_their_list(s: Session) -> None:
    project, backed = projects.project(s), sources.support(s)
    given = {
        "kickoff": When("2013-02"),
        "participants_count": 36,
        "budget": Money(60000000, "EUR"),
        "output": Pair("Příručka", ""),
    }
    for field, value in given.items():
        sources.statement(s, project, field, value, backed)
    assert {field: view(s, project, field).lead.value for field in given} == given
    sources.statement(s, project, "roadmap", "až zaprší", backed)
    assert view(s, project, "roadmap").lead.value == "až zaprší"


def test_further_facts_are_none_that_a_record_has_a_field_for() -> None:
    fields = further_fields()
    assert {"kickoff", "participants_count", "output"} <= set(fields)
    assert not {"name", "status", "countries", "note", "amount", "actual_end", "framework"} & set(fields)


def test_a_fact_is_stated_only_by_who_may_edit_its_record(s: Session) -> None:
    mine, other = frameworks.framework(s, "Můj"), frameworks.framework(s, "Cizí")
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    own, foreign = projects.project(s, framework=mine), projects.project(s, "Jiný", framework=other)
    with changing(s):
        actions.state(s, editor, own, "acronym", "A")
        with pytest.raises(Forbidden):
            actions.state(s, editor, foreign, "acronym", "A")


def test_a_document_one_may_not_see_cannot_be_cited(s: Session) -> None:
    hidden = sources.document(s, confidential=True)
    editor = accounts.actor(s, "editor", everywhere=True)
    project = projects.project(s)
    with changing(s), pytest.raises(NotFound):
        actions.state(s, editor, project, "acronym", "A", Support("document", (Quotation(hidden.id),)))
