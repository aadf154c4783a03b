"""The register, one document with what it carries, the page of one fact: as a person uses them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.sources.actions import Quotation, Support
from portal.sources.models import Citation, Document, Statement
from tests.factories import changing, frameworks, partners, projects, sources

TITLE = "Mezinárodní spolupráce"
BODY = "Tuto iniciativu podpořila Evropská komise dodatečně 600 000 EUR."


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A project with an end that two sources state differently, and a role; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces")
        project = projects.project(s, "Cílená iniciativa", framework=top)
        ministry = sources.document(
            s, TITLE, dated=When("2014-08-27"), language="cs", body=BODY, address="https://mv.cz/a"
        )
        public = sources.document(s, "Closing ceremony", "public", dated=When("2017-06"), language="en")
        planned = Support(
            "document", (Quotation(ministry.id, "s. 1", "Evropská komise dodatečně 600 000 EUR", "cs", True),)
        )
        closed = Support("public", (Quotation(public.id, "", "59 months of implementation", "en"),))
        first = sources.statement(s, project, "actual_end", When("2016-01"), planned)
        second = sources.statement(s, project, "actual_end", When("2017-06"), closed, lead=False)
        role = partners.role(s, project, partners.organisation(s, "Evropská komise"), "donor")
        return {
            "framework": top.id, "project": project.id, "ministry": ministry.id, "public": public.id, "first": first.id,
            "second": second.id, "role": role.id,
        }  # fmt: skip


def test_the_register_is_filtered_sorted_and_counted(scene, client_as) -> None:
    client = client_as("viewer")
    page = client.get("/sources")
    assert page.h1 == "Zdroje"
    assert [row.get_text(" ", strip=True) for row in page.soup.select("tbody th a")] == ["Closing ceremony", TITLE]
    assert "2 zdroje" in page.text
    for query, titles in {
        "q=mezinarodni": [TITLE], "origin=public": ["Closing ceremony"], "language=cs": [TITLE], "year=2014": [TITLE],
        "year=2015": [], "sort=-dated": ["Closing ceremony", TITLE], "sort=dated": [TITLE, "Closing ceremony"],
        "carries=none": [], "carries=some&origin=ministry": [TITLE],
    }.items():  # fmt: skip
        found = client.get(f"/sources?{query}").soup.select("tbody th a")
        assert [row.get_text(" ", strip=True) for row in found] == titles, query
    assert "Přidat zdroj" not in page.text
    assert "Napište rok" in client.get("/sources?year=loni").text


def test_a_document_shows_its_quotations_with_the_facts_they_carry(scene, client_as) -> None:
    client = client_as("viewer")
    page = client.get(f"/sources/{scene['ministry']}")
    assert page.h1 == TITLE
    quoted = page.soup.select_one(".quoted q")
    assert (quoted.get_text(), quoted["lang"]) == ("Evropská komise dodatečně 600 000 EUR", "cs")
    row = page.soup.select("tbody tr")[1]
    assert plain(row.find_all("td")) == [
        "Cílená iniciativa", "Skutečný konec", "leden 2016",
    ]  # fmt: skip
    text = client.get(page.link("v textu"))
    marked = text.soup.select_one("mark")
    assert marked.get_text() == "Evropská komise dodatečně 600 000 EUR"
    assert marked.find_previous_sibling("span")["id"].startswith("quotation-")
    assert "vedoucí je jiný údaj" in client.get(f"/sources/{scene['public']}").text


def test_the_page_of_a_fact_shows_all_that_is_stated_and_the_leading_one_is_chosen_with_a_reason(
    scene, client_as, engine
) -> None:
    client = client_as("editor", frameworks=[scene["framework"]])
    page = client.get(f"/records/{scene['project']}/facts/actual_end")
    assert page.h1 == "Skutečný konec"
    claims = page.soup.select(".claim")
    assert plain(claim.b for claim in claims) == ["leden 2016", "červen 2017"]
    assert "vedoucí údaj" in claims[0].get_text() and "vedoucí údaj" not in claims[1].get_text()
    assert [q["lang"] for q in page.soup.select(".claim q")] == ["cs", "en"]

    refused = client.submit(page, 422, leading=str(scene["second"]), reason="")
    assert refused.errors() == ["Proč : Vyplňte tento údaj."]
    assert refused.value("leading") == str(scene["second"])

    done = client.submit(refused, leading=str(scene["second"]), reason="Stránka popisuje skutečné uzavření.")
    after = client.follow(done)
    assert "Stránka popisuje skutečné uzavření." in after.text
    assert plain(after.soup.select(".claim--lead b")) == ["červen 2017"]
    with transaction.unit(engine) as s:
        from portal.projects.models import Project

        assert s.get(Project, scene["project"]).actual_end == When("2017-06")
        last = s.scalar(select(Change).order_by(Change.id.desc()).limit(1))
        assert last.reason == "Stránka popisuje skutečné uzavření."


def test_a_viewer_sees_all_statements_and_no_way_to_change_them(scene, client_as) -> None:
    client = client_as("viewer")
    page = client.get(f"/records/{scene['project']}/facts/actual_end")
    assert len(page.soup.select(".claim")) == 2
    assert not page.soup.main.find_all("form")
    assert "Přidat tvrzení" not in page.text
    client.get(f"/records/{scene['project']}/facts/actual_end/state", 403)
    client.get(f"/statements/{scene['first']}/cite", 403)


def test_an_editor_of_another_framework_may_not_state_facts_here(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        other = frameworks.framework(s, "Jiný rámec").id
    client = client_as("editor", frameworks=[other])
    assert "Přidat tvrzení" not in client.get(f"/records/{scene['project']}/facts/actual_end").text
    client.get(f"/records/{scene['project']}/facts/actual_end/state", 403)


def test_a_statement_is_added_with_a_new_source_in_one_step(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/records/{scene['project']}/facts/actual_end/state")
    asked = client.submit(page, 422, value="červenec 2017", source="https://icmpd.org/eris")
    assert asked.errors() == ["Název nového zdroje : Tento zdroj portál ještě nezná. Napište jeho název."]
    assert asked.value("source_address") == "https://icmpd.org/eris"
    done = client.submit(
        asked, source_title="ICMPD: ERIS", source_quotation="closed in July 2017", source_language="en"
    )
    after = client.follow(done)
    assert plain(after.soup.select(".claim b")) == [
        "leden 2016",
        "červen 2017",
        "červenec 2017",
    ]
    with transaction.unit(engine) as s:
        made = s.scalar(select(Document).where(Document.address == "https://icmpd.org/eris"))
        assert (made.name_en, made.name_cs, made.origin) == ("ICMPD: ERIS", "", "public")
        citation = s.scalar(select(Citation).where(Citation.document_id == made.id))
        assert (citation.quotation, citation.quotation_lang, citation.verbatim) == ("closed in July 2017", "en", False)
        statement = s.get(Statement, citation.statement_id)
        assert (statement.value, statement.certainty, statement.precision) == ("2017-07", "public", "month")
        assert s.scalar(select(Change.id).order_by(Change.id.desc())) == made_in(s, made.id)


def plain(tags) -> list[str]:
    """Texts with plain spaces."""
    return [" ".join(tag.get_text(" ").split()) for tag in tags]


def made_in(s, document_id: int) -> int:
    """The change that registered a document."""
    from portal.kernel.history import twin

    past = twin(Document.__table__)
    return s.scalar(select(past.c.change_from).where(past.c.id == document_id))


FIELDS = {
    "name": ({"value_cs": "Jiný název"}, "Jiný název"),
    "acronym": ({"value": "PPTI"}, "PPTI"),
    "website": ({"value": "www.pragueprocess.eu/x"}, "https://www.pragueprocess.eu/x"),
    "status": ({"value": "4"}, "4"),
    "planned_start": ({"value": "2010–2013"}, "2010/2013"),
    "description": ({"value_en": "Support"}, "Support"),
    "budget": ({"value": "3 600 000", "precision": "rounded"}, "EUR 360000000"),
    "participants_count": ({"value": "36"}, "36"),
    "kickoff": ({"value": "únor 2013"}, "2013-02"),
    "output": ({"value_cs": "Příručka"}, "Příručka"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_each_fact_is_stated_in_a_field_of_its_own_type(scene, client_as, engine, field: str) -> None:
    typed, canonical = FIELDS[field]
    client = client_as("editor", everywhere=True)
    page = client.get(f"/records/{scene['project']}/facts/{field}/state")
    client.submit(page, source=TITLE, source_reason="doplněno", fields=typed | {"lead": "1"})
    with transaction.unit(engine) as s:
        statement = s.scalars(
            select(Statement).where(Statement.record_id == scene["project"], Statement.field == field)
        ).all()[-1]
        assert (statement.value, statement.certainty, statement.leading) == (canonical, "document", True)
        assert statement.precision == typed.get("precision", statement.precision)


def test_a_source_that_does_not_say_is_a_statement_too(scene, client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/records/{scene['project']}/facts/planned_end/state")
    assert client.submit(page, 422).errors()[0].endswith("Napište hodnotu, nebo zaškrtněte, že ji zdroj neuvádí.")
    both = client.submit(page, 422, value="2014", not_stated="1")
    assert both.errors()[0].endswith("Buď napište hodnotu, nebo zaškrtněte, že ji zdroj neuvádí.")
    nothing = client.submit(page, 422, not_stated="1")
    assert "Napište hodnotu, nebo uveďte zdroj, který jste četli a který ji neuvádí." in nothing.text
    after = client.follow(client.submit(page, not_stated="1", source=TITLE))
    assert after.soup.select_one(".claim b").get_text() == "neuvedeno"


def test_one_more_source_is_cited_for_a_statement_that_stands(scene, client_as) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/statements/{scene['first']}/cite")
    assert client.submit(page, 422).errors() == ["Zdroj : Uveďte zdroj."]
    after = client.follow(client.submit(page, source="Closing ceremony", source_place="odst. 2"))
    assert [a.get_text() for a in after.soup.select(f"#statement-{scene['first']} p.small a")][:2] == [
        TITLE, "Closing ceremony",
    ]  # fmt: skip


def test_a_further_fact_is_chosen_and_then_stated(scene, client_as) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get(f"/records/{scene['project']}/facts")
    options = [o.get_text() for o in page.soup.select("select[name=field] option")]
    assert "Zahajovací seminář" in options and "Skutečný konec" not in options
    chosen = client.get(f"/records/{scene['project']}/facts?field=kickoff", 303)
    assert client.follow(chosen).h1 == "Přidat tvrzení: Zahajovací seminář"
    client.get(f"/records/{scene['project']}/facts?field=nesmysl", 422)


def test_the_fact_of_a_role_is_called_by_what_the_role_is_about(scene, client_as) -> None:
    page = client_as("viewer").get(f"/records/{scene['role']}/facts/role")
    assert "Cílená iniciativa" in page.text and "Evropská komise" in page.text


@pytest.mark.parametrize("path", ["/records/999999/facts/name", "/records/{project}/facts/nesmysl", "/sources/999999"])
def test_what_is_not_there_answers_404(scene, client_as, path: str) -> None:
    client_as("viewer").get(path.format(**scene), 404)


def test_a_document_is_registered_and_edited(client_as, engine) -> None:
    client = client_as("editor", everywhere=True)
    page = client.get("/sources/add")
    typed = {"name_cs": "Zpráva", "dated": "27. 8. 2014", "origin": "ministry", "language": "cs", "publisher": "MV ČR"}
    shown = client.follow(client.submit(page, fields=typed))
    assert (shown.h1, "27. 8. 2014" in shown.text) == ("Zpráva", True)
    edit = client.get(shown.link("Upravit"))
    after = client.follow(client.submit(edit, name_en="Report", source_reason="doplněn překlad"))
    assert "Report" in after.text
    first = {"name_cs": "Stránka", "address": "https://mv.cz/a"}
    client.submit(client.get("/sources/add"), fields=first)
    taken = client.submit(client.get("/sources/add"), 422, fields=first | {"address": "mv.cz/a/"})
    assert taken.errors() == [
        "Webová adresa : Zdroj s touto adresou už v portálu je. Otevřete ho, nebo napište jinou adresu."
    ]
