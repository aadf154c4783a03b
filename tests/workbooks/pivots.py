"""A workbook with pivot tables as Excel saves them, written by hand: the tables on their sheet, the caches with copies of the
values, the chain of calculation. The first pivot table is over cells to fill in, the second over a list nobody fills in."""

from __future__ import annotations

from decimal import Decimal
from xml.sax.saxutils import escape

from portal.workbooks.reading import Place
from tests.workbooks.donors import OFFICE, RELATIONS, SPREADSHEET, packed, parts_of

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def _sheet(*rows: str) -> bytes:
    """Rows of cells told as `A1 Text`, `B2 =A1*2 -> 4` (formula and saved value) or `C3 7`, parted by bars."""
    return f"<sheetData>{''.join(_row(row) for row in rows)}</sheetData>".encode()


def _row(told: str) -> str:
    cells = [one.split(" ", 1) for one in told.split(" | ")]
    number = cells[0][0].lstrip("ABCDEFGH")
    return f'<row r="{number}">{"".join(_cell(at, held) for at, held in cells)}</row>'


def _cell(at: str, held: str) -> str:
    formula, arrow, value = held.partition(" -> ")
    if arrow:
        return f'<c r="{at}"><f>{escape(formula.removeprefix("="))}</f><v>{value}</v></c>'
    if held.replace(".", "").isdigit():
        return f'<c r="{at}"><v>{held}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{held}</t></is></c>'


COSTS = _sheet(
    "A1 Partner | B1 Units | C1 Price | D1 Amount",
    "A2 ICMPD | B2 2 | C2 100 | D2 =B2*C2 -> 200",
    "A3 UNHCR | B3 3 | C3 50 | D3 =B3*C3 -> 150",
    "A4 ICMPD | B4 1 | C4 30 | D4 =B4*C4 -> 30",
    "A6 Total | D6 =SUM(D2:D4) -> 380",
    "A7 Share of the first | D7 =ROUND(D2/D6,4) -> 0.5263",
)
SHOWN = _sheet(
    "A3 Partner | B3 Sum of Amount | D3 Of the pivot table | E3 =B6*2 -> 760",
    'A4 ICMPD | B4 230 | D4 Of one partner | E4 =GETPIVOTDATA("Amount",$A$3,"Partner","ICMPD") -> 230',
    "A5 UNHCR | B5 150 | D5 Of both | E5 =E3+Costs!D6 -> 1140",
    "A6 Total Result | B6 380 | D6 Of the costs | E6 =Costs!D6*2 -> 760",
)
RATES = _sheet(
    "A1 Year | B1 Rate | D1 Year | E1 Sum of Rate",
    "A2 2025 | B2 25 | D2 2025 | E2 25",
    "A3 2026 | B3 24.5 | D3 2026 | E3 24.5",
    "D4 Total Result | E4 49.5 | G4 =E4*2 -> 99",
)
CHAIN = [("D2", 1), ("D3", 1), ("D4", 1), ("D6", 1), ("D7", 1), ("E6", 2), ("E3", 2), ("E4", 2), ("E5", 2), ("G4", 3)]
"""Every formula: its cell and the number of its sheet."""


WRITTEN = {Place("Costs", 2, 2): Decimal(5), Place("Costs", 3, 3): Decimal("60.5"), Place("Costs", 4, 1): "IOM"}
"""What the tests fill in: two numbers, and a partner who gets a row of his own in the pivot table."""
SHOWS = {"ICMPD": 500, "UNHCR": 181.5, "IOM": 30, "Total Result": 711.5}
"""What the first pivot table shows of that, by hand, once it is made anew."""


def with_pivots() -> bytes:
    """Costs!A1:D4 is shown by the pivot table at Shown!A3:B6, Rates!A1:B3 by the one at Rates!D1:E4."""
    parts = parts_of({"Costs": COSTS, "Shown": SHOWN, "Rates": RATES}, _MORE, _KINDS, _LINKS)
    return packed(
        {
            **parts,
            "xl/calcChain.xml": _part("calcChain", "".join(f'<c r="{at}" i="{sheet}"/>' for at, sheet in CHAIN)),
            **_cache(1, "Costs", "A1:D4", _COST_FIELDS, _COST_RECORDS),
            **_cache(2, "Rates", "A1:B3", _RATE_FIELDS, _RATE_RECORDS),
            **_table(1, 2, "A3:B6", ("Partner", "Units", "Price", "Amount"), 2, "Sum of Amount"),
            **_table(2, 3, "D1:E4", ("Year", "Rate"), 2, "Sum of Rate"),
        }
    )


_MORE = (
    '<calcPr calcId="191029"/><pivotCaches><pivotCache cacheId="1" r:id="rId11"/>'
    '<pivotCache cacheId="2" r:id="rId12"/></pivotCaches>'
)
_LINKS = f'<Relationship Id="rId10" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>' + "".join(
    f'<Relationship Id="rId1{n}" Type="{OFFICE}/pivotCacheDefinition" Target="pivotCache/pivotCacheDefinition{n}.xml"/>'
    for n in (1, 2)
)
_KINDS = f'<Override PartName="/xl/calcChain.xml" ContentType="{_KIND}calcChain+xml"/>' + "".join(
    f'<Override PartName="/xl/{folder}/{name}{n}.xml" ContentType="{_KIND}{kind}+xml"/>'
    for n in (1, 2)
    for folder, name, kind in (
        ("pivotCache", "pivotCacheDefinition", "pivotCacheDefinition"),
        ("pivotCache", "pivotCacheRecords", "pivotCacheRecords"),
        ("pivotTables", "pivotTable", "pivotTable"),
    )
)
_NUMBERS = (
    '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" %sminValue="%s" maxValue="%s"/>'
)
_COST_FIELDS = {
    "Partner": '<sharedItems count="2"><s v="ICMPD"/><s v="UNHCR"/></sharedItems>',
    "Units": _NUMBERS % ('containsInteger="1" ', 1, 3),
    "Price": _NUMBERS % ('containsInteger="1" ', 30, 100),
    "Amount": _NUMBERS % ('containsInteger="1" ', 30, 200),
}
_COST_RECORDS = [(0, 2, 100, 200), (1, 3, 50, 150), (0, 1, 30, 30)]
_RATE_FIELDS = {
    "Year": '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" containsInteger="1" '
    'minValue="2025" maxValue="2026" count="2"><n v="2025"/><n v="2026"/></sharedItems>',
    "Rate": _NUMBERS % ("", 24.5, 25),
}
_RATE_RECORDS = [(0, 25), (1, 24.5)]


def _part(root: str, inside: str, attributes: str = "") -> bytes:
    return f'{_HEAD}<{root} xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"{attributes}>{inside}</{root}>'.encode()


def _links(kind: str, target: str) -> bytes:
    link = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'{_HEAD}<Relationships xmlns="{RELATIONS}">{link}</Relationships>'.encode()


def _cache(number: int, sheet: str, area: str, fields: dict[str, str], records: list[tuple]) -> dict[str, bytes]:
    """The parts of a cache; the first field of a record is the number of one of its shared items."""
    told = "".join(f'<cacheField name="{name}" numFmtId="0">{items}</cacheField>' for name, items in fields.items())
    numbers = ["".join(f'<n v="{number}"/>' for number in one[1:]) for one in records]
    held = "".join(f'<r><x v="{one[0]}"/>{more}</r>' for one, more in zip(records, numbers, strict=True))
    definition = (
        f'<cacheSource type="worksheet"><worksheetSource ref="{area}" sheet="{sheet}"/></cacheSource>'
        f'<cacheFields count="{len(fields)}">{told}</cacheFields>'
    )
    made = (
        ' r:id="rId1" refreshedBy="Office" refreshedDate="46082.5" createdVersion="6" refreshedVersion="6" '
        f'minRefreshableVersion="3" recordCount="{len(records)}"'
    )
    name = f"pivotCacheRecords{number}.xml"
    return {
        f"xl/pivotCache/pivotCacheDefinition{number}.xml": _part("pivotCacheDefinition", definition, made),
        f"xl/pivotCache/_rels/pivotCacheDefinition{number}.xml.rels": _links("pivotCacheRecords", name),
        f"xl/pivotCache/{name}": _part("pivotCacheRecords", held, f' count="{len(records)}"'),
    }


def _table(number: int, sheet: int, area: str, fields: tuple[str, ...], items: int, sums: str) -> dict[str, bytes]:
    """The parts of a pivot table: rows by the items of the first field, sums of the last one."""
    shown = "".join(f'<item x="{n}"/>' for n in range(items))
    rows = "".join(f'<i><x v="{n}"/></i>' for n in range(items))
    between = '<pivotField showAll="0"/>' * (len(fields) - 2)
    inside = (
        f'<location ref="{area}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="{len(fields)}">'
        f'<pivotField axis="axisRow" showAll="0"><items count="{items + 1}">{shown}<item t="default"/></items></pivotField>'
        f'{between}<pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields>'
        f'<rowItems count="{items + 1}">{rows}<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems>'
        f'<dataFields count="1"><dataField name="{sums}" fld="{len(fields) - 1}" baseField="0" baseItem="0"/></dataFields>'
        '<pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1" showRowStripes="0" '
        'showColStripes="0" showLastColumn="1"/>'
    )
    made = (
        f' name="PivotTable{number}" cacheId="{number}" dataCaption="Values" updatedVersion="6" minRefreshableVersion="3" '
        'createdVersion="6" useAutoFormatting="1" itemPrintTitles="1" indent="0" outline="1" outlineData="1"'
    )
    target = f"../pivotCache/pivotCacheDefinition{number}.xml"
    return {
        f"xl/pivotTables/pivotTable{number}.xml": _part("pivotTableDefinition", inside, made),
        f"xl/pivotTables/_rels/pivotTable{number}.xml.rels": _links("pivotCacheDefinition", target),
        f"xl/worksheets/_rels/sheet{sheet}.xml.rels": _links("pivotTable", f"../pivotTables/pivotTable{number}.xml"),
    }
