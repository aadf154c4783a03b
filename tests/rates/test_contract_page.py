"""The page of a contract sets its foreign amounts in euros under every regime beside each other, and says what is missing."""

from __future__ import annotations

from decimal import Decimal

from portal.kernel import transaction
from portal.kernel.money import Money
from portal.kernel.when import When
from portal.rates.queries import daily
from tests.factories import accounts, changing, funding
from tests.factories.rates import line, load


def cells(page) -> list[list[str]]:
    table = page.soup.select_one("#in-euros table")
    for steps in table.select("details"):
        steps.decompose()
    return [[" ".join(c.get_text(" ").split()) for c in row.select("td")] for row in table.select("tbody tr")]


def contract_with(engine, start: str, end: str, *flows: tuple[str, str, str], **agreed) -> int:
    """A contract over a period with flows (amount, currency, month or day), and InforEuro of two months loaded."""
    with transaction.unit(engine) as s:
        officer = accounts.person(s, "reporting_officer")
        load(s, officer, line("CZK", "2025-01", "25.1"), line("CZK", "2025-02", "25.3"))
        with changing(s):
            project = funding.project(s, "Školení")
            made = funding.contract(s, project, start=When(start), end=When(end), **agreed)
            for amount, currency, valued in flows:
                funding.flow(
                    s, project, Money.of(amount, currency), contract=made.id, valued=When(valued), certainty="uncited"
                )
            return made.id


def test_each_regime_shows_its_amount_rate_date_and_source(client_as, engine) -> None:
    contract = contract_with(
        engine, "2025-01-01", "2025-02-28", ("100000.00", "CZK", "2025-02-17"), ("5.00", "EUR", "2025")
    )
    client = client_as("viewer", lang="cs")
    [[a, b, c]] = cells(client.get(f"/contracts/{contract}"))
    assert a == "3 968,25 EUR kurz 25,2, průměr z 2 leden 2025 – únor 2025 InforEuro"
    assert b == "3 952,57 EUR kurz 25,3 únor 2025 InforEuro"
    rates = daily.between("CZK", *(When(day).earliest for day in ("2025-01-01", "2025-02-28")))
    assert f"průměr z {len(rates)}" in c and "ECB" in c and "2. 1. 2025 – 28. 2. 2025" in c
    assert len(rates) == 42, "two months of working days, New Year left out"
    page = client.get(f"/contracts/{contract}").text
    assert "Režim smlouvy není uveden." in page and "Denní kurzy Evropské centrální banky jsou tu známy do" in page


def test_computed_and_missing_rates_are_said_and_no_day_is_invented(client_as, engine) -> None:
    contract = contract_with(engine, "2025-01", "2025-03", ("100000.00", "CZK", "2025"), ("290.00", "GEL", "2025-02"))
    [[a, b, c], [lari, month, _last]] = cells(client_as("viewer", lang="en").get(f"/contracts/{contract}"))
    assert "computed" in a and "mean of 3" in a and "InforEuro, ECB" in a
    assert b == "cannot be converted The month of the value date is not stated."
    assert c == "cannot be converted The days from and to are not stated."
    assert lari == "cannot be converted No rate of GEL for: January 2025, February 2025, March 2025."
    assert month == "cannot be converted No rate of GEL for: February 2025."


def test_a_contract_in_euros_has_nothing_to_convert(client_as, engine) -> None:
    contract = contract_with(engine, "2025-01-01", "2025-02-28", ("5.00", "EUR", "2025"))
    assert client_as("viewer").get(f"/contracts/{contract}").soup.find(id="in-euros") is None


def test_the_regime_the_fixed_rate_and_the_rounding_are_those_of_the_contract(client_as, engine) -> None:
    contract = contract_with(
        engine, "2025-01-01", "2025-02-28", ("100.50", "CZK", "2025-02"), ("100.50", "GEL", "2025-02"),
        rate_regime="fixed", fixed_rate=Decimal("20"), fixed_currency="CZK", rounding="cut",
    )  # fmt: skip
    page = client_as("viewer", lang="en").get(f"/contracts/{contract}")
    [crowns, lari] = [row[-1] for row in cells(page)]
    assert crowns == "EUR 5.02 rate 20", "5.025 is cut down"
    assert lari == "cannot be converted The contract names no rate."
    [own] = [
        th.get_text(" ") for th in page.soup.select("#in-euros thead th") if "regime of the contract" in th.get_text()
    ]
    assert "fixed rate of the contract" in own
    assert "Cut down to the cent, as the contract says." in page.text
