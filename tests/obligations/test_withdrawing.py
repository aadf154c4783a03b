"""Planned reports of years past are withdrawn together, once they were read; what was worked on stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.obligations.models import DueReport
from tests.factories import changing, frameworks, funding, obligations
from tests.obligations.test_pages import words


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """An obligation of eight years from 2008, of which the reports on 2009 and 2010 were begun; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        contract = funding.contract(s, funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces")))
        held = obligations.obligation(s, contract, starts=When("2008-01-01"), ends=When("2015-12-31"))
        rows = obligations.reports(s, held)
        rows[1].state, rows[2].state = "in_preparation", "sent"
        return {"obligation": held.id, "first": rows[0].id}


def withdrawn(engine) -> list[int]:
    """The years whose reports are withdrawn."""
    with transaction.unit(engine) as s:
        rows = s.scalars(select(DueReport).where(DueReport.standing == "withdrawn").order_by(DueReport.period_from))
        return [one.period_from.year for one in rows]


def test_planned_reports_due_before_a_day_are_shown_and_withdrawn_in_one_change(engine, scene, client_as) -> None:
    browser = client_as("editor", everywhere=True)
    path = f"/obligations/{scene['obligation']}"
    early = browser.get(f"/reports/{scene['first']}")
    form = browser.get(browser.get(path).link("Vyřadit staré naplánované zprávy"))
    shown = browser.submit(form, 200, before="1. 3. 2013")
    rows = [words(one.th) for one in shown.soup.select("#reports tbody tr")]
    assert [row[-4:] for row in rows] == ["2008", "2011"], "due on 1 March 2013 is not before it"
    assert withdrawn(engine) == []
    refused = browser.submit(shown, 422, do="1", before="1. 3. 2014", reason="před portálem")
    assert "jiné zprávy" in refused.text and withdrawn(engine) == []
    assert "Uveďte důvod" in browser.submit(refused, 422, do="1", reason="").text
    page = browser.follow(browser.submit(refused, do="1", reason="Podány na papíře před portálem."))
    assert "3 zprávy jsou vyřazeny" in page.text
    assert withdrawn(engine) == [2008, 2011, 2012]
    with transaction.unit(engine) as s:
        change = s.scalars(select(Change).order_by(Change.id.desc())).first()
        assert change.reason == "Podány na papíře před portálem."
    listed = browser.get(path).soup.select_one("#withdrawn")
    assert words(listed.summary) == "3 zprávy jsou vyřazeny."
    assert [words(one)[-4:] for one in listed.select("li")] == ["2008", "2011", "2012"]
    assert listed.a["href"] == f"/reports/{scene['first']}"
    shut = browser.get(f"/reports/{scene['first']}/money")
    assert "Zpráva je vyřazena" in words(shut.soup.main) and "zahajte" not in words(shut.soup.main).lower()
    for way in ("lines/2.1/edit", "texts/summary/edit", "expenditure/add"):
        refused = browser.get(f"/reports/{scene['first']}/{way}", 422)
        assert "vyřazen" in words(refused.soup.main) and refused.soup.select_one(
            f"main a[href='/reports/{scene['first']}']"
        )
    assert "vyřazen" in browser.submit(early, 422, action=f"/reports/{scene['first']}", prepare="1").text
    told = words(browser.get(f"/records/{scene['first']}/history").soup.main)
    assert "Podány na papíře před portálem." in told
    assert "před portálem" in words(browser.get(f"/reports/{scene['first']}").soup.main)


def test_where_nothing_qualifies_that_is_said(engine, scene, client_as) -> None:
    browser = client_as("editor", everywhere=True)
    path = f"/obligations/{scene['obligation']}/withdraw"
    refused = browser.submit(browser.get(path), 422, before="1. 1. 2009")
    assert "není co vyřadit" in refused.text and not refused.soup.select_one("button[name=do]")
    assert "přesný den" in words(browser.submit(browser.get(path), 422, before="2013").soup.find(id="before-error"))
    assert withdrawn(engine) == []
    assert client_as("editor", frameworks=[]).get(path, 403)
