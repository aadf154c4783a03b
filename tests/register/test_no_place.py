"""A report of a contract of which nobody knows what it is for: its money has its layouts, and any file made elsewhere is kept."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from portal.kernel import transaction
from portal.kernel.when import When
from tests.factories import budgets, changing, funding, obligations, register
from tests.register.sending import FILE, taken, words


def test_its_money_has_a_file_and_one_made_elsewhere_is_kept(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        contract = funding.contract(
            s, None, "C/0", currency="EUR", rate_regime="B", start=When("2014-01-01"), end=When("2015-12-31")
        )
        budgets.budget(s, contract)
        on_money = obligations.due_report(s, contract)
        on_money.state = "in_preparation"
        budgets.item(s, on_money, "2.1", "100.00")
        told = register.checked(s, obligations.due_report(s, contract, name="Slovní", kind_code="interim_narrative"))
        ids = on_money.id, told.id
    editor = client_as("editor", everywhere=True, lang="cs")
    page = editor.get(FILE.format(ids[0]))
    assert {one["value"] for one in page.soup.select("input[name=layout]")} == {"financial", "budget"}
    book = load_workbook(io.BytesIO(taken(editor, FILE.format(ids[0]) + ".xlsx?layout=portfolio")))
    assert "Information" in book.sheetnames or "Informace" in " ".join(book.sheetnames), book.sheetnames
    page = editor.get(FILE.format(ids[1]))
    assert "není známo, na co smlouva je" in words(page.soup.main)
    assert "it is not known what the contract is for" in words(
        client_as("viewer", lang="en").get(FILE.format(ids[1])).soup.main
    )
    editor.get(FILE.format(ids[1]) + ".xlsx", 404)

    form = editor.get(page.link("Zapsat soubor vyrobený jinde"))
    action = form.soup.select_one("main form[enctype]")["action"]
    sent = editor.submit(form, action=action, on="20. 2. 2015", file=(io.BytesIO(b"%PDF-1.4"), "zprava.pdf"))
    assert editor.get(sent.location).h1 == "zprava.pdf"
