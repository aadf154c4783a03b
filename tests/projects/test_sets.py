"""Countries, further frameworks, themes and sectors of a project are facts: stated, cited, disputed, chosen."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import SYSTEM
from portal.ops import checks
from portal.projects import actions, queries
from portal.projects.models import Project, ProjectCountry
from portal.sources.actions import choose_leading, leader, state_fact
from portal.sources.models import Statement
from tests.factories import changing, frameworks, partners, projects, sources
from tests.projects.sets import row, said, words


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A project for Georgia by one source, for Georgia and Armenia by another; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        georgia, armenia = partners.country(s), partners.country(s, "Arménie", "AM")
        project = projects.project(s, "Reintegrace", countries=[georgia.id], backed=sources.support(s))
        public = sources.support(s, "public", quotation="Georgia and Armenia")
        more = sources.statement(s, project, "countries", {georgia.id, armenia.id}, public, lead=False)
        made = {
            "project": project, "georgia": georgia, "armenia": armenia, "theme": projects.theme(s), "more": more,
            "document": sources.document(s, "Zpráva o činnosti"),
        }  # fmt: skip
        return {name: one.id for name, one in made.items()}


def test_a_set_is_written_in_the_order_of_its_members_and_is_the_same_whatever_order_it_was_given_in(s) -> None:
    georgia, armenia = partners.country(s), partners.country(s, "Arménie", "AM")
    project = projects.project(s, countries=[armenia.id, georgia.id], sectors=["15190", "15136"])
    stated = {st.field: st.value for st in s.scalars(select(Statement).where(Statement.record_id == project.id))}
    assert stated == {"countries": f"#{georgia.id} #{armenia.id}", "sectors": "15136 15190"}
    with changing(s):
        actions.edit_project(s, SYSTEM, project, {"countries": [georgia.id, armenia.id]})
    assert len(said(s, SYSTEM, project, "countries")) == 1


def test_a_set_that_is_cleared_is_stated_as_unknown(s) -> None:
    project = projects.project(s, sectors=["15190"], themes=[])
    with changing(s):
        actions.edit_project(s, SYSTEM, project, {"sectors": []})
    assert said(s, SYSTEM, project, "sectors") == [(None, True, "uncited"), ({"15190"}, False, "uncited")]
    assert said(s, SYSTEM, project, "themes") == []
    assert queries.members(project, "sectors") == []


def test_the_profile_marks_a_set_with_its_source_flags_the_conflict_and_leads_to_its_statements(
    scene, client_as
) -> None:
    page = client_as("viewer").get(f"/projects/{scene['project']}")
    countries = row(page, "Země")
    assert words(countries) == "Gruzie 1 rozpor"
    assert countries.select_one("a.src")["class"] == ["src", "src--document"]
    dt = countries.find_previous_sibling("dt")
    assert dt.a["href"] == f"/records/{scene['project']}/facts/countries"
    shown = [words(claim.b) for claim in page.soup.find(id="disputes").select(".claim")]
    assert shown == ["Gruzie", "Arménie, Gruzie"]
    assert words(row(page, "Sektory")) == "neuvedeno"
    assert page.soup.find(id="further") is None


def test_editing_a_set_with_a_source_records_the_statement_and_its_citation(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/projects/{scene['project']}/edit")
    client.submit(
        page, themes=[str(scene["theme"])], sectors=["15190"], source="Zpráva o činnosti", source_quotation="návrat",
    )  # fmt: skip
    with transaction.unit(engine) as s:
        project = s.get(Project, scene["project"])
        for field, value in {"themes": f"#{scene['theme']}", "sectors": "15190"}.items():
            lead = leader(s, project.id, field)
            assert (lead.value, lead.certainty) == (value, "document")
            assert [(c.document_id, c.quotation) for c in lead.citations] == [(scene["document"], "návrat")]
        assert len(said(s, SYSTEM, project, "countries")) == 2


def test_the_page_of_a_set_takes_another_statement_and_lets_one_lead(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    path = f"/records/{scene['project']}/facts/countries"
    page = client.get(f"{path}/state")
    assert "Nyní vede: Gruzie" in page.text
    refused = client.submit(page, 422, value=[], source="Zpráva o činnosti")
    assert refused.errors()
    client.submit(page, value=[str(scene["armenia"])], source="Zpráva o činnosti")
    page = client.get(path)
    assert [words(claim.b) for claim in page.soup.select("article.claim")] == ["Gruzie", "Arménie, Gruzie", "Arménie"]
    client.submit(page, leading=str(scene["more"]), reason="novější pramen")
    with transaction.unit(engine) as s:
        held = s.scalars(select(ProjectCountry.country_id).where(ProjectCountry.project_id == scene["project"]))
        assert set(held) == {scene["georgia"], scene["armenia"]}
    assert dict(checks.run(engine))["sets agree with the statements that lead"] == []
    shown = client.get(f"/projects/{scene['project']}")
    assert words(row(shown, "Země")) == "Arménie, Gruzie 2 rozpor"
    history = words(client.get(f"/records/{scene['project']}/history").soup.main)
    assert "Země : Arménie, Gruzie nově vede (novější pramen)" in history


def test_a_set_of_one_kind_of_record_is_no_fact_of_another(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Panel").id
    client_as("editor", everywhere=True).get(f"/records/{framework}/facts/countries", 404)


def test_lists_filter_by_the_set_that_leads(scene, engine) -> None:
    with transaction.unit(engine) as s:
        project, armenia = s.get(Project, scene["project"]), queries.for_country(scene["armenia"])
        assert s.scalars(select(Project.id).where(armenia)).all() == []
        with changing(s):
            choose_leading(s, SYSTEM, s.get(Statement, scene["more"]), "novější")
        assert s.scalars(select(Project.id).where(armenia)).all() == [project.id]


def test_two_edits_of_different_sets_are_joined_and_each_is_stated(scene, client_as, engine) -> None:
    first, second = client_as("editor", everywhere=True), client_as("editor", everywhere=True)
    path = f"/projects/{scene['project']}/edit"
    mine = second.get(path)
    first.submit(first.get(path), countries=[str(scene["armenia"])])
    second.submit(mine, themes=[str(scene["theme"])], source="Zpráva o činnosti")
    with transaction.unit(engine) as s:
        project = s.get(Project, scene["project"])
        assert leader(s, project.id, "countries").value == f"#{scene['armenia']}"
        assert leader(s, project.id, "countries").citations == []
        assert leader(s, project.id, "themes").citations[0].document_id == scene["document"]


def test_the_check_finds_a_set_that_is_not_what_its_leading_statement_says(scene, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        s.add(ProjectCountry(project_id=scene["project"], country_id=scene["armenia"]))
    georgia, armenia = scene["georgia"], scene["armenia"]
    assert dict(checks.run(engine))["sets agree with the statements that lead"] == [
        f"project {scene['project']}: countries are #{georgia} #{armenia}, the leading statement says #{georgia}"
    ]


def test_neither_value_nor_source_says_nothing(s) -> None:
    project = projects.project(s)
    with changing(s), pytest.raises(InvalidInput) as error:
        state_fact(s, SYSTEM, project, "themes", None, sources.actions.UNSUPPORTED, lead=True)
    assert error.value.errors == {"value": "says_nothing_at_all"}
