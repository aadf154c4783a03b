"""The sum in force of a contract: the first sum, what addenda add, what they state anew."""

from __future__ import annotations

from portal.figures.contracts import in_force
from portal.figures.shapes import Coverage
from portal.funding import queries
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import unit
from portal.kernel.when import When
from tests.factories import accounts, changing, funding
from tests.factories.funding import eur


def agreed(s, contract, actor=SYSTEM):
    return in_force(
        s, actor, contract.id, queries.addenda_of(s, actor, contract.id), queries.flows_under(s, actor, contract.id)
    )


def scene(s):
    """1,000 agreed; a top-up of 50; an addendum that states 1,200 anew, 10,000 Kč added; one without an amount; a payment."""
    place = funding.project(s, "ERIS")
    contract = funding.contract(s, place, signed=When("2014"))
    under = {"contract": contract.id}
    first = funding.flow(s, place, 1000, **under)
    top_up = funding.addendum(s, contract, kind_code="top_up", number="1", signed=When("2015"))
    added = funding.flow(s, place, 50, addendum=top_up.id)
    anew = funding.addendum(s, contract, number="2", signed=When("2016"))
    restated = funding.flow(s, place, 1200, supersedes=first.id, addendum=anew.id)
    crowns = funding.flow(s, place, Money.of("10000", "CZK"), addendum=anew.id, amount_mark="rounded")
    funding.addendum(s, contract, number="3", signed=When("2017"))
    funding.flow(s, place, 300, type_code="3", **under)
    return contract, first, added, restated, crowns


def test_the_sum_in_force_is_what_adds_and_what_was_stated_anew(s) -> None:
    contract, first, added, restated, crowns = scene(s)
    found = agreed(s, contract)
    assert [(line.flow and line.flow.id, line.reason) for line in found.lines] == [
        (first.id, "superseded"), (added.id, None), (restated.id, None), (crowns.id, None), (None, "unknown_amount"),
    ]  # fmt: skip
    assert {code: (one.total, one.approximate) for code, one in found.sums.items()} == {
        "CZK": (Money.of("10000", "CZK"), True), "EUR": (eur(1250), False),
    }  # fmt: skip
    assert found.coverage == Coverage(known=3, unknown=1)


def test_who_does_not_see_the_new_sum_reads_the_old_one(s) -> None:
    place = funding.project(s, "ERIS")
    contract = funding.contract(s, place)
    funding.flow(s, place, 1000, contract=contract.id)
    old = queries.flows_under(s, SYSTEM, contract.id)[0]
    funding.flow(s, place, 1200, contract=contract.id, supersedes=old.id, confidential=True)
    viewer = accounts.actor(s, "viewer")
    s.expire_all()
    assert {c: one.total for c, one in agreed(s, contract, viewer).sums.items()} == {"EUR": eur(1000)}
    assert {c: one.total for c, one in agreed(s, contract).sums.items()} == {"EUR": eur(1200)}


def test_the_page_strikes_what_is_superseded_and_says_so(engine, client_as) -> None:
    with unit(engine) as s, changing(s):
        contract = scene(s)[0].id
    soup = client_as("viewer", lang="cs").get(f"/contracts/{contract}").soup
    card = soup.select_one("#addenda")
    text = card.get_text(" ", strip=True).replace("\u00a0", " ")
    assert [s.get_text(strip=True).replace("\u00a0", " ") for s in card.select("s")] == ["1 000 EUR"]
    assert (
        "nahrazeno, nepřičítá se" in text and "uvádí částku nově" in text and "není pod ním vedena žádná částka" in text
    )
    assert "Platná částka: ≈ 10 000 CZK , 1 250 EUR" in text or "Platná částka: ≈ 10 000 CZK, 1 250 EUR" in text
    assert "1 částka není známa a nepočítá se jako nula." in text


def test_a_top_up_alone_is_no_sum_in_force(engine, client_as) -> None:
    """What was agreed at first is not booked: what was added to it is told as that, the whole is not stated."""
    with unit(engine) as s, changing(s):
        place = funding.project(s, "ERIS")
        contract = funding.contract(s, place)
        top_up = funding.addendum(s, contract, kind_code="top_up")
        funding.flow(s, place, 600000, addendum=top_up.id)
        found, number = agreed(s, contract), contract.id
        assert [(line.addendum, line.flow, line.reason) for line in found.lines][0] == (None, None, "unknown_amount")
        assert (found.coverage, found.whole) == (Coverage(known=1, unknown=1), False)
        assert found.sums["EUR"].total == eur(600000)
    card = client_as("viewer", lang="cs").get(f"/contracts/{number}").soup.select_one("#addenda")
    text = " ".join(card.get_text(" ").replace("\u2060", "").split())
    assert "známo u 1 ze 2" in text or "známo u 1 z 2" in text
    assert "smlouva neuvedeno původní částka není vedena neuvedeno" in text
    told = (
        "Platná částka: neuvedeno ; původní částka není známa, z toho, co bylo sjednáno později, je známo: 600 000 EUR"
    )
    assert told in text and "1 částka není známa a nepočítá se jako nula." in text
