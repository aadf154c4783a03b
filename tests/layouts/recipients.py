"""A contract with payments, a report on it, and the recipient's form in Czech and in English, for the pictures."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties
from sqlalchemy.orm import Session

from portal.donor_workbooks.actions import add_file, map_cells
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.sources.facts import Pair
from portal.workbooks.filling.looking import look
from tests.factories import changing, donor_workbooks, frameworks, funding, obligations
from tests.workbooks import donors

CZECH = {
    "Financial report": "Finanční zpráva", "Contract number:": "Číslo smlouvy:", "Title of the action": "Název akce",
    "Coordinator": "Koordinátor", "Reporting period from": "Období zprávy od", "Reporting period to": "Období zprávy do",
    "Currency": "Měna", "Description of the action (2,500 characters)": "Popis akce (2 500 znaků)",
    "Explanation of variations": "Vysvětlení odchylek", "Days reported on": "Dnů ve zprávě", "Instructions": "Pokyny",
    "Payments received in the reporting period": "Platby přijaté v období zprávy", "Payment": "Platba", "Amounts": "Částky",
    "No.": "Č.", "Date of payment": "Datum platby", "Amount (EUR)": "Částka (EUR)", "Remark": "Poznámka", "Total": "Celkem",
    "Share of the largest payment": "Podíl největší platby",
}  # fmt: skip
MAPPED = {
    **donor_workbooks.MAPPED, "Information!B8": "contract.currency", "Payments!D4": "payments.purpose",
}  # fmt: skip


def form(lang: str) -> bytes:
    """The form of `donors.report`, in the words of a language, each sheet as wide as a page."""
    book = openpyxl.load_workbook(io.BytesIO(donors.report()))
    for sheet in book:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
        for cell in (one for row in sheet.iter_rows() for one in row):
            if lang == "cs" and not isinstance(cell, MergedCell):
                cell.value = CZECH.get(cell.value, cell.value)
                if cell.number_format == "dd/mm/yyyy":
                    cell.number_format = "d. m. yyyy"
    told, paid = book["Information"], book["Payments"]
    separated = "[$-405]" if lang == "cs" else "[$-809]"  # thousands and decimals as the language writes them
    for row in (3, 4, 5, 6, 7, 8, 9, 12):
        told.cell(row, 2).alignment = Alignment("left", "top", wrap_text=row == 9)
        told.cell(row, 1).alignment = Alignment(vertical="top")
    told.row_dimensions[9].height = 45
    for row in range(4, 11):
        paid.cell(row, 3).number_format = separated + "#,##0.00"
    paid["C11"].number_format = separated + "0.00%"
    if lang == "cs":
        paid.oddFooter.center.text = "Strana &P z &N"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def planted(s: Session) -> dict[str, int]:
    """Ids: `report`, and the file mapped in each language, `cs` and `en`."""
    about = Pair(
        "Školení rozhodovačů a tlumočníků, vybavení dvou přijímacích středisek a metodika pro ověřování dokladů.",
        "Training of decision-makers and interpreters, equipment of two reception centres, a guide to checking documents.",
    )
    place = frameworks.framework(s, "Partnerství s Gruzií")
    project = funding.project(s, "Azyl v Gruzii", framework=place, description=about)
    contract = funding.contract(
        s, project, "HOME/2014/AMIF/7", coordinator=funding.organisation(s, "ICMPD").id, currency="EUR",
        name=Pair("Podpora azylového řízení", "Support to asylum procedures"),
    )  # fmt: skip
    for amount, day, cs, en in (
        ("300000.00", "2014-03-03", "Předfinancování", "Pre-financing"),
        ("120000.50", "2014-09-05", "Průběžná platba", "Interim payment"),
        ("48750.25", "2014-11-24", "Doplatek za vybavení", "Balance for equipment"),
    ):
        funding.flow(s, project, amount, contract=contract.id, type_code="3", valued=When(day), purpose=Pair(cs, en))
    report = obligations.due_report(s, contract)
    with changing(s):
        report.state = "in_preparation"
    return {"report": report.id, **{lang: _file(s, lang) for lang in ("cs", "en")}}


def _file(s: Session, lang: str) -> int:
    of, data = donor_workbooks.workbook(s), form(lang)
    with changing(s):
        made = add_file(s, SYSTEM, of, data, f"report.{lang}.xlsx", look(data), date(2014, 1, 1), date(2014, 12, 31))
        cells = [donor_workbooks.cell(place, key, language=lang) for place, key in MAPPED.items()]
        map_cells(s, SYSTEM, made, cells)
    return made.id
