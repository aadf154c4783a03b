"""The seed portfolio in the database is the one in the files: every record, every statement, every citation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.frameworks.models import Framework
from portal.funding.models import Contract, Flow
from portal.kernel import transaction
from portal.kernel.db import make_engine
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.search import SearchWord
from portal.ops import checks, seed_files, seeding
from portal.partners.models import Participation
from portal.projects.models import Project, ProjectCountry, ProjectFramework
from portal.projects.queries import sets_of
from portal.sources import actions as sources
from portal.sources.models import Citation, Document, Statement


@pytest.fixture(scope="module")
def seeded(stores, kind: str) -> Iterator[Engine]:
    """An engine on a database with the seed portfolio loaded, shared by the tests of this file: they only read it."""
    store = stores[kind]
    engine = make_engine(store.copy(), wait=5)
    with transaction.unit(engine) as s:
        seeding.seed(s)
    yield engine
    engine.dispose()
    store.server.drop(engine.url)


@pytest.fixture
def loaded(seeded: Engine) -> Iterator[Session]:
    with Session(seeded) as s:
        yield s


def one(s: Session, key: str) -> Record:
    return s.scalars(select(Record).where(Record.key == key)).one()


def leading(s: Session, key: str, field: str) -> Statement:
    return sources.leader(s, one(s, key).id, field)


def test_every_record_is_there_with_its_names_notes_and_marks(loaded: Session) -> None:
    found = {
        r.key: (r.kind, r.name_cs, r.name_en, r.note_cs, r.note_en, r.placeholder, r.certainty)
        for r in loaded.scalars(select(Record).where(Record.kind.not_in(("participation", "link"))))
    }
    wanted = {
        r.key: (r.kind, r.name_cs, r.name_en, r.note_cs, r.note_en, r.placeholder, r.certainty)
        for r in seed_files.read_portfolio()
        if r.kind not in ("participation", "link")
    }
    assert found == wanted


def test_participations_and_links_join_what_the_files_join(loaded: Session) -> None:
    keys = dict(loaded.execute(select(Record.id, Record.key)).all())
    found = {
        p.key: (keys[p.within_id], keys[p.participant_id], p.role, p.role_cs, p.role_en, p.certainty, p.note_cs)
        for p in loaded.scalars(select(Participation))
    }
    assert found == {
        r.key: (
            *(r.columns[c] for c in ("within", "participant", "role", "role_cs", "role_en")),
            r.certainty,
            r.note_cs,
        )
        for r in seed_files.read_portfolio()
        if r.kind == "participation"
    }


def test_every_statement_of_the_files_stands_once_and_no_other(loaded: Session) -> None:
    keys = dict(loaded.execute(select(Record.id, Record.key)).all())
    found = sorted(
        (
            keys[st.record_id], st.field, st.value_cs, st.value_en, st.precision, st.precision_note_cs, st.precision_note_en,
            st.certainty, st.leading, st.reason,
            sorted((keys[c.document_id], c.place, c.quotation, c.quotation_lang or "", c.verbatim) for c in st.citations),
        )
        for st in loaded.scalars(select(Statement))
    )  # fmt: skip
    wanted = sorted(
        (
            r.key, f.field, f.value_cs, f.value_en, f.precision, f.precision_note, f.precision_note_en,
            f.certainty, f.leading, f.reason,
            sorted((c.document, c.place, c.quotation, c.quotation_lang or "", c.verbatim) for c in f.citations),
        )
        for r in seed_files.read_portfolio()
        for f in r.facts
    )  # fmt: skip
    assert len(found) == 1215
    assert found == wanted


def test_values_are_stored_in_their_canonical_form(loaded: Session) -> None:
    start = leading(loaded, "eris", "actual_start")
    assert (start.value, start.precision) == ("2013-02", "month")
    kickoff = leading(loaded, "ppti-pp1-illegal-migration", "kickoff")
    assert (kickoff.value, kickoff.value_cs) == ("2012-11-08/2012-11-09", "8.–9. 11. 2012, Lvov")
    status = leading(loaded, "mp-capacity-projects", "status")
    assert (status.value, status.value_cs) == (None, "nelze určit: „implementuje či implementovala“")
    parent = leading(loaded, "mp-georgia", "parent")
    assert parent.value == f"#{one(loaded, 'mobility-partnership').id}"


def test_columns_hold_what_leads(loaded: Session) -> None:
    initiative = loaded.scalars(select(Project).where(Project.key == "prague-process-targeted-initiative")).one()
    assert initiative.framework.key == "prague-process"
    assert (initiative.actual_start.edtf, initiative.actual_end.edtf) == ("2012-08", "2017-06")
    assert (initiative.status, initiative.status_basis, initiative.status_on.edtf) == ("4", "stated", "2017")
    parts = loaded.scalars(select(Project).where(Project.umbrella_id == initiative.id)).all()
    assert {part.key for part in parts} == {
        "ppti-pp1-illegal-migration", "ppti-pp2-legal-migration", "ppti-pp3-migration-development", "ppti-pp4-asylum",
        "ppti-further-1", "ppti-further-2", "ppti-further-3",
    }  # fmt: skip
    eris = loaded.scalars(select(Project).where(Project.key == "eris")).one()
    assert (eris.planned_end.edtf, eris.actual_end) == ("2015-01", None)
    georgia = loaded.scalars(select(Framework).where(Framework.key == "mp-georgia")).one()
    assert (georgia.status, georgia.signed.edtf, georgia.kind_code) == (
        "concluded",
        "2009-11-30",
        "mobility_partnership",
    )


def test_the_money_is_booked_where_the_sources_say(loaded: Session) -> None:
    flows = {flow.key: flow for flow in loaded.scalars(select(Flow))}
    top_up, total = flows["ec-topup-ppti-600k"], flows["ec-grant-ppti"]
    assert top_up.booked.key == total.booked.key == "prague-process-targeted-initiative"
    assert (top_up.amount.decimal, top_up.amount.currency, top_up.amount_mark) == (Decimal("600000.00"), "EUR", "exact")
    assert (top_up.certainty, top_up.included_in_id, top_up.included_certainty) == ("document", total.id, "unsure")
    assert (top_up.instrument_id, top_up.type_code, top_up.receiver_id, top_up.valued) == (None, None, None, None)
    assert top_up.provider.key == "european-commission"
    assert {key: flow.unknown_reason for key, flow in flows.items() if flow.amount is None} == {
        "flow-eris-thematic-programme": "not_stated",
        "flow-bmp-european-commission": "not_stated",
    }
    contract = loaded.scalars(select(Contract)).one()
    assert (contract.signed.edtf, contract.number, contract.instrument_id) == ("2012-08-02", None, None)


def test_the_capacity_projects_serve_three_partnerships_and_three_countries(loaded: Session) -> None:
    project = one(loaded, "mp-capacity-projects")
    further = select(Record.key).join(ProjectFramework, ProjectFramework.framework_id == Record.id)
    countries = select(Record.key).join(ProjectCountry, ProjectCountry.country_id == Record.id)
    assert set(loaded.scalars(further.where(ProjectFramework.project_id == project.id))) == {
        "mp-moldova", "mp-georgia", "mp-armenia",
    }  # fmt: skip
    assert set(loaded.scalars(countries.where(ProjectCountry.project_id == project.id))) == {
        "country-md", "country-ge", "country-am",
    }  # fmt: skip


def test_a_ministry_document_has_its_text_and_its_date(loaded: Session) -> None:
    page = loaded.scalars(select(Document).where(Document.key == "doc-mv-international-cooperation-2014")).one()
    assert page.dated.edtf == "2014-08-27"
    assert "dodatečně 600 000 EUR" in " ".join(page.body.split())
    assert (page.origin, page.address) == ("ministry", "https://www.mvcr.cz/clanek/mezinarodni-spoluprace-843025.aspx")


def test_what_is_loaded_in_one_go_is_searched_and_covered_as_if_settled_one_by_one(seeded: Engine) -> None:
    assert {name: troubles for name, troubles in checks.run(seeded) if troubles} == {}
    with Session(seeded) as s:
        assert s.scalar(select(func.count()).select_from(SearchWord)) > 5000


def test_loading_twice_changes_nothing(seeded: Engine) -> None:
    def counts() -> tuple[int, ...]:
        with Session(seeded) as s:
            tables = (transaction.Change, Record, Statement, Citation, SearchWord)
            return tuple(s.scalar(select(func.count()).select_from(table)) for table in tables)

    before = counts()
    with transaction.unit(seeded) as s:
        assert seeding.seed(s) == 0
    assert counts() == before
    assert before[0] == 1


def test_what_people_have_changed_stays_and_only_what_is_missing_is_added(
    engine: Engine, tmp_path, monkeypatch
) -> None:
    source = {"document": "page", "quotation": "It ends in 2016."}
    document = {"key": "page", "name_cs": "Stránka", "name_en": "Page", "certainty": "public", "facts": []}
    fact = {"field": "acronym", "value": "ONE", "precision": "exact", "certainty": "public", "leading": True}
    project = {"key": "bridge", "name_cs": "Most", "name_en": "Bridge", "certainty": "public", "status_basis": None}

    def write(*facts: dict) -> None:
        (tmp_path / "portfolio").mkdir(exist_ok=True)
        entries = {"document": [document | {"origin": "public"}], "project": [project | {"facts": list(facts)}]}
        for kind, name in seed_files.FILES.items():
            (tmp_path / "portfolio" / f"{name}.json").write_text(json.dumps(entries.get(kind, [])), encoding="utf-8")

    read = seed_files.read_portfolio
    monkeypatch.setattr(seed_files, "read_portfolio", lambda: read(tmp_path))
    first = fact | {"citations": [source]}
    write(first)
    with transaction.unit(engine) as s:
        assert seeding.seed(s) == 2
    with transaction.unit(engine) as s, transaction.change(s, None, "form", reason="corrected"):
        bridge = one(s, "bridge")
        bridge.rename("Velký most", "Great Bridge")
        sources.state(s, SYSTEM, bridge, "acronym", "TWO")
    second = {"field": "actual_end", "value": "2016", "precision": "year", "certainty": "public", "leading": True}
    write(first, second | {"citations": [source]})
    with transaction.unit(engine) as s:
        assert seeding.seed(s) == 0
    with Session(engine) as s:
        bridge = one(s, "bridge")
        assert (bridge.name_cs, bridge.acronym, bridge.actual_end.edtf) == ("Velký most", "TWO", "2016")
        assert s.scalar(select(func.count()).select_from(Statement)) == 3


def test_the_sets_of_a_project_are_what_the_files_state_of_them(loaded: Session, seeded: Engine) -> None:
    project = one(loaded, "mp-capacity-projects")
    keys = {"countries": "country-{}", "further_frameworks": "mp-{}"}
    ends = {"countries": ("md", "ge", "am"), "further_frameworks": ("moldova", "georgia", "armenia")}
    for unit, form in keys.items():
        members = sorted(one(loaded, form.format(end)).id for end in ends[unit])
        stated = leading(loaded, "mp-capacity-projects", unit)
        assert stated.value == " ".join(f"#{i}" for i in members)
        assert (stated.certainty, len(stated.citations)) == ("document", 1)
        assert sets_of(loaded, project.id)[unit] == members
    assert dict(checks.run(seeded))["sets agree with the statements that lead"] == []
