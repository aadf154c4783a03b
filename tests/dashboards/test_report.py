"""A view on one sheet: its filters, its numbers, what is unknown."""

from __future__ import annotations

from portal.kernel.transaction import unit
from tests.factories import changing, frameworks, funding, partners


def test_the_sheet_tells_the_view_and_nothing_else(engine, client_as) -> None:
    with unit(engine) as s, changing(s):
        dialog, other = frameworks.framework(s, "Dialog"), frameworks.framework(s, "Jiný rámec")
        chosen = dialog.id
        first = funding.project(s, "Návraty", framework=dialog)
        funding.flow(s, first, "100.00", type_code="2")
        funding.flow(s, first, "40.00", type_code="4")
        funding.project(s, "Bez částky", framework=dialog)
        funding.flow(s, funding.project(s, "Mimo", framework=other), "7.00", type_code="2")
    reader = client_as("viewer", lang="cs")
    page = reader.get(reader.get(f"/funding?framework={chosen}").link("Zpráva pro vedení"))
    text = page.text.replace("\xa0", " ")
    big = [one.get_text(" ", strip=True).replace("\xa0", " ") for one in page.soup.select(".big")]
    assert big == ["100 EUR", "100 EUR", "neuvedeno", "40 % EUR", "2"]
    assert "Rámec: Dialog" in text and "Mimo" not in text and "Jiný rámec" not in text
    assert "známo u 1 ze 2" in text and "Bez částky" in text
    assert f"/funding/known_funding_by_framework/records?framework={chosen}&part={chosen}" in {
        link.replace("part=" + str(chosen) + "&framework=" + str(chosen), f"framework={chosen}&part={chosen}")
        for link in page.links()
    }


def test_the_sheet_says_what_to_bear_in_mind_as_the_page_does(engine, client_as) -> None:
    with unit(engine) as s, changing(s):
        first, second = (funding.project(s, name) for name in ("Návraty do Gruzie", "Podpora návratů"))
        whole = funding.flow(s, first, "100.00", type_code="2")
        funding.flow(s, first, "40.00", type_code="2", included_in=whole)
        funding.flow(s, second, "7.00", type_code="2")
        partners.link(s, first, second, "possibly_same")
    reader = client_as("viewer", lang="cs")
    for address in ("/funding", "/funding/report"):
        text = reader.get(f"{address}?certainty=all").text.replace("\xa0", " ")
        assert "mohou být týž a oba nesou peníze: Návraty do Gruzie a Podpora návratů" in text, address
        assert "zahrnuto v něm a nepřičteno: 40 EUR" in text, address
