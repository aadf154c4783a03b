"""Reports that their author takes back, or throws away, before they count."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.desk.models import Notification
from portal.kernel import clock, transaction
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.history import twin
from portal.kernel.record import Record
from portal.kernel.search import SearchWord
from portal.kernel.settling import settle
from portal.ops import checks
from portal.portfolio.queries.work import work_of
from portal.progress import actions
from portal.progress.models import StatusUpdate
from tests.progress.conftest import WORDS


def waits(office, who: str) -> tuple[int, int]:
    """How many reports wait for the person to approve, and to finish."""
    with transaction.unit(office.engine) as s:
        work = work_of(s, actor_of(s, s.get_one(Person, office.people[who])), clock.today())
        return work.to_approve.number, work.to_finish.number


def test_a_submitted_report_is_taken_back_and_submitted_again(office) -> None:
    update = office.report()
    assert (waits(office, "petr"), waits(office, "jana")) == ((1, 0), (0, 0))
    petr, told = office.browser("petr"), Notification.person_id == office.people["petr"]
    notices = petr.get("/notifications")
    with transaction.unit(office.engine) as s:
        notice = str(s.scalars(select(Notification.id).where(told)).one())
    opened = petr.submit(notices, fields={"notification": notice}, action="/read", button="open")
    assert opened.location == f"/approvals/{update}"
    browser = office.browser("jana")
    profile = browser.get(f"/projects/{office.ids['project']}")
    done = browser.follow(browser.submit(profile, action=f"/updates/{update}/pull-back"))
    assert "Zpráva je zase rozepsaná" in done.text and office.approval(update) == "draft"
    assert office.told("petr") == office.told("eva") == []
    assert (waits(office, "petr"), waits(office, "jana")) == ((0, 0), (0, 1))
    assert "Rozhodněte" not in office.browser("petr").get(f"/approvals/{update}").text
    form = browser.get(f"/records/{office.ids['project']}/status")
    assert "máte nedokončenou zprávu (stav k" in form.text.replace("\xa0", " ")
    assert form.link("Dokončit zprávu") == f"/updates/{update}/edit"
    browser.submit(browser.get(f"/updates/{update}/edit"), happened="Podepsáno.")
    assert office.approval(update) == "submitted" and office.told("petr") == ["approval_asked"]
    other = office.report("jana", happened="Nový termín.")
    with office.acting("jana") as (s, actor):
        actions.pull_back(s, actor, s.get_one(StatusUpdate, other))
    assert len(office.told("petr")) == 2, "another report of the same author waits there"


def test_what_was_decided_meanwhile_is_not_taken_back(office) -> None:
    update = office.report()
    browser = office.browser("jana")
    drawn = browser.get(f"/projects/{office.ids['project']}")
    office.decide("petr", update)
    late = browser.follow(browser.submit(drawn, action=f"/updates/{update}/pull-back"))
    assert "už je předložena nebo se o ní rozhodlo" in late.text and office.approval(update) == "approved"
    assert browser.get(f"/updates/{update}/discard", status=303).location == f"/projects/{office.ids['project']}"
    with office.acting("jana") as (s, actor), pytest.raises(Refused):
        actions.discard_report(s, actor, s.get_one(StatusUpdate, update))


@pytest.mark.parametrize("returned", [False, True])
def test_a_draft_is_discarded_and_nobody_reads_it_any_more(office, returned) -> None:
    update = office.report(draft=not returned)
    if returned:
        office.decide("petr", update, comment="Doplňte datum.")
    browser = office.browser("jana")
    page = browser.get(browser.get(f"/projects/{office.ids['project']}").link("Odstranit"))
    assert WORDS in page.text and "nelze vrátit zpět" in page.text
    done = browser.follow(browser.submit(page))
    assert "Zpráva je odstraněna." in done.text and WORDS not in done.text
    with transaction.unit(office.engine) as s:
        assert s.get(StatusUpdate, update) is None
        past = twin(StatusUpdate.__table__)
        assert s.scalars(select(past.c.happened).where(past.c.id == update)).all()[-1] == WORDS
        assert s.scalar(select(func.count()).where(SearchWord.record_id == update)) == 0
        last = s.scalar(select(func.max(past.c.change_to)).where(past.c.id == update))
        settle(s, [s.get_one(Record, office.ids["project"])])
    assert {name: troubles for name, troubles in checks.run(office.engine) if troubles} == {}
    for who in ("jana", "petr"):
        reader = office.browser(who)
        reader.get(f"/changes/{last}/undo", status=404)
        assert WORDS not in reader.get(f"/records/{office.ids['project']}/history").text


def test_nobody_else_takes_a_report_back_or_discards_it(office) -> None:
    submitted, draft = office.report(), office.report(draft=True)
    for who, status in (("petr", 403), ("olga", 404), ("vedouci", 403)):
        browser = office.browser(who)
        token = {"csrf_token": browser.get("/account").soup.select_one("[name=csrf_token]")["value"]}
        browser.post(f"/updates/{submitted}/pull-back", token, status)
        browser.post(f"/updates/{draft}/discard", token, status)
        browser.get(f"/updates/{draft}/discard", status=status)
    with office.acting("petr") as (s, actor), pytest.raises(Forbidden):
        actions.discard_report(s, actor, s.get_one(StatusUpdate, draft))
    assert (office.approval(submitted), office.approval(draft)) == ("submitted", "draft")
