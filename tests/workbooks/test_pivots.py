"""What is filled in and shown by a pivot table: the table is made anew, and nobody reads what it showed before."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from portal.workbooks.filling import fill
from portal.workbooks.filling.pivots import ANEW, STAYS, UNTOLD
from tests.machine import needs
from tests.workbooks import donors, pivots, sheets

CACHE = "xl/pivotCache/pivotCacheDefinition{}.xml"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_pivot_table_of_what_was_filled_in_is_made_anew_and_no_other() -> None:
    before, after = parts(pivots.with_pivots()), parts(fill(pivots.with_pivots(), pivots.WRITTEN).data)
    assert after[CACHE.format(1)] == before[CACHE.format(1)].replace(
        b' recordCount="3">', b' recordCount="3" refreshOnLoad="1">'
    )
    copies = [
        f"xl/{name}{n}.xml" for name in ("pivotCache/pivotCacheRecords", "pivotTables/pivotTable") for n in (1, 2)
    ]
    for name in ("xl/calcChain.xml", CACHE.format(2), *copies):
        assert after[name] == before[name], name


def test_the_chain_of_calculation_names_every_formula_that_is_left() -> None:
    after = parts(fill(pivots.with_pivots(), pivots.WRITTEN).data)
    chain = re.findall(rb'<c r="(\w+)" i="(\d)"/>', after["xl/calcChain.xml"])
    formulas = [
        (cell, str(n).encode())
        for n in (1, 2, 3)
        for cell in re.findall(rb'<c r="(\w+)"[^>]*><f>', after[f"xl/worksheets/sheet{n}.xml"])
    ]
    assert sorted(chain) == sorted(formulas) and len(chain) == len(pivots.CHAIN)


@needs("libreoffice")
def test_libreoffice_shows_what_was_worked_out_by_hand(tmp_path: Path) -> None:
    book = sheets.recalculated(fill(pivots.with_pivots(), pivots.WRITTEN).data, tmp_path)
    shown = {row[0]: row[1] for row in book["Shown"].iter_rows(min_row=4, max_col=2, values_only=True)}
    assert shown == pivots.SHOWS
    assert book["Shown"]["E4"].value == 500 and book["Costs"]["D6"].value == 711.5
    assert [row[4] for row in book["Rates"].iter_rows(min_row=2, values_only=True)] == [25, 24.5, 49.5]


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ('type="worksheet"><worksheetSource name="Priced"/>', ANEW),
        ('type="worksheet"><worksheetSource ref="A3:B6" sheet="Shown"/>', ANEW),
        ('type="consolidation"><consolidation><rangeSets count="1"><rangeSet ref="A2:B3" sheet="Costs"/></rangeSets>'
         "</consolidation>", ANEW),
        ('type="worksheet"><worksheetSource ref="A1:D4" sheet="Costs" r:id="rId2"/>', STAYS),
        ('type="worksheet"><worksheetSource ref="F1:H4" sheet="Costs"/>', STAYS),
        ('type="worksheet"><worksheetSource name="Grown"/>', UNTOLD),
    ],
    ids=["by a name", "over another pivot table", "several areas", "of another workbook", "cells beside", "by a computed name"],
)  # fmt: skip
def test_what_a_pivot_table_is_made_from_is_found_however_it_is_told(source: str, state: str) -> None:
    told = parts(pivots.with_pivots())
    of = told[CACHE.format(2)]
    told[CACHE.format(2)] = re.sub(b"type=.*(?=</cacheSource>)", source.encode(), of)
    names = (
        b'</sheets><definedNames><definedName name="Priced">Costs!$A$1:$C$4</definedName>'
        b'<definedName name="Grown">OFFSET(Costs!$A$1,0,0,COUNTA(Costs!$A:$A),3)</definedName></definedNames>'
    )
    told["xl/workbook.xml"] = told["xl/workbook.xml"].replace(b"</sheets>", names)
    done = fill(donors.packed(told), pivots.WRITTEN)
    assert (b"refreshOnLoad" in parts(done.data)[CACHE.format(2)]) is (state == ANEW)
    assert ("Rates, G4" in {str(one.place) for one in done.lost}) is (state == ANEW), (
        "a formula beside takes from the table"
    )
    told_of = {(str(one.place), one.name): one.state for one in done.pivots}
    assert told_of == {("Shown, A3", "PivotTable1"): ANEW, ("Rates, D1", "PivotTable2"): state}
