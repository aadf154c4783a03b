"""Who sees a report that is not approved, and where: nobody else, nowhere else, not in the past; and the setting that asks."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.accounts.actions import name_reader
from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.frameworks.actions import edit_framework
from portal.kernel import clock, transaction
from portal.kernel.asof import as_of
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.transaction import Change
from portal.portfolio.queries.home import latest_updates
from portal.portfolio.queries.update_rows import select_updates
from portal.portfolio.queries.work import work_of
from portal.progress import actions, queries
from portal.progress.models import StatusUpdate
from portal.projects.models import Project
from portal.reporting.brief.gathering import gather
from portal.reporting.brief.sections import LATEST
from tests.portfolio.test_query_counts import asked
from tests.progress.conftest import PEOPLE, WORDS, plain


@pytest.mark.parametrize("draft", [True, False])
def test_what_is_not_approved_stands_in_no_list_brief_search_or_figure(office, draft) -> None:
    update = office.report(draft=draft)
    with transaction.unit(office.engine) as s:
        for who in (*PEOPLE, "system"):
            actor = SYSTEM if who == "system" else actor_of(s, s.get_one(Person, office.people[who]))
            assert s.execute(select_updates(actor)).all() == []
            assert latest_updates(s, actor) == []
            assert queries.latest_of(s, actor, [office.ids["project"]]) == {}
            brief = gather(s, actor, s.get_one(Record, office.ids["top"]), "cs", contacts=True)
            [latest] = [section for section in brief.sections if section.sheet is LATEST]
            assert latest.rows == []
            assert [p.name_cs for p in work_of(s, actor, clock.today(), True).stale.rows] == ["ERIS", "Volný"]
    for who in PEOPLE:
        client = office.browser(who)
        assert WORDS not in client.get("/updates").text
        assert WORDS not in client.get("/search?q=odložil").text
        client.get(f"/records/{update}/history", 404)
        assert WORDS not in client.get("/changes").text


def test_who_sees_a_report_that_waits_on_the_profile(office) -> None:
    office.report()
    path = f"/projects/{office.ids['project']}"
    for who in ("jana", "petr", "eva"):
        page = office.browser(who).get(path)
        assert WORDS in page.text and "čeká na schválení" in plain(page, "status")
    for who in ("olga", "vedouci"):
        assert WORDS not in office.browser(who).get(path).text


def test_a_confidential_record_keeps_its_reports_to_those_named(office) -> None:
    with office.acting("system") as (s, _actor):
        project = s.get_one(Record, office.ids["project"])
        for who in ("jana", "petr"):
            name_reader(s, SYSTEM, project, s.get_one(Person, office.people[who]))
        project.confidential = True
        settle(s, [project])
    update = office.report()
    assert office.told("petr") == ["approval_asked"] and office.told("eva") == []
    eva = office.browser("eva")
    eva.get(f"/approvals/{update}", 404)
    assert eva.get("/work").soup.find(id="to-approve") is None
    with pytest.raises(NotFound):
        office.decide("eva", update)
    office.decide("petr", update)
    assert office.repeated()[0] == "bad"


def test_history_tells_the_way_of_a_report_once_it_is_approved(office) -> None:
    update = office.report()
    office.decide("petr", update, "Doplňte.")
    assert "vráceno" not in office.browser("vedouci").get("/changes").text
    with office.acting("jana") as (s, actor):
        actions.finish_report(s, actor, s.get_one(StatusUpdate, update), {})
    office.decide("eva", update)
    told = office.browser("vedouci").get(f"/records/{office.ids['project']}/history").text
    assert "Schvalování zprávy" in told and "vráceno k přepracování" in told and "Doplňte." in told


def test_the_past_before_the_approval_does_not_know_the_report(office) -> None:
    update = office.report()
    with transaction.unit(office.engine) as s:
        before = s.scalar(select(func.max(Change.id)))
    office.decide("petr", update)
    with transaction.unit(office.engine) as s:
        actor = actor_of(s, s.get_one(Person, office.people["vedouci"]))
    with as_of(office.engine, before) as past:
        assert queries.updates_of(past, actor, office.ids["project"]) == []
        assert past.execute(select_updates(actor)).all() == []
        assert past.get_one(Project, office.ids["project"]).light is None
    with transaction.unit(office.engine) as s:
        assert [u.id for u in queries.updates_of(s, actor, office.ids["project"])] == [update]


def test_whoever_may_not_write_everywhere_does_not_switch_approval_off(office) -> None:
    path = f"/frameworks/{office.ids['top']}/edit"
    jana = office.browser("jana")
    form = jana.get(path)
    assert form.soup.find(attrs={"name": "asks_approval"}) is None
    jana.submit(form, fields={"asks_approval": ""})
    with transaction.unit(office.engine) as s:
        assert s.get_one(Record, office.ids["top"]).asks_approval is True
    with pytest.raises(Forbidden), office.acting("jana") as (s, actor):
        edit_framework(s, actor, s.get_one(Record, office.ids["top"]), {"asks_approval": False})


def test_switching_approval_on_and_off_is_a_setting_of_the_framework(office) -> None:
    petr, path = office.browser("petr"), f"/frameworks/{office.ids['free']}"
    petr.submit(petr.get(f"{path}/edit"), asks_approval="1")
    assert "Zprávy o stavu platí až po schválení" in petr.get(path).text
    waiting = office.report("petr", of="other")
    assert office.approval(waiting) == "submitted"
    form = petr.get(f"{path}/edit")
    data = {k: v for k, v in form.values().items() if k != "asks_approval"}
    petr.post(f"{path}/edit", data)
    assert "až po schválení" not in petr.get(path).text
    assert office.approval(office.report("petr", of="other", light="ok")) == "approved"
    assert office.approval(waiting) == "submitted"


def test_work_and_profile_ask_the_database_as_often_with_twenty_reports_as_with_two(office) -> None:
    numbers, pages = [], ["/work", "/work?scope=all", f"/projects/{office.ids['project']}"]
    petr = office.browser("petr")
    for many in (2, 20):
        while (written := number_of(office)) < many:
            office.report(happened=f"Zpráva {written}")
        asked(petr, pages)
        numbers.append({path: len(found) for path, found in asked(petr, pages).items()})
    assert numbers[0] == numbers[1]


def number_of(office) -> int:
    with transaction.unit(office.engine) as s:
        return s.scalar(select(func.count(StatusUpdate.id)))
