"""Filters of contracts, instruments and flows on rows whose values are known; the file holds what the page shows."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.figures.scope import Scope
from portal.figures.selection import held_flows
from portal.funding.queries import listings
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import unit
from portal.kernel.when import When
from portal.sources.facts import Pair
from tests.exchange import files
from tests.factories import accounts, changing, frameworks, funding, partners


def called(name: str) -> Pair:
    return Pair(name, "")


@pytest.fixture
def money(engine: Engine) -> dict[str, int]:
    """Contracts, instruments and flows of two trees of frameworks, and a secret contract."""
    with unit(engine) as s, changing(s):
        jana = accounts.person(s, "editor", name="Jana Nová").id
        top, other = frameworks.framework(s, "Vrch"), frameworks.framework(s, "Jinde")
        below = frameworks.framework(s, "Spodek", parent=top)
        georgia, poland = partners.country(s), partners.country(s, "Polsko", "PL")
        partners.role(s, other, poland, "partner_country")
        partners.role(s, below, poland, "host")
        commission, ministry, centre = (funding.organisation(s, name) for name in ("Komise", "Ministerstvo", "Centrum"))
        iom = funding.organisation(s, "IOM")
        eris = funding.project(s, "ERIS", framework=below, countries=[georgia.id])
        part = funding.project(s, "Část", umbrella=eris)
        amif = funding.instrument(s, "AMIF", owner=commission.id, period=When("2014/2020"), responsible=jana)
        old = funding.instrument(s, "Phare", certainty="public", period=When("1989/2006"))
        unowned = funding.instrument(s, "Fond", owner=ministry.id, certainty="unsure")
        a = funding.contract(
            s, eris, "A", authority=commission.id, coordinator=ministry.id, instrument=amif.id, signed=When("2012-08"),
            start=When("2013-02"), end=When("2015"), responsible=jana,
        )  # fmt: skip
        funding.contract(s, part, "B", authority=ministry.id, signed=When("2012"))
        funding.contract(s, other, "C", coordinator=commission.id, end=When("2011"), co_beneficiaries=[iom.id])
        funding.contract(s, None, "D")
        funding.contract(s, eris, "E", authority=centre.id, signed=When("2012"), confidential=True)
        flows = {
            "F": funding.flow(s, eris, 500, name=called("F"), provider=commission.id, receiver=ministry.id, responsible=jana),
            "G": funding.flow(s, part, 100, name=called("G"), receiver=centre.id, certainty="public"),
            "H": funding.flow(s, other, 70, name=called("H"), provider=ministry.id),
            "I": funding.flow(s, top, 7, name=called("I"), receiver=poland.id),
        }  # fmt: skip
        named = {
            "top": top, "below": below, "other": other, "GE": georgia, "PL": poland, "commission": commission,
            "ministry": ministry, "centre": centre, "iom": iom, "eris": eris, "part": part, "amif": amif, "old": old,
            "unowned": unowned, "A": a, **flows,
        }  # fmt: skip
        return {"jana": jana, **{name: record.id for name, record in named.items()}}


FOUND = [
    ("contracts", "", ["A", "B", "C", "D"]),
    ("contracts", "framework={top}", ["A", "B"]),
    ("contracts", "framework={below}", ["A", "B"]),
    ("contracts", "framework={other}", ["C"]),
    ("contracts", "project={eris}", ["A"]),
    ("contracts", "project={part}", ["B"]),
    ("contracts", "organisation={ministry}", ["A", "B"]),
    ("contracts", "organisation={commission}", ["A", "C"]),
    ("contracts", "organisation={commission}&role=authority", ["A"]),
    ("contracts", "organisation={commission}&role=coordinator", ["C"]),
    ("contracts", "organisation={iom}", ["C"]),
    ("contracts", "organisation={iom}&role=co_beneficiary", ["C"]),
    ("contracts", "organisation={commission}&role=co_beneficiary", []),
    ("contracts", "role=co_beneficiary", ["C"]),
    ("contracts", "role=authority", ["A", "B"]),
    ("contracts", "role=coordinator", ["A", "C"]),
    ("contracts", "instrument={amif}", ["A"]),
    ("contracts", "instrument=none", ["B", "C", "D"]),
    ("contracts", "year=2012", ["A", "B"]),  # signed, though A runs only from 2013
    ("contracts", "year=2014", ["A"]),
    ("contracts", "year=2016", []),
    ("contracts", "year=2011", ["C"]),
    ("contracts", "country={GE}", ["A"]),
    ("contracts", "country={PL}", ["C"]),
    ("contracts", "responsible={jana}", ["A"]),
    ("contracts", "responsible=none", ["B", "C", "D"]),
    ("contracts", "certainty=public", []),
    ("contracts", "certainty=uncited", ["A", "B", "C", "D"]),
    ("contracts", "q=eris", ["A"]),
    ("instruments", "owner={commission}", ["AMIF"]),
    ("instruments", "owner={ministry}", ["Fond"]),
    ("instruments", "year=2006", ["Phare"]),
    ("instruments", "year=2014", ["AMIF"]),
    ("instruments", "year=2010", []),
    ("instruments", "certainty=public", ["Phare"]),
    ("instruments", "certainty=public&certainty=unsure", ["Fond", "Phare"]),
    ("instruments", "responsible={jana}", ["AMIF"]),
    ("instruments", "responsible=none", ["Fond", "Phare"]),
    ("flows", "framework={top}", ["F", "G", "I"]),
    ("flows", "country={GE}", ["F"]),
    ("flows", "country={PL}", ["H"]),
    ("flows", "receiver={centre}", ["G"]),
    ("flows", "receiver={PL}", ["I"]),
    ("flows", "receiver=none", ["H"]),
    ("flows", "provider={ministry}", ["H"]),
    ("flows", "responsible={jana}", ["F"]),
    ("flows", "responsible=none&receiver=none", ["H"]),
    ("flows", "country={GE}&certainty=public", []),
]


def test_page_and_file_hold_the_rows_a_filter_lets_through(money, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    for sheet, query, found in FOUND:
        query = "?" + query.format(**money)
        assert sorted(files.shown(viewer, sheet, query)) == found, (sheet, query)
        assert sorted(row["name_cs"] for row in files.rows(viewer, sheet, query)) == found, (sheet, query)


def test_filters_offer_nobody_who_stands_only_in_a_secret_contract(money, client_as) -> None:
    page = client_as("administrator", lang="cs").get("/contracts")
    offered = [option.get_text() for option in page.soup.select("#f-organisation option")]
    assert offered == ["Všechny", "IOM", "Komise", "Ministerstvo"]
    page = client_as("administrator", lang="cs").get(f"/contracts?organisation={money['centre']}")
    assert "nezná hodnotu" in page.soup.select_one(".note--warn").get_text()
    assert "E" not in files.shown(client_as("administrator"), "contracts")


def test_a_year_that_is_none_is_said(money, client_as) -> None:
    for path in ("/contracts", "/instruments", "/flows"):
        page = client_as("viewer", lang="cs").get(f"{path}?year=loni")
        assert "Napište rok, například 2013." in page.soup.select_one(".note--warn").get_text(), path


@pytest.mark.parametrize("name", ["framework", "country"])
def test_a_list_of_flows_holds_what_the_figures_count_from(seeded: Session, name: str) -> None:
    """The same framework or country leaves the same flows in the list and in the dashboard."""
    asked = {"framework": ("prague-process", "mobility-partnership"), "country": ("country-ge", "country-am")}[name]
    several = 0
    for key in asked:
        record_id = seeded.scalars(select(Record.id).where(Record.key == key)).one()
        v = listings.FLOWS.open(seeded, SYSTEM, MultiDict({name: str(record_id)}), "cs")
        listed = [flow.id for flow in seeded.scalars(v.where(listings.select_flows(SYSTEM))).unique()]
        held = held_flows(SYSTEM, Scope(certainty="all", **{name: record_id}))
        assert sorted(listed) == sorted(seeded.scalars(select(held.c.id))), key
        several += len(listed)
    assert several > 0
