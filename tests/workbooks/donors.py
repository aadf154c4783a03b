"""Workbooks such as donors send, for the tests of filling: what openpyxl writes, and packages written by hand with what it
cannot write (shared formulas, macros, a pivot cache, an image, another prefix). Their values are worked out by hand."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from datetime import date

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
IMAGE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""A picture of one point."""
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def budget() -> bytes:
    """By openpyxl: a budget with merged cells, a validation, a conditional format, names, a chart, and a second sheet."""
    import openpyxl
    from openpyxl.chart import BarChart, Reference
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "1. Budget"
    sheet["A1"] = "Budget of the action"
    sheet.merge_cells("A1:D1")
    for row, (name, units, value) in enumerate(
        (("Salaries", 2, 1000.5), ("Travel", 3, 200), ("Equipment", 1, 99.99)), 3
    ):
        for column, held in enumerate((name, units, value, f"=ROUND(B{row}*C{row},2)"), 1):
            sheet.cell(row, column, held)
    sheet["A7"], sheet["D7"] = "Direct costs", "=SUM(D3:D5)"
    sheet["A8"], sheet["D8"] = "Indirect costs", "=ROUND(D7*Rate,2)"
    sheet["A9"], sheet["D9"] = "Total", "=D7+D8"
    sheet["F1"] = 0.07
    book.defined_names["Rate"] = DefinedName("Rate", attr_text="'1. Budget'!$F$1")
    allowed = DataValidation(type="decimal", operator="greaterThan", formula1="0")
    allowed.add("B3:C5")
    sheet.add_data_validation(allowed)
    red = PatternFill("solid", bgColor="FFC7CE")
    sheet.conditional_formatting.add("D3:D9", CellIsRule(operator="greaterThan", formula=["5000"], fill=red))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=3, max_row=5))
    chart.set_categories(Reference(sheet, min_col=1, min_row=3, max_row=5))
    sheet.add_chart(chart, "F3")
    told = book.create_sheet("Shrnutí & více")
    told["A1"], told["B1"] = "Celkem", "='1. Budget'!D9"
    told["B2"] = '=IF(B1>5000,"nad 5 000","v mezích")'
    told["B3"] = "=TODAY()-B1"
    told["B4"] = "=1+1"
    return _saved(book)


def protected() -> bytes:
    """By openpyxl: days counted from 1904, a protected sheet with open cells, a table and formulas that name its columns."""
    import openpyxl
    from openpyxl.styles import Protection
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    from openpyxl.worksheet.table import Table

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Costs"
    for column, head in enumerate(("Item", "Paid on", "Amount"), 1):
        sheet.cell(1, column, head)
    for row in range(2, 6):
        sheet.cell(row, 1, f"Item {row - 1}")
        sheet.cell(row, 2, date(2026, 1, row)).number_format = "dd/mm/yyyy"
        sheet.cell(row, 3, 100.0 * row)
        for column in (1, 2, 3):
            sheet.cell(row, column).protection = Protection(locked=False)
    sheet.add_table(Table(displayName="Costs", ref="A1:C5"))
    sheet["E1"], sheet["F1"] = "Sum", "=SUM(C2:C5)"
    sheet["E2"], sheet["F2"] = "Last", "=MAX(B2:B5)"
    sheet.protection.sheet = True
    return _saved(book)


def report() -> bytes:
    """By openpyxl: a report on money as a recipient would send it: a protected sheet with merged cells to fill in, heads over two
    rows, rows for payments with a total, a hidden sheet that a validation leads to, print set-up, a note and a link."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Border, Protection, Side
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    told = book.active
    told.title = "Information"
    told["A1"] = "Financial report"
    told.merge_cells("A1:D1")
    labels = (
        "Contract number:",
        "Title of the action",
        "Coordinator",
        "Reporting period from",
        "Reporting period to",
        "Currency",
    )
    for row, label in enumerate(labels, 3):
        told.cell(row, 1, label)
        told.cell(row, 2).protection = Protection(locked=False)
    told["A9"], told["A10"] = "Description of the action (2,500 characters)", "Explanation of variations"
    for row in (4, 9, 10):
        told.merge_cells(start_row=row, end_row=row, start_column=2, end_column=4)
        told.cell(row, 2).protection = Protection(locked=False)
    told["B6"].number_format = told["B7"].number_format = "dd/mm/yyyy"
    for letter, width in (("A", 40), ("B", 18), ("C", 12), ("D", 12)):
        told.column_dimensions[letter].width = width
    told["A12"], told["B12"] = "Days reported on", '=IF(B7="","",B7-B6+1)'
    told["B3"].comment = Comment("As in the grant agreement", "Recipient")
    told["A14"] = "Instructions"
    told["A14"].hyperlink = "https://example.org/instructions"
    allowed = DataValidation(type="list", formula1="Lists!$A$1:$A$3")
    allowed.add("B8")
    told.add_data_validation(allowed)
    told.protection.sheet = True

    paid = book.create_sheet("Payments")
    paid["A1"] = "Payments received in the reporting period"
    paid.merge_cells("A1:D1")
    paid["A2"], paid["C2"] = "Payment", "Amounts"
    paid.merge_cells("A2:B2")
    paid.merge_cells("C2:D2")
    thin = Border(*[Side("thin")] * 4)
    for letter, width in (("A", 28), ("B", 20), ("C", 18), ("D", 40)):
        paid.column_dimensions[letter].width = width
    for column, head in enumerate(("No.", "Date of payment", "Amount (EUR)", "Remark"), 1):
        paid.cell(3, column, head)
        for row in range(4, 10):
            paid.cell(row, column).border = thin
    for row in range(4, 10):
        paid.cell(row, 1, row - 3)
        paid.cell(row, 2).number_format = "dd/mm/yyyy"
    paid["A10"], paid["C10"] = "Total", "=SUM(C4:C9)"
    paid["A11"], paid["C11"] = "Share of the largest payment", '=IF(C10=0,"",ROUND(MAX(C4:C9)/C10,4))'
    paid.page_setup.orientation, paid.print_title_rows = "landscape", "2:3"
    paid.oddFooter.center.text = "Page &P of &N"
    paid.freeze_panes = "A4"

    lists = book.create_sheet("Lists")
    for row, code in enumerate(("EUR", "USD", "CZK"), 1):
        lists.cell(row, 1, code)
    lists.sheet_state = "hidden"
    return _saved(book)


def _saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 8, 0, 0)), data)
    return out.getvalue()


def parts_of(sheets: dict[str, bytes], more: str = "", kinds: str = "", relations: str = "") -> dict[str, bytes]:
    """The parts of a workbook with these sheets (name → what stands in `worksheet`). `more` goes into the workbook, `kinds`
    into the content types, `relations` into those of the workbook."""
    names = list(sheets)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(names) + 1)
    )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    main = main if "vbaProject" not in kinds else "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    return {
        "[Content_Types].xml": _HEAD
        + (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/>{overrides}{kinds}</Types>'
        ).encode(),
        "_rels/.rels": _HEAD
        + f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": _HEAD
        + f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{more}</workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": _HEAD
        + f'<Relationships xmlns="{RELATIONS}">{links}{relations}</Relationships>'.encode(),
        **{
            f"xl/worksheets/sheet{n}.xml": _HEAD
            + b'<worksheet xmlns="%s" xmlns:r="%s">%s</worksheet>' % (SPREADSHEET.encode(), OFFICE.encode(), body)
            for n, body in enumerate(sheets.values(), 1)
        },
    }


SHARED = b"""<sheetData>
<row r="1" spans="1:3"><c r="A1" t="inlineStr"><is><t>Units</t></is></c><c r="B1" t="inlineStr"><is><t>Value</t></is></c></row>
<row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>10</v></c><c r="C2"><f t="shared" ref="C2:C4" si="0">A2*B2</f><v>20</v></c></row>
<row r="3"><c r="A3"><v>3</v></c><c r="B3"><v>10</v></c><c r="C3"><f t="shared" si="0"/><v>30</v></c></row>
<row r="4"><c><v>4</v></c><c r="B4"><v>10</v></c><c r="C4"><f t="shared" si="0"/><v>40</v></c></row>
<row r="6" ht="30"/>
<row r="7"><c r="C7"><f>SUM(C2:C4)</f><v>90</v></c><c r="D7"><f t="array" ref="D7:D8">A2:A3*2</f><v>4</v></c></row>
<row r="8"><c r="C8"><f>C7*1.1</f><v>1</v></c><c r="D8"><v>6</v></c></row>
</sheetData><drawing r:id="rId1"/>"""
"""C8 holds a saved value that is not what its formula gives: whoever computes it anew would not agree with the template."""


def shared() -> bytes:
    """By hand: shared formulas, one array, a cell without an address, an empty row, an image."""
    parts = parts_of({"List1": SHARED})
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from><xdr:col>5</xdr:col>'
        "<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        '<xdr:ext cx="95250" cy="95250"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>'
        "</xdr:oneCellAnchor></xdr:wsDr>"
    )
    link = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/%s" Target="%s"/></Relationships>'
    )
    kind = (
        '<Override PartName="/xl/drawings/drawing1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind.encode() + b"</Types>")
    return packed(
        {
            **parts,
            "xl/worksheets/_rels/sheet1.xml.rels": (link % ("drawing", "../drawings/drawing1.xml")).encode(),
            "xl/drawings/drawing1.xml": _HEAD + drawing.encode(),
            "xl/drawings/_rels/drawing1.xml.rels": (link % ("image", "../media/image1.png")).encode(),
            "xl/media/image1.png": IMAGE,
        }
    )


MACROS = bytes(range(256)) * 8
"""Stands for a project of macros: nobody here reads it."""


def with_macros() -> bytes:
    """By hand, as .xlsm: a project of macros, a name for one sheet only, a formula over several sheets."""
    body = b'<sheetData><row r="1"><c r="A1"><v>%d</v></c>%s</row></sheetData>'
    total = (
        b'<c r="B1"><f>SUM(Leden:%s!A1)</f><v>6</v></c><c r="C1"><f>Podil*A1+Leden!A1</f><v>7</v></c>'
        % "Březen".encode()
    )
    sheets = {"Leden": body % (1, b""), "Únor": body % (2, b""), "Březen": body % (3, b""), "Rok": body % (4, total)}
    name = '<definedNames><definedName name="Podil" localSheetId="3">1.5</definedName></definedNames>'
    kind = '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    link = (
        '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/>'
    )
    return packed({**parts_of(sheets, name, kind, link), "xl/vbaProject.bin": MACROS})


def with_pivot() -> bytes:
    """By hand: the cache of a pivot table over A1:B3, a prefix of its own in the sheet, circular formulas, saved calculation."""
    body = (
        b'<x:sheetData xmlns:x="%s"><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Year</x:t></x:is></x:c>'
        b'<x:c r="B1" t="inlineStr"><x:is><x:t>EUR</x:t></x:is></x:c></x:row>'
        b'<x:row r="2"><x:c r="A2"><x:v>2025</x:v></x:c><x:c r="B2"><x:v>5</x:v></x:c></x:row>'
        b'<x:row r="3"><x:c r="A3"><x:v>2026</x:v></x:c><x:c r="B3"><x:v>7</x:v></x:c></x:row>'
        b'<x:row r="5"><x:c r="B5"><x:f>SUM(B2:B3)</x:f><x:v>12</x:v></x:c><x:c r="C5"><x:f>D5+B5</x:f><x:v>1</x:v></x:c>'
        b'<x:c r="D5"><x:f>C5</x:f><x:v>1</x:v></x:c></x:row></x:sheetData>' % SPREADSHEET.encode()
    )
    cache = (
        f'<pivotCacheDefinition xmlns="{SPREADSHEET}" refreshedBy="Office" recordCount="2"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B3" sheet="Data"/></cacheSource><cacheFields count="2"><cacheField name="Year"/>'
        '<cacheField name="EUR"/></cacheFields></pivotCacheDefinition>'
    )
    kind = (
        '<Override PartName="/xl/pivotCache/pivotCacheDefinition1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"/>'
    )
    link = (
        f'<Relationship Id="rId9" Type="{OFFICE}/pivotCacheDefinition" Target="pivotCache/pivotCacheDefinition1.xml"/>'
    )
    parts = parts_of({"Data": body}, '<calcPr calcId="191029"/>', kind, link)
    return packed({**parts, "xl/pivotCache/pivotCacheDefinition1.xml": _HEAD + cache.encode()})
