"""Changing a role or a relation that stands: wording, source, certainty, note."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.errors import Refused
from portal.kernel.permission import SYSTEM
from portal.partners.actions import edit_role
from portal.partners.models import Link, Participation
from portal.sources.facts import Pair
from portal.sources.queries import facts_of
from tests.factories import changing, frameworks, partners, projects, sources


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A project with a role and a relation, and a document; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces")
        project, iom = projects.project(s, "Vlajkový projekt", framework=top), partners.organisation(s, "IOM")
        made = {
            "framework": top, "project": project, "iom": iom, "document": sources.document(s, "Zpráva", "public"),
            "role": partners.role(s, project, iom, "partner"),
            "link": partners.link(s, project, projects.project(s, "Navazující"), "enables"),
        }  # fmt: skip
        return {name: record.id for name, record in made.items()}


def role_of(s: Session, scene: dict[str, int]) -> tuple:
    role = s.get_one(Participation, scene["role"])
    return role.role, role.role_cs, role.note_cs, role.certainty


def test_every_unit_of_a_role_is_changed_and_shown(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    profile = client.get(f"/projects/{scene['project']}")
    page = client.get(profile.link("upravit : IOM, partner"))
    assert page.value("role") == "partner"
    typed = {
        "role": "implementing", "words_cs": "implementuje či implementovala", "note_cs": "ověřit", "source": "Zpráva",
        "source_sure": "unsure", "source_quotation": "implements",
    }  # fmt: skip
    shown = client.follow(client.submit(page, fields=typed))
    roles = shown.soup.find(id="roles").get_text(" ")
    assert "implementuje či implementovala" in roles and "ověřit" in roles and "nejisté" in roles
    with transaction.unit(engine) as s:
        assert role_of(s, scene) == ("implementing", "implementuje či implementovala", "ověřit", "unsure")
        view = facts_of(s, SYSTEM, s.get_one(Participation, scene["role"]))[scene["role"]]["role"]
        assert [(c.value, c.cited[0].citation.quotation) for c in view.claims] == [("implementing", "implements")]


def test_a_note_leaves_what_is_stated_of_the_role_as_it_is(s: Session) -> None:
    words = Pair("implementovala", "implemented")
    role = partners.role(s, projects.project(s), partners.organisation(s), "partner")
    sources.statement(s, role, "role", "implementing", sources.support(s, words=words, precision="ambiguous"))
    with changing(s):
        edit_role(s, SYSTEM, role, {"role": "implementing", "words": None, "note": Pair("ověřit", "")})
    lead = facts_of(s, SYSTEM, role)[role.id]["role"].lead.statement
    assert (lead.value, lead.value_cs, lead.precision, lead.certainty) == (
        "implementing", "implementovala", "ambiguous", "document",
    )  # fmt: skip
    assert (role.note_cs, role.certainty) == ("ověřit", "document")


def test_a_source_may_be_named_for_a_role_as_it_stands_and_makes_it_sure(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/roles/{scene['role']}/edit")
    client.submit(page, source="Zpráva", source_sure="unsure")
    client.submit(client.get(f"/roles/{scene['role']}/edit"), source="Zpráva", source_quotation="partner")
    with transaction.unit(engine) as s:
        assert role_of(s, scene) == ("partner", "", "", "public")


def test_words_changed_meanwhile_are_joined_with_mine_and_a_clash_is_asked_about(scene, client_as, engine) -> None:
    first, second = client_as("editor", everywhere=True), client_as("editor", everywhere=True)
    path = f"/roles/{scene['role']}/edit"
    mine, other = second.get(path), second.get(path)
    first.submit(first.get(path), words_cs="spolupracuje")
    second.submit(mine, note_cs="ověřit")
    with transaction.unit(engine) as s:
        assert role_of(s, scene)[:3] == ("partner", "spolupracuje", "ověřit")
    clash = second.submit(other, 409, words_cs="podílí se")
    second.submit(clash, **{"choose-words_cs": "mine"})
    with transaction.unit(engine) as s:
        assert role_of(s, scene)[:3] == ("partner", "podílí se", "ověřit")


def test_a_role_is_not_made_the_same_as_another_one(s: Session) -> None:
    project, iom = projects.project(s), partners.organisation(s)
    partners.role(s, project, iom, "lead")
    role = partners.role(s, project, iom, "partner")
    with changing(s), pytest.raises(Refused, match="role_given_already"):
        edit_role(s, SYSTEM, role, {"role": "lead", "words": None})
    with changing(s):
        edit_role(s, SYSTEM, role, {"role": "lead", "words": Pair("vede část", "")})
    assert (role.role, role.role_cs) == ("lead", "vede část")


def test_the_note_and_the_source_of_a_relation_are_changed(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(client.get(f"/projects/{scene['project']}").link("upravit : Navazující"))
    shown = client.follow(client.submit(page, note_cs="podle zprávy", source="Zpráva"))
    assert "podle zprávy" in shown.soup.find(id="links").get_text()
    with transaction.unit(engine) as s:
        link = s.get_one(Link, scene["link"])
        assert (link.note_cs, link.relation, link.certainty) == ("podle zprávy", "enables", "public")


@pytest.mark.parametrize("path", ["/roles/{role}/edit", "/links/{link}/edit"])
def test_only_who_writes_the_record_changes_its_roles_and_relations(scene, client_as, engine, path: str) -> None:
    with transaction.unit(engine) as s, changing(s):
        elsewhere = frameworks.framework(s, "Jinde").id
    for client in (client_as("viewer"), client_as("editor", frameworks=[elsewhere])):
        client.get(path.format(**scene), 403)
    client_as("administrator").get(path.format(role=999999, link=999999), 404)
