"""Payments above their commitments: they are left out of known funding, and that is said."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures import EVERYTHING, FIGURES
from portal.figures.overpaid import overpaid
from portal.kernel import transaction
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from tests.factories import changing, funding, partners
from tests.factories.funding import eur


def told(s: Session, *places: Record) -> list[tuple]:
    at = select(Record.id).where(Record.id.in_([place.id for place in places]))
    return [(one.place.id, one.committed, one.paid) for one in overpaid(s, SYSTEM, EVERYTHING, at)]


def test_more_paid_than_committed_is_found_for_the_whole_of_a_project_and_each_currency(s: Session) -> None:
    giver, other = partners.organisation(s, "Dárce"), partners.organisation(s, "Jiný dárce")
    whole = funding.project(s, "Celek")
    part, second = (funding.project(s, name, umbrella=whole) for name in ("Díl", "Druhý díl"))
    given = {"provider": giver.id}
    old = funding.flow(s, whole, 500_000, type_code="2", **given)
    funding.flow(s, whole, 100_000, type_code="2", supersedes=old.id, **given)
    first = funding.flow(s, part, 60_000, type_code="3", **given)
    funding.flow(s, part, 50_000, type_code="3", included_in=first, **given)
    assert told(s, whole, part, second) == [], "an instalment inside another one is not paid once more"
    funding.flow(s, second, 60_000, type_code="3", **given)
    funding.flow(
        s, second, 900_000, type_code="3", provider=other.id
    )  # no commitment of that provider: it counts itself
    funding.flow(s, second, Money.of("1", "CZK"), type_code="3", **given)
    found = [(whole.id, eur(100_000), eur(120_000))]
    assert told(s, whole, part, second) == told(s, part) == found
    assert told(s, funding.project(s, "Jinde")) == []
    assert FIGURES["known_funding"].value(s, SYSTEM, EVERYTHING).sums["EUR"].total == eur(1_000_000)


def test_the_page_of_the_number_warns_of_it(client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        giver = partners.organisation(s, "Dárce")
        place, other = funding.project(s, "Přeplacený"), funding.project(s, "Jiný")
        for one, amount in ((place, 900_000), (other, 100_000)):
            funding.flow(s, one, 100_000, type_code="2", provider=giver.id)
            funding.flow(s, one, amount, type_code="3", provider=giver.id, amount_mark="rounded")
        ids = place.id, other.id
    viewer = client_as("viewer", lang="cs")

    def warned(path: str) -> list[str]:
        notes = viewer.get(f"/funding/{path}").soup.select("main .note--warn")
        return [" ".join(note.get_text(" ").replace("\xa0", " ").split()) for note in notes]

    [text] = warned("known_funding/records?certainty=all")
    assert "Přeplacený" in text and "platby ≈ 900 000 EUR" in text and "závazek 100 000 EUR" in text
    assert warned(f"known_funding_by_project/records?certainty=all&part={ids[0]}") == [text]
    assert warned(f"known_funding_by_project/records?certainty=all&part={ids[1]}") == []
    assert warned("commitments/records?certainty=all") == []
