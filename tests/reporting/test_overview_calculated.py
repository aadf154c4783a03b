"""The overview in another program: its formulas agree with the figures of the portal, and it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.figures import FIGURES, Scope
from portal.kernel.permission import SYSTEM
from tests.machine import needs
from tests.reporting import taken
from tests.workbooks import sheets

pytestmark = needs("libreoffice")


def computed(ws, label: str, column: int = 1) -> list:
    return [cell.value for cell in taken.labelled(ws, label, column) if cell.value is not None]


@pytest.mark.parametrize(("certainty", "total", "within"), [("documents", 600000, None), ("public", 6600000, 600000)])
def test_formulas_give_the_figures_of_the_portal(read_as, seeded, tmp_path: Path, certainty, total, within):
    client = read_as("viewer", lang="cs")
    data = taken.data(client, f"?certainty={certainty}")
    book = sheets.recalculated(data, tmp_path)
    assert sheets.errors(book) == [] and sheets.compared(data, book) >= 8
    known, scope = FIGURES["known_funding"], Scope(certainty=certainty)
    assert known.value(seeded, SYSTEM, scope).sums["EUR"].total.minor == total * 100
    ws = book["Financování"]
    line = computed(ws, "Započteno celkem, EUR")
    assert total in line and "EUR" in line and ("≈" in line) == (certainty == "public")
    if within:
        assert within in computed(ws, "Zahrnuto v jiných tocích, nepřičítá se, EUR")
    coverage = known.coverage(seeded, SYSTEM, scope)
    assert computed(ws, "je známa jejich vlastní částka")[1] == coverage.known
    assert computed(ws, "jsou součástí projektu, jehož částka je známa")[1] == coverage.within
    assert computed(ws, "částka není uvedena")[1] == coverage.unknown
    assert computed(ws, "projektů celkem")[1] == coverage.total
    cover = book.worksheets[0]
    assert taken.labelled(cover, "Celkem, EUR", 2)[2].value == total
    words = f"částka je známa u {coverage.known} z celkového počtu {coverage.total} projektů; dalších {coverage.within}"
    assert taken.labelled(cover, "Pokrytí", 2)[2].value.startswith(words)


@needs("poppler")
def test_every_printed_page_has_heads_and_numbers(read_as, tmp_path: Path):
    printed = sheets.pages(taken.data(read_as("viewer", lang="cs"), "?certainty=public"), tmp_path)
    assert len(printed) >= 8
    assert "pro Evropskou komisi" in printed[0]
    for number, page in enumerate(printed, 1):
        assert f"Strana {number} z {len(printed)}" in page
    footnotes = [page for page in printed if "Co dokládá" in page]
    assert len(footnotes) >= 3, "the head is repeated on every page of sources"
