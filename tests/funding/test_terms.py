"""Terms of a contract: shares, co-financing by budget year, currency, rate regime and rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from portal.funding import actions, terms
from portal.kernel.errors import InvalidInput
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import unit
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
    assert {unit: stated[unit].lead.statement.certainty for unit in values} == dict.fromkeys(values, "document")
    assert terms.years(contract.cofinancing) == [(2014, Money(125000000, "CZK")), (2015, Money(30050, "EUR"))]


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
