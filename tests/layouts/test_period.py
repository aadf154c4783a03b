"""What a file says of a period is of that period; what it says it covers is what stands in it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from openpyxl import load_workbook

from portal.kernel import clock, transaction
from tests.factories import changing, frameworks, funding, obligations, progress, results
from tests.register.sending import FILE, taken, words


def text_of(browser, report_id: int, query: str) -> str:
    book = load_workbook(io.BytesIO(taken(browser, FILE.format(report_id) + f".xlsx?{query}")))
    cells = (cell for ws in book for row in ws.iter_rows(values_only=True) for cell in row if cell)
    return "\n".join(str(cell).replace("\xa0", " ") for cell in cells)


def recorded(engine, year: int, record) -> int:
    """What is recorded in June of a year."""
    with clock.stopped_at(datetime(year, 6, 1, 12, tzinfo=UTC)), transaction.unit(engine) as s:
        return record(s)


def test_progress_and_risks_are_those_of_the_period(engine, client_as) -> None:
    place = recorded(engine, 2012, lambda s: frameworks.framework(s, "Pražský proces").id)
    model = frameworks.Framework

    def risk(name: str):
        return lambda s: results.risk(s, s.get_one(model, place), name).id

    def closed(risk_id: int):
        def close(s) -> int:
            with changing(s):
                s.get_one(results.Risk, risk_id).state = "closed"
            return risk_id

        return close

    before, during = recorded(engine, 2012, risk("Skončilo předtím")), recorded(engine, 2012, risk("Trvalo v období"))
    recorded(engine, 2013, closed(before))
    recorded(engine, 2014, risk("Přibylo v období"))
    recorded(engine, 2015, closed(during))
    recorded(engine, 2016, risk("Přibylo po něm"))

    def rest(s) -> int:
        of = s.get_one(model, place)
        progress.update(s, of, "2014-06-30", happened="Rok 2014.")
        progress.update(s, of, "2016-06-30", happened="Rok 2016.")
        return obligations.due_report(s, of, kind_code="annual").id

    report = recorded(engine, 2017, rest)
    told = text_of(client_as("editor", everywhere=True), report, "layout=annual&in=cs&certainty=all")
    assert "30. 6. 2014: Rok 2014." in told and "Rok 2016." not in told, (
        "with the day it holds for, not that of writing"
    )
    assert "Trvalo v období\nPřibylo v období" in told
    assert "Skončilo předtím" not in told and "Přibylo po něm" not in told


def test_a_file_for_a_report_of_a_project_says_whose_framework_it_holds(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        frameworks.framework(s, "Jiný rámec")
        other, own = frameworks.framework(s, "Rámec celku"), frameworks.framework(s, "Rámec části")
        whole = funding.project(s, "Celek", framework=other)
        part = funding.project(s, "Část", framework=own, umbrella=whole)
        alone = funding.project(s, "Bez rámce")
        reports = [obligations.due_report(s, one).id for one in (part, alone)]
    browser = client_as("editor", everywhere=True, lang="cs")
    told = text_of(browser, reports[0], "layout=portfolio&in=cs&certainty=all")
    assert "Rámec části: celý rámec projektu Část" in told and "Rámec celku" not in told
    assert "the whole framework of the project" in text_of(browser, reports[0], "layout=portfolio&in=en&certainty=all")
    page = browser.get(FILE.format(reports[1]) + ".xlsx?layout=portfolio", 422)
    assert "projekt v žádném není" in words(page.soup.main)
    assert "Celé portfolio" in text_of(browser, reports[1], "layout=portfolio&in=cs&whole=1")
    assert "Bez rámce" in text_of(browser, reports[1], "layout=project&in=cs&certainty=all")
