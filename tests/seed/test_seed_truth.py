"""The seed portfolio claims nothing of its own: amounts, quotations, sources, what was added and why."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.kernel import codes
from portal.kernel.money import Money
from portal.ops.seed_files import SEED_DATA, body, canonical, leading
from portal.sources.facts import facts_of_kind
from tests.seed import values
from tests.seed.values import by_key, records, statements

MINISTRY = {
    "doc-mv-international-cooperation-2014": "000_d646a5e95a69d513.txt",
    "doc-mv-programme-illegal-migration": "003_8e3eebf1c80e158d.txt",
    "doc-mv-border-security-summit-2025": "004_bddd4dc926eb368e.txt",
}
INITIATIVE = "prague-process-targeted-initiative"

ADDED = {
    "the country of an organisation that a value names together with it": (
        *(f"organisations/migration-authority-{c}#country" for c in ("cz", "ru", "at")),
        *(f"organisations/{k}#country" for k in ("pl-ministry-of-the-interior", "ofii", "swedish-migration-agency", "bamf")),
        *(f"organisations/{k}#abbreviation" for k in ("ofii", "swedish-migration-agency", "bamf")),
    ),
    "the planned end, from the planned three and a half years, beside the end that leads": (
        f"projects/{INITIATIVE}#planned_end", f"projects/{INITIATIVE}#actual_end@2",
    ),
    "status closed, derived from a period that is over": (
        *(f"projects/{k}#status" for k in (
            "ppti-pp1-illegal-migration", "ppti-pp2-legal-migration", "ppti-pp3-migration-development",
            "ppti-pp4-asylum", "tia-armenia", "bmp",
        )),
    ),
    "the country a project is for, in the words that name the project": (
        *(f"projects/{k}#countries" for k in (
            "eris", "georgia-flagship-2010-2013", "georgia-reintegration-iom", "tia-armenia",
        )),
    ),
    "the theme of a project, in the words that name the project": (
        *(f"projects/{k}#themes" for k in (
            "ppti-pp3-migration-development", "eris", "georgia-reintegration-iom", "mp-capacity-projects",
        )),
    ),
    "the closing workshop as a doubtful end": ("projects/eris#actual_end@2",),
    "the generic partnership the sentence names, and the three of it": (
        "projects/mp-capacity-projects#framework", "projects/mp-capacity-projects#further_frameworks",
    ),
    "the contract and its addendum, which the data file has as fields of the Initiative": (
        "contracts/contract-ppti-2012#for", "contracts/contract-ppti-2012#authority",
        "contracts/contract-ppti-2012#coordinator", "addenda/addendum-ppti-2013-12#contract",
        "addenda/addendum-ppti-2013-12#kind_code", "addenda/addendum-ppti-2013-12#subject",
    ),
    "the Action Plan in words, beside the link to it": (f"projects/{INITIATIVE}#implements",),
    "the act that repealed another, in the words that state its status": ("legal_instruments/act-140-1961#repealed_by",),
    "where money is booked, who gives it, what it may belong to": (
        "flows/ec-topup-ppti-600k#addendum", "flows/ec-topup-ppti-600k#contract", "flows/ec-topup-ppti-600k#included_in",
        "flows/ec-grant-ppti#provider", "flows/eu-grant-tig#provider",
        "flows/flow-eris-thematic-programme#booked", "flows/flow-eris-thematic-programme#provider",
        "flows/flow-bmp-european-commission#amount", "flows/flow-bmp-european-commission#booked",
    ),
    "the kind of an event, and where its name alone says so what it belongs to": tuple(
        place
        for record in records().values()
        if record.kind == "event"
        for place, f in statements(record).items()
        if f.field in ("kind_code", "under") and (f.precision, f.certainty) == ("inferred", "unsure")
    ),
    "the country a minister is of, as the data file writes it beside the name": tuple(
        f"role_holders/{k}#country" for k in ("minister-interior-cz-2025", "minister-ie-2025", "home-secretary-gb-2025")
    ),
}  # fmt: skip
"""Statements the data file has no field for, by reason. Each cites what it rests on."""


def squeezed(text: str) -> str:
    return "".join(text.split())


def all_facts():
    return [(place, f) for record in records().values() for place, f in statements(record).items()]


def money() -> dict[str, Money]:
    """Every amount in the seed by the place of its statement."""
    found = {
        place: canonical(record.kind, f) for record in records().values() for place, f in statements(record).items()
    }
    return {place: value for place, value in found.items() if isinstance(value, Money)}


def test_every_statement_is_a_value_of_the_data_file_or_a_named_addition():
    carried = {
        place for record in values.data()["records"].values() for f in record["fields"].values() for place in f["to"]
    }
    rest = {
        place
        for place, f in all_facts()
        if place not in carried
        and f.field != "name"
        and not place.startswith("countries/")
        and not place.endswith("#dated")
        and not place.startswith("questions/")  # test_open_questions compares them
    }
    assert rest == {place for places in ADDED.values() for place in places}


def test_the_dates_of_pages_are_no_more_than_what_their_addresses_say():
    dated = {p: f for p, f in all_facts() if p.startswith("documents/src-") and p.endswith("#dated")}
    assert len(dated) == 9
    for place, f in dated.items():
        record = records()[place.split("#")[0]]
        assert f.certainty == "unsure"
        assert record.columns["dated"] == f.value
        if not f.citations[0].quotation:
            assert f.value[:4] in record.columns["address"], place


def test_an_amount_stands_only_where_a_source_states_one():
    million = 100_000_000
    assert {place: (m.minor, m.currency) for place, m in money().items()} == {
        "flows/ec-topup-ppti-600k#amount": (60_000_000, "EUR"),
        "flows/ec-grant-ppti#amount": (360_000_000, "EUR"),
        "flows/ec-grant-ppti#amount_without_top_up": (3 * million, "EUR"),
        "flows/eu-grant-tig#amount": (3 * million, "EUR"),
        "projects/georgia-flagship-2010-2013#amount@2": (3 * million, "EUR"),
        "instruments/thematic-programme-migration-asylum#envelope": (380 * million, "EUR"),
        "instruments/thematic-programme-migration-asylum#envelope_2007_2010": (205 * million, "EUR"),
    }


def test_the_three_documents_state_six_hundred_thousand_euro_once_and_for_the_initiative():
    stated = {
        record.key: f
        for record in records().values()
        for f in record.facts
        if record.kind == "flow" and f.field == "amount" and f.leading and f.value and f.certainty == "document"
    }
    assert {key: f.value for key, f in stated.items()} == {"ec-topup-ppti-600k": "EUR 60000000"}
    booked = next(f for f in by_key()["ec-topup-ppti-600k"].facts if f.field == "booked")
    assert booked.reference == INITIATIVE


def test_no_part_of_the_initiative_has_money_of_its_own():
    parts = {r.key for r in records().values() for f in r.facts if f.field == "umbrella" and f.reference == INITIATIVE}
    assert len(parts) == 7
    assert not parts & {f.reference for r in records().values() for f in r.facts if f.field == "booked"}


def test_the_top_up_names_no_instrument_and_is_included_in_the_total_only_doubtfully():
    flow = by_key()["ec-topup-ppti-600k"]
    assert not [f for f in flow.facts if f.field in ("instrument", "type_code", "receiver")]
    included = next(f for f in flow.facts if f.field == "included_in")
    assert (included.reference, included.certainty) == ("ec-grant-ppti", "unsure")
    assert [(f.value, f.leading, f.certainty) for f in flow.facts if f.field == "valued"] == [
        (None, True, "document"),
        ("2013-12", False, "unsure"),
    ]


STATUSES = {
    "prague-process-targeted-initiative": ("4", "public", "stated", "2017"),
    "ppti-pp1-illegal-migration": ("4", "unsure", "derived", "2014"),
    "ppti-pp2-legal-migration": ("4", "unsure", "derived", "2014-10"),
    "ppti-pp3-migration-development": ("4", "unsure", "derived", "2014-10"),
    "ppti-pp4-asylum": ("4", "unsure", "derived", "2014-04"),
    "ppti-further-1": ("1", "document", "stated", "2014-08-27"),
    "ppti-further-2": ("1", "document", "stated", "2014-08-27"),
    "ppti-further-3": ("1", "document", "stated", "2014-08-27"),
    "eris": ("2", "document", "stated", "2014-08-27"),
    "georgia-flagship-2010-2013": ("4", "document", "stated", "2014-08-27"),
    "georgia-reintegration-iom": ("4", "document", "stated", "2014-08-27"),
    "mp-capacity-projects": (None, "document", "ambiguous", "2014-08-27"),
    "tia-armenia": ("4", "unsure", "derived", "2016"),
    "bmp": ("4", "unsure", "derived", "2011-06"),
}


def test_the_status_of_a_project_says_what_it_rests_on_and_for_when_it_holds():
    found = {}
    for record in records().values():
        if record.kind == "project":
            f = leading(record, "status")
            found[record.key] = f.value, f.certainty, record.columns["status_basis"], record.columns["status_on"]
    assert found == STATUSES


def test_the_derived_base_of_the_grant_leads_nothing():
    base = next(f for f in by_key()["ec-grant-ppti"].facts if f.field == "amount_without_top_up")
    assert (base.leading, base.precision, base.certainty) == (False, "derived", "unsure")


@pytest.mark.parametrize(("key", "file"), MINISTRY.items())
def test_the_quotations_of_a_ministry_document_are_in_its_text(key, file):
    document = by_key()[key]
    assert document.columns["body_file"] == f"documents/{file}"
    text = squeezed(body(document))
    cited = [(place, c) for place, f in all_facts() for c in f.citations if c.document == key and c.verbatim]
    assert len(cited) > (3 if "summit" not in key else 15)
    assert [place for place, c in cited if not c.quotation or squeezed(c.quotation) not in text] == []


def test_only_ministry_documents_are_quoted_as_verified_copies():
    assert {c.document for _, f in all_facts() for c in f.citations if c.verbatim} == set(MINISTRY)


def test_a_statement_is_no_surer_than_the_documents_it_cites():
    sure = [
        (place, {by_key()[c.document].columns["origin"] for c in f.citations})
        for place, f in all_facts()
        if f.certainty == "document"
    ]
    assert len(sure) > 100
    assert [place for place, origins in sure if "ministry" not in origins] == []


def test_where_sources_disagree_the_leading_statement_says_why():
    reasons = {}
    for record in records().values():
        sources = Counter(f.field for f in record.facts if f.field != "role")
        for f in record.facts:
            if f.leading and sources[f.field] > 1 and f.field != "name":
                reasons[f"{record.at}#{f.field}"] = f.reason
    assert len(reasons) > 5
    assert [place for place, reason in reasons.items() if not reason] == []


def test_every_code_is_known_to_its_list():
    import portal.frameworks.facts
    import portal.funding.facts
    import portal.legal.facts
    import portal.partners.facts
    import portal.progress.facts
    import portal.projects.facts  # noqa: F401  each registers its kinds

    checked = 0
    for record in records().values():
        for f in record.facts:
            declared = facts_of_kind(record.kind).get(f.field)
            if declared and declared.code_list and f.value:
                checked += 1
                assert codes.is_code(declared.code_list, f.value), f"{record.at}#{f.field}"
    assert checked > 250


def test_the_portfolio_has_the_records_it_should():
    assert Counter(record.kind for record in records().values()) == {
        "document": 90, "country": 250, "theme": 21, "organisation": 25, "framework": 15, "project": 14,
        "legal_instrument": 12, "instrument": 1, "contract": 1, "addendum": 1, "flow": 5, "participation": 220, "link": 20,
        "phase": 2, "event": 26, "role_holder": 3, "question": 22,
    }  # fmt: skip


def test_every_country_of_the_list_is_a_record_and_kosovo_carries_its_footnote():
    countries = {r.columns["iso2"]: r for r in records().values() if r.kind == "country"}
    assert set(countries) == set(codes.code_list("countries").codes)
    assert all(r.key == f"country-{iso.lower()}" for iso, r in countries.items())
    assert countries["XK"].name_cs == "Kosovo*"
    assert "1244/1999" in countries["XK"].note_cs
    assert {iso for iso, r in countries.items() if r.certainty == "document"} == {
        "CZ", "RU", "AT", "MD", "GE", "AM", "CN", "GB", "IE",
    }  # fmt: skip


def test_the_documents_are_the_ministry_s_files():
    assert sorted(p.name for p in (SEED_DATA / "documents").iterdir()) == sorted(MINISTRY.values())
