"""Terms of a contract: shares, co-financing by budget year, currency, rate regime and rounding."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.funding import actions
from portal.funding.models import Contract
from portal.kernel import history
from portal.kernel.errors import InvalidInput
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import unit
from portal.kernel.years import years
from portal.ops import schema
from portal.sources.queries import facts_of
from tests.factories import changing, funding


def test_terms_are_facts_with_their_sources(s: Session) -> None:
    contract = funding.contract(s, funding.project(s, "ERIS"))
    values = {
        "eu_share": Decimal("85.5"), "cofinancing": "2014: 1250000.00 CZK; 2015: 300.50 EUR", "currency": "EUR",
        "rate_regime": "fixed", "fixed_rate": Decimal("27.123456"), "fixed_currency": "CZK", "rounding": "cut",
    }  # fmt: skip
    with changing(s):
        actions.edit_contract(s, SYSTEM, contract, values, funding.support(s))
    s.expire_all()
    assert {unit: getattr(contract, unit) for unit in values} == values
    stated = facts_of(s, SYSTEM, contract)[contract.id]
    stated_each = {*values, "cofinancing_2014", "cofinancing_2015"} - {"cofinancing"}
    assert {unit: stated[unit].lead.statement.certainty for unit in stated_each} == dict.fromkeys(
        stated_each, "document"
    )
    assert "cofinancing" not in stated.by_field
    assert years(contract.cofinancing) == [(2014, Money(125000000, "CZK")), (2015, Money(30050, "EUR"))]


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"eu_share": Decimal("100.01")}, {"eu_share": "share_out_of_range"}),
        ({"fixed_rate": Decimal(25)}, {"fixed_currency": "rate_without_currency"}),
        ({"fixed_rate": Decimal(0), "fixed_currency": "CZK"}, {"fixed_rate": "rate_not_positive"}),
        ({"fixed_rate": Decimal(25), "fixed_currency": "CZK", "rate_regime": "A"}, {"fixed_rate": "rate_of_another_regime"}),
        ({"fixed_currency": "EUR"}, {"fixed_currency": "rate_of_the_euro"}),
        ({"currency": "XYZ"}, {"currency": "no_such_code"}),
        ({"rate_regime": "D"}, {"rate_regime": "no_such_code"}),
        ({"cofinancing": "2015: 1.00 CZK; 2014: 1.00 CZK"}, {"cofinancing": "unreadable_years"}),
        ({"cofinancing": "2015: 1.00 XYZ"}, {"cofinancing": "unreadable_years"}),
        ({"cofinancing": "2015: 0.00 CZK"}, {"cofinancing": "amount_not_positive"}),
    ],
)  # fmt: skip
@pytest.mark.one_engine
def test_terms_that_cannot_be_are_refused_and_nothing_is_saved(s: Session, values, refused) -> None:
    contract = funding.contract(s, funding.project(s, "ERIS"))
    with pytest.raises(InvalidInput) as caught, changing(s):
        actions.edit_contract(s, SYSTEM, contract, {"number": "nové", **values})
    assert caught.value.errors == refused
    s.expire_all()
    assert (contract.number, contract.currency, contract.cofinancing) == ("MIGR/2012/284", None, None)


def test_each_year_of_co_financing_rests_on_a_source_of_its_own(client_as, engine) -> None:
    with unit(engine) as s, changing(s):
        contract = funding.contract(s, funding.project(s, "ERIS"))
        first, second = (funding.support(s, how, f"na rok {n}") for how, n in (("document", 2014), ("public", 2015)))
        values = {"cofinancing": "2014: 1250000.00 CZK"}
        actions.edit_contract(s, SYSTEM, contract, values, first)
        actions.edit_contract(s, SYSTEM, contract, {"cofinancing": "2014: 1250000.00 CZK; 2015: 300.50 EUR"}, second)
        actions.edit_contract(
            s, SYSTEM, contract, {"cofinancing": "2014: 1250000.00 CZK; 2015: 300.50 EUR; 2016: 7.00 EUR"}
        )
        stated, number = facts_of(s, SYSTEM, contract)[contract.id], contract.id
        told = {
            field: (view.lead.value, view.lead.statement.certainty, [one.citation.quotation for one in view.lead.cited])
            for field, view in stated.by_field.items() if field.startswith("cofinancing")
        }  # fmt: skip
        assert told == {
            "cofinancing_2014": (Money(125000000, "CZK"), "document", ["na rok 2014"]),
            "cofinancing_2015": (Money(30050, "EUR"), "public", ["na rok 2015"]),
            "cofinancing_2016": (Money(700, "EUR"), "uncited", []),
        }
    administrator = client_as("administrator", lang="cs")
    page = administrator.get(f"/contracts/{number}")
    assert [" ".join(li.get_text(" ").replace("\u2060", "").split()) for li in page.soup.select(".years li")] == [
        "2014 : 1 250 000 CZK 1", "2015 : 300,50 EUR 2", "2016 : 7 EUR bez zdroje",
    ]  # fmt: skip
    # A year has its page, where another source contradicts it and can be let lead; no amount of nothing is taken.
    path = f"/records/{number}/facts/cofinancing_2015"
    assert administrator.get(path).h1 == "Národní spolufinancování 2015"
    form, euros = administrator.get(f"{path}/state"), {"value__currency": "EUR", "lead": "y"}
    administrator.submit(form, 422, value="0,00", source_reason="Novější.", **euros)
    early = administrator.get(f"/records/{number}/facts/cofinancing_1800/state")
    refused = administrator.submit(early, 422, value="400", **euros)
    assert any("rozpočtové roky" in one.replace("\u00a0", " ") for one in refused.errors()), refused.errors()
    administrator.submit(form, 303, value="400", source_reason="Novější.", **euros)
    for other in ("cofinancing", "cofinancing_20", "eu_share_2015"):
        administrator.get(f"/records/{number}/facts/{other}", 404)
    with unit(engine) as s:
        assert s.get(Contract, number).cofinancing == "2014: 1250000.00 CZK; 2015: 400.00 EUR; 2016: 7.00 EUR"
    told = administrator.get(f"/records/{number}/history").soup.get_text(" ", strip=True)
    assert "Národní spolufinancování 2015" in told and "1250000.00" not in told
    file = administrator.browser.get("/exports/contracts.csv").text.lstrip("\ufeff")
    head, row = csv.reader(file.splitlines(keepends=True), delimiter=";")
    sources = dict(zip(head, row, strict=True))["Zdroje spolufinancování / Sources of the co-financing"].split("\n")
    assert [line.split(", s. 1")[0].rsplit(" ", 1)[0] for line in sources] == [
        "2014: doloženo dokumentem ministerstva; Zdroj", "2015: bez", "2016: bez",
    ]  # fmt: skip
    assert sources[0].endswith(", s. 1, „na rok 2014“")
    # Older databases state all years as one text: it is stated year by year, and back.
    schema.take_back(engine, "0020")
    with engine.connect() as c:
        asked = text("SELECT field, value, certainty FROM statement WHERE field LIKE 'cofin%' ORDER BY field")
        whole = "2014: 1250000.00 CZK; 2015: 400.00 EUR; 2016: 7.00 EUR"
        assert c.execute(asked).all() == [("cofinancing", whole, "uncited")]
    schema.migrate(engine)
    with engine.connect() as c:
        assert c.execute(asked).all() == [
            (f"cofinancing_{year}", value, "uncited")
            for year, value in ((2014, "CZK 125000000"), (2015, "EUR 40000"), (2016, "EUR 700"))
        ]
        cited = (
            c.execute(text("SELECT quotation FROM citation WHERE quotation LIKE 'na rok%' ORDER BY 1")).scalars().all()
        )
        assert cited == ["na rok 2014"] * 3 and history.divergences(c) == []


def test_years_are_written_a_line_each_and_a_bad_line_is_named(client_as, engine) -> None:
    with unit(engine) as s, changing(s):
        contract = funding.contract(s, funding.project(s, "ERIS")).id
    editor = client_as("administrator", lang="cs")
    form = editor.get(f"/contracts/{contract}/edit")
    bad = editor.submit(form, 422, cofinancing="2014: 1 250 000 CZK\n2015: 10 XYZ")
    assert "Řádek 2: měna XYZ neexistuje." in bad.text.replace("\u00a0", " ")
    assert "2015: 10 XYZ" in bad.text
    editor.submit(form, 303, cofinancing="2015: 300,50 EUR\n2014: 1 250 000 CZK", eu_share="85,5", rate_regime="B")
    page = editor.get(f"/contracts/{contract}").text.replace("\u00a0", " ")
    assert "1 250 000 CZK" in page and "300,50 EUR" in page and "B: InforEuro měsíce platby" in page and "85,5" in page
