"""A view on one sheet: its filters, its numbers, what is unknown."""

from __future__ import annotations

from portal.kernel.transaction import unit
from tests.factories import changing, frameworks, funding


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
