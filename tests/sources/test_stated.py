"""As stated by a day: the whole portal by what documents of that day say, and never mixed with what was recorded when."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures.funding import known_funding
from portal.figures.scope import Scope
from portal.funding.actions import book_flow, edit_flow
from portal.funding.models import Flow
from portal.kernel import transaction
from portal.kernel.errors import ReadOnlyPast
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.partners.models import Participation
from portal.projects.models import Project
from portal.projects.queries import parts_of
from portal.sources.actions import Quotation, Support, state
from portal.sources.models import Document, Statement
from portal.sources.stated import reading, stated_by
from tests.factories import changing, funding, sources

AUGUST = date(2014, 8, 27)


@pytest.fixture(scope="module")
def by_august(stores, kind, tmp_path_factory):
    """A session on the seed portfolio as stated by 27 August 2014."""
    folder = tmp_path_factory.mktemp("stated")
    with Session(stores[kind].reading) as live:
        engine = stated_by(live, AUGUST, folder)
        with reading(engine, AUGUST) as s:
            yield s
        engine.dispose()


def keyed(s: Session, key: str) -> Record:
    return s.scalars(select(Record).where(Record.key == key)).one()


def test_by_27_august_2014_there_are_four_pilots_and_three_planned_projects(by_august) -> None:
    parts = parts_of(by_august, SYSTEM, keyed(by_august, "prague-process-targeted-initiative").id)
    assert len(parts) == 7
    planned = [p for p in parts if p.status == "1"]
    assert [p.key for p in planned] == ["ppti-further-1", "ppti-further-2", "ppti-further-3"]
    pilots = [p for p in parts if p not in planned]
    assert len(pilots) == 4 and {p.status for p in pilots} == {None}  # that they are closed is read from later pages
    assert not any("veřejně" in p.name_cs for p in parts)  # the public names are of later pages
    stated = {
        st.field: st.value
        for st in by_august.scalars(select(Statement).where(Statement.record_id == parts[0].umbrella_id))
    }
    assert (stated["pilot_projects_count"], stated["further_projects_count"]) == ("4", "3")


def test_what_only_later_or_undated_sources_say_is_not_stated(by_august) -> None:
    initiative = keyed(by_august, "prague-process-targeted-initiative")
    assert (initiative.status, initiative.actual_start, initiative.actual_end) == (None, None, None)
    keys = set(by_august.scalars(select(Record.key)))
    assert "border-security-summit-2025" not in keys and "eap-panel-prague-2013-11" in keys
    assert "programme-support-combating-illegal-migration" not in keys  # its document has no date
    assert keyed(by_august, "eap-panel-prague-2013-11").held == When("2013-11")
    assert all(d.dated_to and d.dated_to <= AUGUST for d in by_august.scalars(select(Document)))


def test_the_600_000_stand_there_as_the_document_states_them(by_august) -> None:
    flows = by_august.scalars(select(Flow).where(Flow.amount_minor.is_not(None))).all()
    by_document = [f for f in flows if f.key == "ec-topup-ppti-600k"]
    assert [(f.amount_minor, f.amount_currency, f.included_in_id) for f in by_document] == [(60_000_000, "EUR", None)]


def test_nothing_there_refers_to_what_is_not_there(by_august) -> None:
    ids = set(by_august.scalars(select(Record.id)))
    assert {p.within_id for p in by_august.scalars(select(Participation))} <= ids
    assert {p.umbrella_id for p in by_august.scalars(select(Project))} - {None} <= ids
    with pytest.raises(ReadOnlyPast):
        by_august.add(Project(name_cs="x"))
        by_august.flush()
    by_august.expunge_all()


def test_the_last_statement_that_counts_leads_and_a_later_correction_does_not_reach_back(s: Session, tmp_path) -> None:
    early, late = (
        sources.document(s, "Zpráva 2013", dated=When("2013-05")),
        sources.document(s, "Zpráva 2016", dated=When("2016")),
    )
    undated = sources.document(s, "Bez data")
    project = funding.project(s, "ERIS", key="eris")
    with changing(s):
        for document, end in ((early, "2014-12"), (late, "2015-06"), (undated, "2015-01")):
            state(s, SYSTEM, project, "actual_end", When(end), Support("public", (Quotation(document.id, "", end),)))
    assert project.actual_end == When("2015-01")
    for day, wanted in ((date(2013, 5, 30), None), (date(2013, 5, 31), "2014-12"), (date(2017, 1, 1), "2015-06")):
        engine = stated_by(s, day, tmp_path)
        with reading(engine, day) as then:
            found = then.get(Project, project.id)
            assert (found and found.actual_end) == (When(wanted) if wanted else None), day
        engine.dispose()


def test_an_amount_typed_today_without_a_source_leaves_what_was_stated(s: Session, tmp_path) -> None:
    """What leads today is no document's; then the statement that led until it was typed leads, not the last one entered."""
    first, second = (sources.document(s, f"Zpráva {year}", dated=When(str(year))) for year in (2011, 2012))
    project = funding.project(s, "ERIS", backed=Support("public", (Quotation(first.id, "", "ERIS"),)))
    with changing(s):
        given = {"booked": project.id, "amount": Money.of(3_000_000, "EUR"), "unknown_reason": None}
        flow = book_flow(s, SYSTEM, given, Support("public", (Quotation(first.id, "", "3 000 000"),)))
    with changing(s):
        beside = Support("public", (Quotation(second.id, "", "not stated"),))
        state(s, SYSTEM, flow, "amount", None, beside, lead=False)
        edit_flow(s, SYSTEM, flow, {"amount": Money.of(3_100_000, "EUR")})
    engine = stated_by(s, date(2014, 1, 1), tmp_path)
    with reading(engine, date(2014, 1, 1)) as then:
        assert then.get_one(Flow, flow.id).amount == Money.of(3_000_000, "EUR")
    engine.dispose()


def test_a_part_is_not_added_beside_its_whole_where_only_an_undated_document_calls_it_a_part(
    s: Session, tmp_path
) -> None:
    """No document of the day says so, and the portal says that it has no source then; but the sum is not counted twice."""
    dated, undated = sources.document(s, "Zpráva", dated=When("2012")), sources.document(s, "Stránka")
    by_report = Support("document", (Quotation(dated.id, "", "ERIS"),))
    project = funding.project(s, "ERIS", backed=by_report)
    with changing(s):
        whole, part = (
            book_flow(s, SYSTEM, {"booked": project.id, "amount": Money.of(minor, "EUR")}, by_report)
            for minor in (60_000_000, 10_000_000)
        )
        edit_flow(
            s, SYSTEM, part, {"included_in": whole.id}, Support("document", (Quotation(undated.id, "", "z toho"),))
        )
    assert part.included_certainty == "document"
    engine = stated_by(s, date(2014, 1, 1), tmp_path)
    with reading(engine, date(2014, 1, 1)) as then:
        found = then.get_one(Flow, part.id)
        assert (found.included_in_id, found.included_certainty) == (whole.id, "uncited")
        assert known_funding(then, SYSTEM, Scope(certainty="all")).sums["EUR"].total == Money.of(60_000_000, "EUR")
    engine.dispose()


def test_the_address_holds_for_pages_lists_files_and_search(read_as, store) -> None:
    viewer = read_as("viewer")
    page = viewer.get("/d/2014-08-27/projects")
    assert "Doloženo k 27. 8. 2014" in page.text.replace("\xa0", " ")
    assert all(a["href"].startswith("/d/2014-08-27/") for a in page.soup.select("tbody th a"))
    assert "Jak portál vypadal" not in page.text
    listed = [a.get_text() for a in page.soup.select("tbody th a")]
    assert len([name for name in listed if "pilotní" in name.casefold()]) >= 4
    planned = viewer.get("/d/2014-08-27/projects?status=1").soup.select("tbody th a")
    assert len(planned) == 3
    book = viewer.browser.get("/d/2014-08-27/exports/projects.xlsx")
    assert "dolozeno-k-2014-08-27" in book.headers["Content-Disposition"]
    words = " ".join(str(c.value) for c in openpyxl.load_workbook(io.BytesIO(book.data)).worksheets[0]["A"][:6])
    assert "Jak dokládají dokumenty k" in words
    found = viewer.get("/d/2014-08-27/search?q=border+security")
    assert "Border Security" not in found.soup.main.get_text().replace("border security", "")
    viewer.get("/d/2014-13-45/projects", 404)


def test_nothing_there_is_told_as_if_it_had_been_recorded(read_as) -> None:
    viewer = read_as("viewer", lang="cs")
    told = viewer.get("/d/2014-08-27/changes").soup.select_one(".empty").get_text(" ")
    assert "ne toho, co uvádějí dokumenty" in told and "není zapsána" not in told
    page = viewer.get("/d/2014-08-27/management").soup
    figures = page.select_one(".figs").get_text(" ")
    assert "čtvrtletí" not in figures and "600 000 EUR" in figures.replace("\u00a0", " ")
    assert "na tom, co bylo zapsáno, ne na tom, co uvádějí dokumenty" in page.select_one(
        ".figs-note"
    ).get_text().replace("\u00a0", " ")


def test_nothing_is_written_from_there(client_as, engine) -> None:
    client = client_as("administrator")
    assert "Nový projekt" not in client.get("/d/2014-08-27/projects").text
    assert client.browser.post("/d/2014-08-27/projects/add").status_code in (400, 405)


def test_the_day_is_chosen_beside_the_recorded_moment_and_they_are_told_apart(client_as) -> None:
    client = client_as("viewer")
    page = client.get("/as-of?next=/projects")
    assert "Jak bylo zapsáno" in page.text and "Jak bylo doloženo" in page.text
    assert (
        client.browser.get("/as-of?next=/projects&stated=27.+8.+2014").headers["Location"] == "/d/2014-08-27/projects"
    )
    assert client.browser.get("/as-of?next=/projects&stated=2013").headers["Location"] == "/d/2013-12-31/projects"
    wrong = client.get("/as-of?stated=pondělí", 422)
    assert "Doloženo k" in wrong.soup.find(id="errors").get_text()
    assert "nenastal" in client.get("/as-of?stated=2090", 422).soup.find(id="errors").get_text()


def test_what_is_confidential_is_absent_there_too(client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        dated = sources.document(s, "Zpráva 2013", dated=When("2013-05"))
        backed = Support("document", (Quotation(dated.id, "", "Projekt běží."),))
        hidden = funding.project(s, "Neveřejný projekt", status="2", backed=backed)
        funding.project(s, "Veřejný projekt", status="2", backed=backed)
        hidden.confidential = True
        settle(s, [hidden])
        hidden_id = hidden.id
    viewer = client_as("viewer")
    listed = viewer.get("/d/2014-01-01/projects").text
    assert "Veřejný projekt" in listed and "Neveřejný projekt" not in listed
    assert "Žádný dokument datovaný do toho dne" in viewer.get(f"/d/2014-01-01/projects/{hidden_id}", 404).text
    assert viewer.get("/d/2013-01-01/projects").soup.select("tbody tr") == []
