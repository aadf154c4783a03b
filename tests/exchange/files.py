"""The same list three ways: its page, its workbook, its CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from openpyxl import load_workbook

from tests.client import Client, Page

PAGES = {
    "projects": "/projects", "frameworks": "/frameworks", "organisations": "/organisations", "countries": "/countries",
    "documents": "/sources", "flows": "/flows", "instruments": "/instruments", "contracts": "/contracts",
    "updates": "/updates", "tasks": "/tasks", "legal": "/legal",
    "events": "/events", "follow_ups": "/follow-ups", "questions": "/questions", "milestones": "/milestones",
    "activities": "/activities", "indicators": "/indicators", "risks": "/risks", "contacts": "/contacts",
    "rates": "/rates", "obligations": "/obligations", "reports": "/reports",
    "sent_files": "/sent-files",
}  # fmt: skip
"""Where each exported list has its page."""
SEPARATORS = {"cs": ";", "en": ","}


def workbook(client: Client, sheet: str, query: str = "", at: str = "") -> Any:
    """The workbook of a list. `at`: the prefix of a past moment."""
    response = client.browser.get(f"{at}/exports/{sheet}.xlsx{query}")
    assert response.status_code == 200, response.get_data(as_text=True)[:500]
    assert response.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return load_workbook(io.BytesIO(response.data))


def rows(client: Client, sheet: str, query: str = "", at: str = "") -> list[dict[str, Any]]:
    """The rows of the workbook by machine key."""
    ws = workbook(client, sheet, query, at).worksheets[0]
    head = next(n for n in range(1, 12) if ws.cell(n, 1).value == "id" and ws.row_dimensions[n].hidden)
    keys = [cell.value for cell in ws[head]]
    return [dict(zip(keys, (c.value for c in line), strict=True)) for line in ws.iter_rows(min_row=head + 2)]


def lines(client: Client, sheet: str, query: str = "", lang: str = "cs") -> list[list[str]]:
    """The lines of the CSV without its heads."""
    response = client.browser.get(f"/exports/{sheet}.csv{query}")
    assert response.status_code == 200 and response.mimetype == "text/csv"
    assert response.data.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(response.data.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=SEPARATORS[lang]))[1:]


def shown(client: Client, sheet: str, query: str = "") -> list[str]:
    """The names in the rows of the page, in their order, all pages of the list one after another."""
    path = PAGES[sheet] + query
    names: list[str] = []
    while path:
        page = Page(client.browser.get(path), path)
        assert page.status == 200, page.text[:300]
        for head in page.soup.main.select("tbody th[scope=row]"):
            named = head.find("a") or next(head.stripped_strings)
            names.append(" ".join((named if isinstance(named, str) else named.get_text()).split()))
        following = page.soup.main.select_one("nav.pager a[rel=next]")
        path = PAGES[sheet] + following["href"] if following else ""
    return names
