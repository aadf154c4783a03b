"""What is stated of a fact, where one of the statements names a record the reader may not know of."""

from __future__ import annotations

import pytest

from portal.accounts import queries as people
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.portfolio.queries.project_rows import dress
from portal.sources.actions import Quotation, Support
from portal.sources.models import Statement
from portal.sources.queries import disputes, facts_of
from tests.factories import accounts, changing, frameworks, funding, projects, sources


def odds(s, actor, record) -> set[str]:
    """Fields in dispute: as lists know them; the facts themselves must say the same."""
    rows = {row.field for row in s.execute(disputes(actor).where(Statement.record_id == record.id))}
    assert rows == {view.field for view in facts_of(s, actor, record)[record.id].disputes}
    return rows


def test_a_statement_naming_a_hidden_record_is_not_there_and_disputes_nothing(s) -> None:
    top, secret = frameworks.framework(s, "Pražský proces"), frameworks.framework(s, "Tajný", confidential=True)
    project = projects.project(s, framework=top, backed=sources.support(s))
    sources.statement(s, project, "framework", secret.id, sources.support(s), lead=False)
    viewer = accounts.actor(s)
    assert [c.value for c in facts_of(s, viewer, project)[project.id]["framework"].claims] == [top.id]
    assert odds(s, viewer, project) == set()
    assert len(facts_of(s, SYSTEM, project)[project.id]["framework"].claims) == 2
    assert odds(s, SYSTEM, project) == {"framework"}


def test_lists_flag_a_period_on_the_same_condition_as_the_profile(s) -> None:
    viewer = accounts.actor(s)
    corrected = projects.project(s, actual_end=When("2015"))
    sources.statement(s, corrected, "actual_end", When("2016"))
    doubted = projects.project(s, "Jiný", actual_end=When("2015"), backed=sources.support(s))
    sources.statement(s, doubted, "actual_end", When("2016"), sources.support(s))
    assert (odds(s, viewer, corrected), odds(s, viewer, doubted)) == (set(), {"actual_end"})
    assert [row.period_disputed for row in dress(s, viewer, [corrected, doubted])] == [False, True]


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A project of which sources state two frameworks."""
    with transaction.unit(engine) as s, changing(s):
        first, second = frameworks.framework(s, "Pražský proces"), frameworks.framework(s, "Budapešťský proces")
        project = projects.project(s, framework=first, backed=sources.support(s))
        sources.statement(s, project, "framework", second.id, sources.support(s, "public"), lead=False)
        return {"project": project.id, "second": second.id}


def test_a_profile_names_the_records_its_sources_disagree_of(scene, client_as) -> None:
    box = client_as("viewer").get(f"/projects/{scene['project']}").soup.find(id="disputes")
    shown = [" ".join(claim.b.get_text(" ").split()) for claim in box.select(".claim")]
    assert shown == ["Pražský proces", "Budapešťský proces"]


def test_the_page_of_the_fact_leaves_out_what_became_hidden(scene, client_as, engine) -> None:
    from portal.accounts.actions.secrecy import set_secrecy
    from portal.frameworks.models import Framework
    from portal.kernel.settling import settle

    client = client_as("editor", everywhere=True)
    with transaction.unit(engine) as s, changing(s):
        chief = people.actor_of(s, accounts.person(s, "administrator"))
        hidden = s.get_one(Framework, scene["second"])
        set_secrecy(s, chief, hidden, {"confidential": True, "readers": [chief.person_id]})
        settle(s, [hidden])
    page = client.get(f"/records/{scene['project']}/facts/framework")
    assert len(page.soup.select("article.claim")) == 1
    assert page.soup.find(id="choose") is None
    assert client.get(f"/projects/{scene['project']}").soup.find(id="disputes") is None


def test_a_document_does_not_carry_what_names_a_hidden_record(engine, client_as) -> None:
    """What an instrument belongs to is quoted from a document; its owner is confidential."""
    with transaction.unit(engine) as s, changing(s):
        source = sources.document(s, "Zpráva o pomoci")
        owner = funding.organisation(s, "Vlastník", confidential=True)
        programme = funding.instrument(s, "Program")
        for field, value, quotation in (("owner", owner.id, "vlastní je úřad"), ("legal_basis", "čl. 7", "dle čl. 7")):
            support = Support("document", (Quotation(source.id, "s. 1", quotation),))
            sources.statement(s, programme, field, value, support)
        reader = accounts.person(s, "viewer", login="jmenovana")
        accounts.actions.name_reader(s, SYSTEM, owner, reader)
        token, source_id = accounts.session_of(s, reader), source.id
    viewer = client_as("viewer", lang="cs")
    named = accounts.browser(viewer.app, token)
    told = {}
    for who, client in (("viewer", viewer), ("named", named)):
        page, row = client.get(f"/sources/{source_id}"), client.get("/sources?sort=-facts").soup.select("tbody tr")[0]
        told[who] = (
            "vlastní je úřad" in page.text,
            "dle čl. 7" in page.text,
            row.select("td.num")[0].get_text().strip(),
        )
    assert told == {"viewer": (False, True, "1"), "named": (True, True, "2")}
