"""Organisations, roles and links: actions, and the pages as a person uses them."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.history import twin
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.partners import actions
from portal.partners.models import Link, Organisation, Participation
from portal.sources.facts import Pair
from portal.sources.models import Statement
from tests.factories import changing, frameworks, partners, projects, sources


def test_no_organisation_is_part_of_itself_however_deep(s: Session) -> None:
    ministry = partners.organisation(s, "Ministerstvo vnitra")
    department = partners.organisation(s, "Odbor", parent=ministry.id)
    with changing(s), pytest.raises(InvalidInput) as refused:
        actions.edit_organisation(s, SYSTEM, ministry, {"parent": department.id})
    assert refused.value.errors == {"parent": "part_of_itself"}


@pytest.mark.parametrize(("relation", "again"), [("possibly_same", False), ("related", False), ("follows", True)])
def test_a_relation_that_reads_alike_from_both_ends_is_written_once(s: Session, relation: str, again: bool) -> None:
    a, b = projects.project(s, "A"), projects.project(s, "B")
    partners.link(s, a, b, relation)
    with pytest.raises(Refused, match="linked_already"):
        partners.link(s, a, b, relation)
    if again:
        assert partners.link(s, b, a, relation).from_id == b.id
    else:
        with pytest.raises(Refused, match="linked_already"):
            partners.link(s, b, a, relation)


def test_nothing_is_related_to_itself(s: Session) -> None:
    a = projects.project(s, "A")
    with pytest.raises(InvalidInput) as refused:
        partners.link(s, a, a)
    assert refused.value.errors == {"target": "linked_to_itself"}


def test_only_organisations_and_countries_take_part(s: Session) -> None:
    with pytest.raises(InvalidInput) as refused:
        partners.role(s, projects.project(s, "A"), projects.project(s, "B"))
    assert refused.value.errors == {"participant": "not_a_participant"}


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A project in a framework, an organisation, a country, a document; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces")
        made = {
            "framework": top, "project": projects.project(s, "Vlajkový projekt", framework=top),
            "other": projects.project(s, "Podpora reintegrace", framework=top), "iom": partners.organisation(s, "IOM"),
            "georgia": partners.country(s), "document": sources.document(s, "Zpráva", "public"),
        }  # fmt: skip
        return {name: record.id for name, record in made.items()}


def test_every_unit_of_an_organisation_is_kept(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    typed = {
        "name_cs": "Mezinárodní centrum", "name_en": "ICMPD", "abbreviation": "ICMPD", "kind_code": "international_organisation",
        "type_code": "40", "country": str(scene["georgia"]), "parent": str(scene["iom"]), "ref": "XM-DAC-47066",
        "channel_code": "47066", "founded": "1993", "seat": "Vídeň", "website": "icmpd.org/about", "note_en": "Note",
        "source": "Zpráva",
    }  # fmt: skip
    shown = client.follow(client.submit(client.get("/organisations/add"), fields=typed))
    assert shown.h1 == "Mezinárodní centrum"
    with transaction.unit(engine) as s:
        made = s.scalar(select(Organisation).where(Organisation.abbreviation == "ICMPD"))
        assert (made.kind_code, made.type_code, made.ref, made.channel_code) == (
            "international_organisation", "40", "XM-DAC-47066", "47066",
        )  # fmt: skip
        assert (made.country_id, made.parent_id, made.founded) == (scene["georgia"], scene["iom"], When("1993"))
        assert (made.seat, made.website, made.note_en) == ("Vídeň", "https://icmpd.org/about", "Note")
        assert made.certainty == "public"


def test_who_writes_only_in_some_frameworks_is_not_asked_about_the_secrecy_of_an_organisation(scene, client_as) -> None:
    some, everywhere = client_as("editor", frameworks=[scene["framework"]]), client_as("editor", everywhere=True)
    for path in ("/organisations/add", f"/organisations/{scene['iom']}/edit"):
        assert some.get(path).soup.find(id="confidential") is None
        assert everywhere.get(path).soup.find(id="confidential") is not None


def test_a_role_is_given_with_the_words_of_its_source_and_taken_away_with_a_reason(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/records/{scene['project']}/roles/add")
    offered = [o.get_text() for o in page.soup.select("select[name=participant] option")]
    assert offered == ["Vyberte…", "IOM", "Gruzie (země)"]
    typed = {
        "participant": str(scene["georgia"]), "role": "partner_country", "words_cs": "implementuje či implementovala",
        "source": "Zpráva", "source_sure": "unsure",
    }  # fmt: skip
    shown = client.follow(client.submit(page, fields=typed))
    assert "implementuje či implementovala" in shown.text
    again = client.submit(client.get(f"/records/{scene['project']}/roles/add"), 422, fields=typed)
    assert again.errors() == ["Tuto roli tu už má. Vyberte jinou roli, nebo napište jiná slova zdroje."]
    with transaction.unit(engine) as s:
        role = s.scalar(select(Participation))
        assert (role.role, role.certainty, role.participant_id) == ("partner_country", "unsure", scene["georgia"])
        assert s.scalar(select(Statement.certainty).where(Statement.record_id == role.id)) == "unsure"
        role_id = role.id

    end = client.get(f"/roles/{role_id}/end")
    assert client.submit(end, 422, reason="").errors() == ["Proč : Vyplňte tento údaj."]
    client.submit(end, reason="zapsáno omylem")
    with transaction.unit(engine) as s:
        assert s.scalar(select(func.count()).select_from(Participation)) == 0
        past = twin(Participation.__table__)
        closed = s.scalar(select(past.c.change_to).where(past.c.id == role_id))
        assert s.get(Change, closed).reason == "zapsáno omylem"
    client.get(f"/roles/{role_id}/end", 404)


def test_two_records_that_may_be_the_same_are_linked_and_separated_again(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/records/{scene['project']}/links/add")
    assert page.value("relation") == "possibly_same"
    shown = client.follow(client.submit(page, target=str(scene["other"]), note_cs="stejná země i téma"))
    assert "Podpora reintegrace" in shown.text and "stejná země i téma" in shown.text
    twice = client.submit(client.get(f"/records/{scene['other']}/links/add"), 422, target=str(scene["project"]))
    assert twice.errors() == ["Tyto dva záznamy už takto propojeny jsou."]
    with transaction.unit(engine) as s:
        link_id = s.scalar(select(Link.id))
    end = client.get(f"/links/{link_id}/end")
    assert "Vlajkový projekt možná totéž jako Podpora reintegrace" in end.text
    client.submit(end, reason="jde o dva projekty")
    with transaction.unit(engine) as s:
        assert s.scalar(select(func.count()).select_from(Link)) == 0
        assert s.scalar(select(Change.reason).order_by(Change.id.desc()).limit(1)) == "jde o dva projekty"


def test_roles_and_links_are_written_only_by_who_writes_the_record(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        elsewhere = frameworks.framework(s, "Jinde").id
        from portal.projects.models import Project

        project, iom = s.get(Project, scene["project"]), s.get(Organisation, scene["iom"])
        role, link = partners.role(s, project, iom).id, partners.link(s, project, s.get(Project, scene["other"])).id
    for client in (client_as("viewer"), client_as("editor", frameworks=[elsewhere])):
        for path in (
            f"/records/{scene['project']}/roles/add", f"/records/{scene['project']}/links/add", f"/roles/{role}/end",
            f"/links/{link}/end",
        ):  # fmt: skip
            client.get(path, 403)


@pytest.mark.parametrize("path", ["/records/{iom}/roles/add", "/records/999999/links/add", "/roles/999999/end"])
def test_what_has_no_roles_or_is_not_there_answers_404(scene, client_as, path: str) -> None:
    client_as("administrator").get(path.format(**scene), 404)


def test_names_in_two_languages_join_into_one_pair_for_the_action(s: Session) -> None:
    with changing(s):
        made = actions.add_organisation(s, SYSTEM, {"name": Pair("", "Only English")})
    assert (made.name("cs"), made.name("en")) == ("Only English", "Only English")
