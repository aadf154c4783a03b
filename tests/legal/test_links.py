"""What rests on a legal instrument, and what it rests on: relations written from either side, shown on both."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import codes, transaction
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.legal.queries import legal_instruments, lines
from portal.partners.models import GROUNDS, OF_LEGAL, TO_LEGAL, Link
from portal.partners.queries import grounding, links_of
from tests.factories import accounts, changing, frameworks, funding, legal, partners, projects


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """One of everything a legal instrument may ground; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Pražský proces")
        made = {
            "framework": framework, "project": projects.project(s, "ERIS", framework=framework),
            "organisation": partners.organisation(s, "IOM"), "instrument": funding.instrument(s, "AMIF"),
            "agreement": legal.legal_instrument(s, "Readmisní dohoda"), "act": legal.legal_instrument(s, "Zákon"),
        }  # fmt: skip
        return {name: record.id for name, record in made.items()}


def links(engine) -> list[tuple[int, str, int]]:
    with transaction.unit(engine) as s:
        return [tuple(row) for row in s.execute(select(Link.from_id, Link.relation, Link.to_id).order_by(Link.id))]


PROFILES = {
    "framework": "/frameworks/{}", "project": "/projects/{}", "organisation": "/organisations/{}",
    "instrument": "/instruments/{}",
}  # fmt: skip


@pytest.mark.parametrize("of_kind", PROFILES)
def test_a_legal_basis_is_added_from_the_page_of_what_rests_on_it(scene, client_as, engine, of_kind: str) -> None:
    client = client_as("editor", everywhere=True)
    profile = client.get(PROFILES[of_kind].format(scene[of_kind]))
    form = client.get(profile.link("Přidat právní základ"))
    assert form.value("relation") == "based_on"
    shown = client.follow(client.submit(form, target=str(scene["agreement"])))
    assert "vychází z Readmisní dohoda" in shown.soup.find(id="legal").get_text(" ", strip=True)
    assert links(engine) == [(scene[of_kind], "based_on", scene["agreement"])]
    other = client.get(f"/legal/{scene['agreement']}")
    assert "vychází z něj" in other.soup.find(id="grounds").get_text(" ", strip=True)


@pytest.mark.parametrize("of_kind", PROFILES)
def test_what_rests_on_a_document_is_added_from_its_page(scene, client_as, engine, of_kind: str) -> None:
    client = client_as("editor")  # without rights in any framework
    profile = client.get(f"/legal/{scene['agreement']}")
    form = client.get(profile.link("Přidat, čeho je základem"))
    assert form.value("relation") == GROUNDS
    shown = client.follow(client.submit(form, target=str(scene[of_kind])))
    assert "je základem pro" in shown.soup.find(id="grounds").get_text(" ", strip=True)
    assert links(engine) == [(scene["agreement"], GROUNDS, scene[of_kind])]
    basis = client.get(PROFILES[of_kind].format(scene[of_kind])).soup.find(id="legal")
    assert "jeho základem je Readmisní dohoda" in basis.get_text(" ", strip=True)


def test_who_writes_no_framework_relates_documents_and_changes_the_note_but_no_project(
    scene, client_as, engine
) -> None:
    client = client_as("editor")
    client.submit(client.get(f"/records/{scene['act']}/links/add"), relation="amends", target=str(scene["agreement"]))
    shown = client.get(f"/legal/{scene['act']}")
    edited = client.submit(client.get(shown.link("upravit : Readmisní dohoda")), note_cs="podle zprávy")
    assert "podle zprávy" in client.follow(edited).soup.find(id="links").get_text()
    client.get(f"/records/{scene['project']}/links/add", 403)
    with transaction.unit(engine) as s, changing(s):
        project, agreement = (s.get_one(Record, scene[name]) for name in ("project", "agreement"))
        link = partners.link(s, project, agreement, "implements").id
    client.get(f"/links/{link}/edit", 403)
    client.get(f"/links/{link}/end", 403)


def test_relations_of_documents_join_nothing_else(s: Session) -> None:
    project, other, one = projects.project(s, "A"), projects.project(s, "B"), legal.legal_instrument(s)
    for relation in (*TO_LEGAL, *OF_LEGAL):
        with changing(s), pytest.raises(InvalidInput) as caught:
            partners.link(s, project, other, relation)
        expected = {"relation": "begins_at_a_legal_instrument"}
        assert caught.value.errors == ({"target": "ends_at_a_legal_instrument"} if relation in TO_LEGAL else expected)
    for relation in ("amends", "repeals"):
        with changing(s), pytest.raises(InvalidInput) as caught:
            partners.link(s, one, project, relation)
        assert caught.value.errors == {"target": "ends_at_a_legal_instrument"}


def test_the_form_says_which_record_does_not_fit(scene, client_as) -> None:
    client = client_as("editor", everywhere=True)
    form = client.get(f"/records/{scene['project']}/links/add?relation=based_on")
    refused = client.submit(form, 422, target=str(scene["framework"]))
    assert refused.errors() == ["Který záznam : Pro tuto vazbu vyberte právní nebo koncepční dokument."]
    offered = [tag["value"] for tag in form.soup.select("input[name=relation]")]
    assert set(TO_LEGAL) <= set(offered) and not set(OF_LEGAL) & set(offered)
    own = client.get(f"/records/{scene['act']}/links/add")
    assert set(OF_LEGAL) <= {tag["value"] for tag in own.soup.select("input[name=relation]")}


def test_every_relation_of_documents_reads_from_both_ends() -> None:
    known = codes.code_list("link_relations").codes
    for relation in (*TO_LEGAL, *OF_LEGAL):
        forth, back = known[relation], known[f"{relation}.reverse"]
        assert back.withdrawn and not forth.withdrawn
        assert (forth.cs, forth.en) != (back.cs, back.en) and back.cs and back.en


def test_only_relations_of_a_basis_count_as_grounding(s: Session) -> None:
    project, one, other = projects.project(s, "A"), legal.legal_instrument(s), legal.legal_instrument(s, "Zákon")
    partners.link(s, project, one, "implements")
    partners.link(s, one, project, "related")
    partners.link(s, other, one, "amends")
    partners.link(s, project, one, "described_by")
    partners.link(s, one, other, GROUNDS)
    pairs = {link.relation: grounding(link, source, target) for link, source, target in links_of(s, SYSTEM, [one.id])}
    assert {relation: pair and (pair[0].id, pair[1].id) for relation, pair in pairs.items()} == {
        "implements": (one.id, project.id), "related": None, "amends": None, "described_by": None, GROUNDS: (one.id, other.id),
    }  # fmt: skip


def test_a_line_names_what_rests_on_a_document_once_and_nothing_hidden(s: Session) -> None:
    project, one = projects.project(s, "ERIS"), legal.legal_instrument(s)
    hidden = funding.project(s, "Tajný projekt", confidential=True)
    partners.link(s, project, one, "implements")
    partners.link(s, one, project, GROUNDS)
    partners.link(s, hidden, one, "based_on")
    legal.legal_instrument(s, "Zásady", laid_down_in=one.id)
    legal.legal_instrument(s, "Tajné zásady", laid_down_in=one.id, confidential=True)
    rows = s.scalars(legal_instruments(SYSTEM)).all()
    told = {line.record.id: line for line in lines(s, accounts.actor(s, "viewer"), rows, "cs")}
    assert [record.name_cs for record in told[one.id].grounds] == ["ERIS", "Zásady"]
