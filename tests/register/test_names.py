"""Who gets a file and what it is called was typed or taken over as text: nobody reads there of whom they may not know; and the
search of files folds letters alike on both databases."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.accounts.actions.secrecy import set_secrecy
from portal.funding.actions import edit_flow
from portal.funding.models import Flow
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.obligations.actions import edit_obligation
from portal.obligations.models import DueReport
from portal.register.actions import keep_file
from portal.register.models import SentFile
from tests.factories import changing, funding
from tests.register.sending import scene, send, taken, words

NAME = "Česká rozvojová agentura"


def listed(browser, text: str) -> int:
    return len(browser.get("/sent-files", query_string={"q": text}).soup.select("tbody tr"))


@pytest.fixture
def address(engine, client_as) -> str:
    """A file sent to somebody whom another one replaced since, and who is confidential now."""
    ids = scene(engine)
    editor = client_as("editor", everywhere=True, lang="cs")
    address = send(editor, ids["report"], recipient=NAME, number="ČJ-7")
    for text in ("česká ROZVOJOVÁ", "ceska rozv", "ČJ-7", "čj-7"):
        assert listed(editor, text) == 1, text
    assert listed(editor, "dánská") == 0
    with transaction.unit(engine) as s, changing(s):
        report, giver = s.get_one(DueReport, ids["report"]), s.get_one(Record, ids["giver"])
        other = funding.organisation(s, "Jiný příjemce")
        edit_obligation(s, SYSTEM, report.obligation, {"recipient": other.id})
        edit_flow(s, SYSTEM, s.get_one(Flow, ids["flow"]), {"provider": other.id})
        set_secrecy(s, SYSTEM, giver, {"confidential": True})
        settle(s, [giver])
    return address


def test_a_hidden_recipient_is_named_nowhere_in_the_register(address, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    report = viewer.get(address).soup.select_one("#sent a")["href"]
    for path in ("/sent-files", address, report):
        page = viewer.get(path)
        assert NAME not in page.text and ".xlsx" not in words(page.soup.main), path
    assert (
        "Nesmíte vidět, kdo ji dostává" in viewer.get("/sent-files").text and "Soubor č. 1" in viewer.get(report).text
    )
    exported = load_workbook(io.BytesIO(taken(viewer, "/exports/sent_files.xlsx")))
    cells = [str(cell) for ws in exported for row in ws.iter_rows(values_only=True) for cell in row]
    assert NAME not in cells and "Nesmíte vidět, kdo ji dostává." in cells
    assert listed(viewer, "česká rozvojová") == 0, "what cannot be read is not found either"
    assert listed(viewer, "čj-7") == 1, "the number of the letter names nobody"
    assert "You may not see who gets it." in client_as("viewer", lang="en").get(address).text


def test_files_are_ordered_by_the_names_that_are_shown(engine, client_as, address) -> None:
    with transaction.unit(engine) as s, changing(s):
        hidden = s.scalars(select(SentFile)).one()
        assert "aaa" < hidden.file_name < "zzz"
        for name in ("aaa.xlsx", "zzz.xlsx"):
            typed = {"on": None, "reference": "", "recipient": "", "file_name": name}
            keep_file(s, SYSTEM, hidden.report, hidden.report.version, name.encode(), **typed)
    viewer = client_as("viewer", lang="cs")
    for query, shown in (("?sort=file", ["aaa.xlsx", "zzz.xlsx"]), ("?sort=-file", ["zzz.xlsx", "aaa.xlsx"])):
        rows = viewer.get(f"/sent-files{query}").soup.select("tbody tr")
        assert [row.th.a.get_text() for row in rows] == [*shown, f"Soubor č. {address.split('/')[-1]}"], query


def test_history_tells_of_a_file_that_was_added_to_a_report_that_was_sent(engine, client_as, address) -> None:
    with transaction.unit(engine) as s, changing(s):
        report = s.scalars(select(SentFile)).one().report
        typed = {"on": None, "reference": "", "recipient": "", "file_name": "příloha.pdf"}
        kept = keep_file(s, SYSTEM, report, report.version, b"%PDF", **typed)
        change, path = kept.change_id, f"/sent-files/{kept.id}"
    viewer = client_as("viewer", lang="cs")
    page = viewer.get(f"/changes/{change}")
    assert "přidáno: odeslaný soubor příloha.pdf" in words(page.soup.main) and path in page.links()
    listed = viewer.get("/changes")
    assert "odeslaný soubor Soubor č. 1" in words(listed.soup.main) and "Nic, co" not in listed.text
    with transaction.unit(engine) as s, changing(s):
        place = s.scalars(select(SentFile)).first().report.obligation.of
        set_secrecy(s, SYSTEM, place, {"confidential": True})
        settle(s, [place])
    viewer.get(f"/changes/{change}", 404)
    assert "příloha.pdf" not in viewer.get("/changes").text
