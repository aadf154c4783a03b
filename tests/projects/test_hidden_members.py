"""A set one of whose members the reader may not know of: what names it is not there, and the member stays."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select

from portal.accounts import queries as people
from portal.figures import Scope
from portal.figures.projects import count
from portal.frameworks.actions import edit_framework
from portal.kernel import transaction
from portal.projects import actions, queries
from portal.projects.models import Project
from portal.sources.actions import choose_leading, leader, state_fact
from portal.sources.models import Statement
from portal.sources.queries import carried_by, documents, statement
from tests.factories import accounts, changing, frameworks, projects, sources
from tests.projects.sets import row, said, told_disputes, words


class Secret:
    """A project that serves an open and a confidential framework, as a document states; who knows, and who does not."""

    def __init__(self, s) -> None:
        self.s = s
        self.chief, self.editor = (accounts.actor(s, "editor", everywhere=True) for _ in range(2))
        self.open, self.other = frameworks.framework(s, "Panel"), frameworks.framework(s, "Pražský proces")
        self.hidden = frameworks.framework(s, "Tajný dialog")
        self.backed = sources.support(s, quotation="v rámci tajného dialogu")
        both = [self.open.id, self.hidden.id]
        self.project = projects.project(s, "ERIS", further_frameworks=both, backed=self.backed)
        self.served = partial(said, s, project=self.project, field="further_frameworks")
        with changing(s):
            edit_framework(s, self.chief, self.hidden, {"confidential": True, "readers": [self.chief.person_id]})

    def kept(self) -> set[int]:
        return set(queries.members(self.project, "further_frameworks"))


@pytest.fixture
def secret(s) -> Secret:
    return Secret(s)


def test_a_statement_naming_a_hidden_framework_is_not_there_for_the_unnamed(secret) -> None:
    s, both = secret.s, {secret.open.id, secret.hidden.id}
    [lead] = s.scalars(select(Statement).where(Statement.field == "further_frameworks"))
    assert secret.served(who=secret.chief) == [(both, True, "document")]
    assert secret.served(who=secret.editor) == []
    assert (statement(s, secret.chief, lead.id), statement(s, secret.editor, lead.id)) == (lead, None)
    document = secret.backed.quotations[0].document_id
    fields = [{st.field for _c, st, _r in carried_by(s, who, document)} for who in (secret.chief, secret.editor)]
    assert [field - {"name"} for field in fields] == [{"further_frameworks"}, set()]
    counts = [{d.id: n for d, n in s.execute(documents(who))} for who in (secret.chief, secret.editor)]
    assert counts[0][document] - counts[1][document] == 1


def test_it_disputes_nothing_for_the_unnamed(secret) -> None:
    s = secret.s
    sources.statement(s, secret.project, "further_frameworks", {secret.open.id}, sources.support(s), lead=False)
    assert told_disputes(s, secret.chief, secret.project) == {"further_frameworks"}
    assert told_disputes(s, secret.editor, secret.project) == set()
    # What says just what they see leads to them, so that its source stands beside it.
    assert secret.served(who=secret.editor) == [({secret.open.id}, True, "document")]


def test_an_id_that_begins_like_a_hidden_one_is_another(secret) -> None:
    s, like = secret.s, f"#{secret.hidden.id}0"
    with changing(s):
        s.add(Statement(record_id=secret.project.id, field="themes", value=like, leading=True, position=1))
        s.flush()
    found = s.scalar(select(Statement.id).where(Statement.value == like))
    assert statement(s, secret.editor, found) is not None


def test_hidden_members_stay_when_somebody_who_cannot_see_them_edits_the_set_with_a_source(secret) -> None:
    s, backed = secret.s, sources.support(secret.s, "public")
    with changing(s):
        actions.edit_project(s, secret.editor, secret.project, {"further_frameworks": [secret.other.id]}, backed)
    assert secret.kept() == {secret.other.id, secret.hidden.id}
    assert leader(s, secret.project.id, "further_frameworks").value == " ".join(
        f"#{i}" for i in sorted((secret.other.id, secret.hidden.id))
    )
    assert secret.served(who=secret.editor) == [({secret.other.id}, True, "public")]
    whole, before = {secret.other.id, secret.hidden.id}, {secret.open.id, secret.hidden.id}
    assert secret.served(who=secret.chief) == [
        (whole, True, "uncited"), (before, False, "document"), ({secret.other.id}, False, "public"),
    ]  # fmt: skip


def test_an_edit_of_something_else_by_the_unnamed_states_nothing_of_the_set(secret) -> None:
    s = secret.s
    with changing(s):
        values = {"further_frameworks": [secret.open.id], "acronym": "ERIS"}
        actions.edit_project(s, secret.editor, secret.project, values, sources.support(s))
    assert secret.served(who=secret.chief) == [({secret.open.id, secret.hidden.id}, True, "document")]


def test_the_leading_statement_the_unnamed_choose_keeps_what_they_do_not_see(secret) -> None:
    s = secret.s
    stated = sources.statement(
        s, secret.project, "further_frameworks", {secret.open.id, secret.other.id}, sources.support(s), lead=False
    )
    with changing(s):
        choose_leading(s, secret.editor, stated, "novější")
    assert secret.kept() == {secret.open.id, secret.other.id, secret.hidden.id}
    [(members, leads, certainty)] = secret.served(who=secret.editor)
    assert (members, leads, certainty) == ({secret.open.id, secret.other.id}, True, "document")
    assert told_disputes(s, secret.editor, secret.project) == set()


def test_a_set_stated_again_as_the_unnamed_see_it_leaves_the_document_in_the_lead(secret) -> None:
    s = secret.s
    with changing(s):
        state_fact(
            s, secret.editor, secret.project, "further_frameworks", {secret.open.id}, sources.support(s, reason="také"),
            lead=True,
        )  # fmt: skip
    both = {secret.open.id, secret.hidden.id}
    assert secret.served(who=secret.chief) == [(both, True, "document"), ({secret.open.id}, False, "document")]
    assert secret.served(who=secret.editor) == [({secret.open.id}, True, "document")]


def test_a_project_is_not_found_through_a_hidden_framework_it_serves(secret) -> None:
    s, panel = secret.s, secret.open
    below = frameworks.framework(s, "Důvěrné rozhovory", parent=panel)
    project = projects.project(s, "Georgia", further_frameworks=[below.id])
    with changing(s):
        edit_framework(s, secret.chief, below, {"confidential": True, "readers": [secret.chief.person_id]})

    def found(actor) -> tuple[set[int], int]:
        asked = select(Project.id).where(queries.in_framework(actor, panel.id))
        [(_panel, counted)] = s.execute(queries.counted_by_framework(actor, [panel.id]))
        assert count(s, actor, Scope(certainty="all", framework=panel.id)).number == counted
        return set(s.scalars(asked)), counted

    assert found(secret.chief) == ({secret.project.id, project.id}, 2)
    assert found(secret.editor) == ({secret.project.id}, 1)


def test_pages_say_nothing_of_a_hidden_framework_to_the_unnamed(engine, client_as) -> None:
    client = client_as("editor", everywhere=True)
    with transaction.unit(engine) as s, changing(s):
        chief = people.actor_of(s, accounts.person(s, "administrator"))
        panel, hidden = frameworks.framework(s, "Panel"), frameworks.framework(s, "Tajný dialog")
        backed = sources.support(s, quotation="v rámci tajného dialogu")
        served = [panel.id, hidden.id]
        project = projects.project(s, "ERIS", further_frameworks=served, backed=backed)
        lead = leader(s, project.id, "further_frameworks").id
        edit_framework(s, chief, hidden, {"confidential": True, "readers": [chief.person_id]})
        document, project_id = backed.quotations[0].document_id, project.id
    page = client.get(f"/projects/{project_id}")
    assert words(row(page, "Další rámce")) == "Panel"
    fact = client.get(f"/records/{project_id}/facts/further_frameworks")
    assert fact.soup.select("article.claim") == []
    client.get(f"/statements/{lead}/cite", 404)
    pages = (page, fact, client.get(f"/sources/{document}"), client.get(f"/records/{project_id}/history"))
    for shown in pages:
        assert "Tajný" not in shown.text
        assert "není dostupný" not in shown.text
    assert "Další rámce" not in pages[2].text
