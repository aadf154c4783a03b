"""The page of a figure in euro: rates named, what cannot be converted said, nothing of what one may not see."""

from __future__ import annotations

import pytest

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.kernel.transaction import unit
from portal.kernel.when import When
from tests.factories import accounts, changing, funding, rates


@pytest.fixture
def booked(engine) -> None:
    with unit(engine) as s, changing(s):
        rates.load(s, accounts.person(s, "administrator"), rates.line("CZK", "2013-02", "25.000"))
        project, hidden = funding.project(s, "Návraty"), funding.project(s, "Tajný")
        for where, amount, valued in (
            (project, "1000.00", "2013-02"),
            (project, "500.00", "2013"),
            (hidden, "2500.00", "2013-02"),
        ):
            funding.flow(s, where, Money.of(amount, "CZK"), valued=When(valued), type_code="2")
        funding.flow(s, project, "10.00", type_code="2")
        set_secrecy(s, SYSTEM, hidden, {"confidential": True, "readers": set()})
        settle(s, [hidden])


def test_the_page_names_each_rate_and_what_is_not_converted(client_as, booked) -> None:
    reader = client_as("viewer", lang="cs")
    page = reader.get(reader.get("/funding").link("V EUR"))
    text = page.text.replace("\xa0", " ")
    assert page.soup.select_one(".big").get_text(strip=True).replace("\xa0", " ") == "50 EUR"
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.soup.select("#rates tbody tr")
    ]
    assert rows == [
        ["1 000 CZK", "1", "25 CZK / EUR, únor 2013", "InforEuro", "40 EUR"],
        ["10 EUR", "1", "už v eurech", "–", "10 EUR"],
    ]
    assert "500 CZK, 1 tok" in text and "2 500" not in text and "100 EUR" not in text
    assert "bez: 500 CZK" in text


def test_groups_are_converted_by_themselves_and_what_is_no_money_is_not(client_as, booked) -> None:
    reader = client_as("viewer", lang="en")
    page = reader.get("/funding/commitments_by_year/in-euro?part=2013")
    assert page.soup.select_one(".big").get_text(strip=True).replace("\xa0", " ") == "EUR 40"
    reader.get("/funding/commitments_by_year/in-euro?part=letos", 404)
    reader.get("/funding/nothing/in-euro", 404)
    assert "are not converted" in reader.get("/funding/projects/in-euro").text
