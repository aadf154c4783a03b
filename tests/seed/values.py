"""What the portfolio's data file says, and where in `seed_data/` each value went.

`portfolio_values.json` is the data file reduced to the kinds loaded so far. Each field has its value, precision,
certainty and quotations, and `to`: the statements (`projects/eris#actual_start`, a second one with `@2`) or records that
carry it, `as` saying in which form.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from portal.ops.seed_files import SeedFact, SeedRecord, read_portfolio

CERTAINTIES = {"seed": "document", "public-sure": "public", "public-unsure": "unsure"}

PRECISIONS = (
    (("exact", "count", "public mapping", "state at the page", "as stated"), "exact"),
    (("day",), "day"),
    (("month",), "month"),
    (("year",), "year"),
    (("rounded",), "rounded"),
    (("approximate",), "estimated"),
    (("derived",), "derived"),
    (("inferred", "implied", "identification inferred"), "inferred"),
    (("ambiguous", "source says"), "ambiguous"),
    (("not ", "start not found"), "not_stated"),
)

CODES = {
    "policy area": "policy_framework",
    "conceptual framework of the EU external migration policy": "conceptual_framework",
    "geographic dimension": "geographic_dimension",
    "multilateral migration dialogue": "multilateral_dialogue",
    "EU dialogue framework with eastern partners": "regional_partnership",
    "expert panel": "panel",
    "EU – third country political framework": "mobility_partnership_type",
    "bilateral EU dialogue": "eu_dialogue",
    "bilateral cooperation (unnamed countries)": "bilateral_cooperation",
    "measure of a non-legislative nature": "national_programme",
    "concluded": "concluded",
    "closed (2017)": "4",
    "planned / enabled (future tense “umožní”)": "1",
    "running at 27 Aug 2014 (present tense “vede”)": "2",
    "completed (past tense)": "4",
    "realised (past tense)": "4",
    "EU funding programme of the European Commission": "eu_funding_programme",
    "ministry": "ministry",
    "ministry department": "ministry_department",
    "EU institution": "eu_institution",
    "union of states": "union_of_states",
    "government": "government",
    "international organisation": "international_organisation",
    "category of public bodies": "category_of_bodies",
    "category of organisations": "category_of_organisations",
    "police": "police",
    "police service": "police_service",
    "organisational body of the state under the ministry": "state_body",
    "action plan": "action_plan",
    "government policy principles": "government_principles",
    "government resolution": "government_resolution",
    "EU directive": "eu_directive",
    "Czech act": "czech_act",
    "EU – third country agreement": "eu_agreement",
    "planned amendment": "planned_amendment",
    "Commission communication": "commission_communication",
    "EU regulation": "eu_regulation",
    "joint declaration": "joint_declaration",
    "repealed by Act No. 40/2009 Coll., in force 1 January 2010": "repealed",
    "in preparation; to be adopted “as soon as possible”": "in_preparation",
    "10 (Government)": "10",
    "42001 (European Commission - Development Share of Budget)": "42001",
    "42000 (European Union Institutions)": "42000",
}

DATES = {
    "2007–2013": "2007/2013",
    "2012–2016": "2012/2016",
    "2011-01-18 (Council Decision 2011/118/EU)": "2011-01-18",
    "2012-11-08/09, Lviv": "2012-11-08/2012-11-09",
    "2011-03-17, Tbilisi": "2011-03-17",
    "2012-07 – 2012-09 (EMC for IOM/EU)": "2012-07/2012-09",
    "2013 (planned)": "2013",
    "2012 (after September, work programme for 2013 adopted)": "2012",
}

NIGHTS = re.compile(r"(\d{4}-\d\d)-(\d\d)/(\d\d)$")
"""Days of one month as the data file writes them: `2013-11-13/14`."""

SPANS = {
    "2012–2014": ("2012", "2014"),
    "2013–2016": ("2013", "2016"),
    "May 2009 – June 2011": ("2009-05", "2011-06"),
}

WHO = {
    "Poland": {"PL"},
    "ICMPD": {"icmpd"},
    "IOM": {"iom"},
    "Poland (Ministry of the Interior)": {"PL", "pl-ministry-of-the-interior"},
    "SE (with DE)": {"SE", "DE"},
    "HU and CZ (both spoke as hosts/leads at the final workshop in Prague)": {"HU", "CZ"},
    "SE (Swedish Migration Agency) and DE (BAMF)": {"SE", "DE", "swedish-migration-agency", "bamf"},
    "FR (OFII)": {"FR", "ofii"},
    "Czech Republic": {"CZ"},
    "Ministerstvo vnitra ČR (jako vedoucí stát)": {"CZ", "mv-cr"},
    "Ministry of the Interior of the Czech Republic": {"mv-cr"},
    "Ministry of the Interior": {"mv-cr"},
    "Council": {"council-of-the-eu"},
    "oamp": {"oamp"},
    "ministr vnitra Vít Rakušan": {"minister-interior-cz-2025"},
    "Vít Rakušan (CZ)": {"minister-interior-cz-2025"},
    "Jim O’Callaghan (IE)": {"minister-ie-2025"},
    "Yvette Cooper (GB)": {"home-secretary-gb-2025"},
    "migration authority CZ": {"migration-authority-cz"},
    "migration authority RU": {"migration-authority-ru"},
    "migration authority AT": {"migration-authority-at"},
}

LESS_PRECISE = {
    ("mp-capacity-projects", "implementer"): "the participation keeps the doubt of “implements or implemented”",
    ("georgia-flagship-2010-2013", "lead"): "that Czechia leads is read from what is said of its ministry",
    ("directive-2004-81-ec", "title_cs"): "the data file leaves it empty, though the quotation gives one: open",
    ("mp-capacity-projects", "status"): "the words leave the status open, so there is none",
}
"""Fields whose statements claim less than the data file does."""

RELATIONS = {"possibly_same_as": "possibly_same"}


@cache
def data() -> dict:
    return json.loads(Path(__file__).with_name("portfolio_values.json").read_text(encoding="utf-8"))


@cache
def records() -> dict[str, SeedRecord]:
    """Every seed record by its place, `projects/eris`."""
    return {record.at: record for record in read_portfolio()}


@cache
def by_key() -> dict[str, SeedRecord]:
    return {record.key: record for record in records().values()}


def statements(record: SeedRecord) -> dict[str, SeedFact]:
    """The facts of a record by place: `projects/eris#actual_end`, then `projects/eris#actual_end@2`."""
    found: dict[str, SeedFact] = {}
    for f in record.facts:
        place, n = f"{record.at}#{f.field}", 1
        while (place if n == 1 else f"{place}@{n}") in found:
            n += 1
        found[place if n == 1 else f"{place}@{n}"] = f
    return found


def edtf(text: str) -> str:
    """A date of the data file as EDTF."""
    return DATES.get(text) or NIGHTS.sub(r"\1-\2/\1-\3", text)


def statement(place: str) -> SeedFact:
    return statements(records()[place.split("#")[0]])[place]


def precision(text: str) -> str:
    """The precision code for the data file's words."""
    return next(code for starts, code in PRECISIONS if text.startswith(starts))


def quotes(field: dict) -> list[tuple[str, str, str]]:
    """(document, place, quotation) of each source of a field."""
    return [tuple(data()["quotes"][i]) for i in field["cites"]]
