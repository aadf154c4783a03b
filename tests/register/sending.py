"""A report that is checked, with the browsers of those who deal with it."""

from __future__ import annotations

from portal.accounts.queries import actor_of
from portal.kernel import transaction
from portal.obligations.actions import move_report
from portal.obligations.models import DueReport
from tests.factories import accounts, changing, frameworks, funding, obligations

FILE = "/reports/{}/file"


def words(soup) -> str:
    return " ".join(soup.get_text(" ").replace("\u2060", "").replace("\xa0", " ").split())


def scene(engine) -> dict[str, int]:
    """A framework with two projects, of one of which 600,000 EUR are known, and a checked report on it; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        place = frameworks.framework(s, "Partnerství s Gruzií")
        project = funding.project(s, "ERIS", framework=place)
        silent = funding.project(s, "Vlajkový projekt", framework=place)
        giver = funding.organisation(s, "Evropská komise")
        flow = funding.flow(s, project, "600000", provider=giver.id)
        report = obligations.due_report(s, place, recipient=giver.id, kind_code="scoreboard")
        jana, petr = accounts.person(s, "editor", everywhere=True), accounts.person(s, "editor", everywhere=True)
        for person, move in ((jana, "prepare"), (petr, "check")):
            s.refresh(report)
            move_report(s, actor_of(s, person), report, move, report.version)
        return {
            "framework": place.id, "project": project.id, "silent": silent.id, "giver": giver.id, "flow": flow.id,
            "report": report.id,
        }  # fmt: skip


def send(browser, report_id: int, query: str = "", **typed) -> str:
    """Register the file as sent on the page of choices; the address of the file."""
    page = browser.get(FILE.format(report_id) + query)
    given = {"on": "20. 2. 2015", "number": "MV-1/2015", **typed}
    return browser.submit(page, action=page.soup.select_one("#send form")["action"], **given).location


def state(engine, report_id: int) -> str:
    with transaction.unit(engine) as s:
        return s.get_one(DueReport, report_id).state


def taken(browser, path: str) -> bytes:
    """The bytes of a file."""
    answer = browser.browser.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.data
