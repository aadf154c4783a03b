"""Reports that are approved before they count: the way of one, who may do what, and what it changes."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.desk.models import Comment, Notification
from portal.kernel import clock, transaction
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.progress import actions, queries
from portal.progress.models import StatusUpdate
from portal.projects.models import Project
from portal.sources.actions import state_fact
from portal.sources.queries import facts_of
from tests.factories import sources
from tests.progress.conftest import WORDS, plain


@pytest.mark.parametrize("of", ["top", "below", "project", "part"])
def test_what_is_asked_of_a_framework_is_asked_of_all_below_it_and_of_their_projects(office, of) -> None:
    status = {} if of in ("top", "below") else {"status": "4"}
    assert office.approval(office.report(of=of, **status)) == "submitted"


def test_where_nobody_asks_a_report_counts_at_once(office) -> None:
    update = office.report("petr", of="other", status="4")
    assert office.approval(update) == "approved"
    with transaction.unit(office.engine) as s:
        assert s.get_one(Project, office.ids["other"]).status == "4"
        assert s.scalar(select(func.count(Notification.id))) == 0


def test_a_report_changes_the_project_when_it_is_approved_and_not_before(office) -> None:
    update = office.report(status="4")
    assert office.repeated() == (None, "2", None)
    office.decide("petr", update)
    assert office.repeated() == ("bad", "4", clock.today())
    with transaction.unit(office.engine) as s:
        project = s.get_one(Project, office.ids["project"])
        view = facts_of(s, SYSTEM, project)[project.id]["status"]
        assert [(c.value, c.leading) for c in view.claims] == [("4", True), ("2", False)]
        assert s.get_one(StatusUpdate, update).decided_by_id == office.people["petr"]


def test_the_status_of_an_approved_report_rests_on_what_the_report_rested_on(office) -> None:
    with office.acting("jana") as (s, actor):
        backed = sources.support(s, "public", "the project was closed")
        project = s.get_one(Record, office.ids["project"])
        values = {"held_on": When("2015-06"), "status": "4"}
        update = actions.report_status(s, actor, project, values, backed).id
    office.decide("petr", update)
    with transaction.unit(office.engine) as s:
        project = s.get_one(Project, office.ids["project"])
        lead = facts_of(s, SYSTEM, project)[project.id]["status"].lead
        assert (lead.value, lead.statement.certainty) == ("4", "public")
        assert lead.cited[0].citation.quotation == "the project was closed"


def test_an_approved_report_that_was_overtaken_says_what_held_then(office) -> None:
    first = office.report(light="bad", held_on=When("2026-01"))
    second = office.report("olga", light="ok", held_on=When("2026-03"))
    office.decide("petr", second)
    office.decide("petr", first)
    assert office.repeated()[0] == "ok"
    with transaction.unit(office.engine) as s:
        assert [u.id for u in queries.updates_of(s, SYSTEM, office.ids["project"])] == [second, first]


def test_of_two_reports_of_one_day_the_one_written_later_stays_the_latest_whichever_is_approved_last(office) -> None:
    first, second = office.report(light="bad"), office.report("olga", light="ok")
    office.decide("petr", second)
    office.decide("petr", first)
    assert office.repeated()[0] == "ok"
    with transaction.unit(office.engine) as s:
        assert queries.latest_of(s, SYSTEM, [office.ids["project"]])[office.ids["project"]].id == second


def test_a_report_is_returned_with_a_comment_finished_and_approved(office) -> None:
    jana, petr = office.browser("jana"), office.browser("petr")
    path = f"/records/{office.ids['project']}/status"
    sent = jana.submit(jana.get(path), light="warn", happened=WORDS)
    assert "Zpráva je předložena ke schválení" in jana.follow(sent).text
    assert office.told("petr") == office.told("eva") == ["approval_asked"]
    assert office.told("jana") == office.told("olga") == office.told("vedouci") == []
    waiting = petr.get("/work").soup.find(id="to-approve")
    assert "Čeká na moje schválení" in waiting.get_text()
    link = waiting.find_next("ul").a["href"]
    back = petr.submit(petr.get(link), comment="Chybí datum.", button="return")
    page = petr.follow(back)
    assert "vráceno k přepracování" in plain(page, "status")
    assert "Chybí datum." in page.soup.find(id="comments").get_text()
    assert office.told("jana") == ["returned"] and office.repeated()[0] is None

    mine = jana.get("/work").soup.find(id="to-finish").find_next("ul").a["href"]
    form = jana.get(mine)
    assert "Chybí datum." in form.text and form.value("happened") == WORDS
    jana.submit(form, happened="Podpis je 3. března.")
    assert office.told("petr") == ["approval_asked", "approval_asked"]
    done = petr.follow(petr.submit(petr.get(link), button="approve"))
    assert "Podpis je 3. března." in done.text and "Schvaluje Petr Velký" in done.text
    assert office.repeated()[0] == "warn" and office.told("jana") == ["returned", "approved"]
    assert petr.get("/work").soup.find(id="to-approve") is None
    assert jana.get("/work").soup.find(id="to-finish") is None
    told = office.browser("vedouci").get("/updates").text
    assert "Podpis je 3. března." in told and WORDS not in told


def test_a_draft_is_kept_for_its_author_and_notifies_nobody(office) -> None:
    jana = office.browser("jana")
    page = jana.get(f"/records/{office.ids['project']}/status")
    shown = jana.follow(jana.submit(page, happened=WORDS, button="draft"))
    assert "koncept" in shown.soup.find(id="status").get_text()
    assert office.told("petr") == [] and office.browser("petr").get("/work").soup.find(id="to-approve") is None
    mine = jana.get("/work").soup.find(id="to-finish").find_next("ul").a["href"]
    jana.submit(jana.get(mine), next_steps="Počkat.", button="draft")
    with transaction.unit(office.engine) as s:
        update = s.scalars(select(StatusUpdate)).one()
        assert (update.approval, update.next_steps) == ("draft", "Počkat.")
        update_id = update.id
    jana.submit(jana.get(mine))
    assert office.approval(update_id) == "submitted" and office.told("petr") == ["approval_asked"]


def test_nobody_approves_their_own_report_nor_without_the_right_to_write_everywhere(office) -> None:
    own, of_jana = office.report("petr"), office.report("jana")
    for who, update in (("petr", own), ("jana", of_jana), ("olga", of_jana), ("vedouci", of_jana)):
        with pytest.raises(Forbidden):
            office.decide(who, update)
        with pytest.raises(Forbidden):
            office.decide(who, update, "Proč?")
    office.browser("petr").get(f"/approvals/{own}", 403)
    for who in ("jana", "olga", "vedouci"):
        office.browser(who).get(f"/approvals/{of_jana}", 403)
    assert office.browser("petr").get("/work").soup.find(id="to-approve").find("i").get_text() == "1"
    office.decide("eva", own)
    assert office.approval(own) == "approved" and office.approval(of_jana) == "submitted"


def test_only_its_author_finishes_a_returned_report_and_nobody_a_submitted_one(office) -> None:
    update = office.report()
    office.browser("jana").get(f"/updates/{update}/edit", 403)
    office.decide("petr", update, "Doplňte.")
    office.browser("petr").get(f"/updates/{update}/edit", 403)
    office.browser("olga").get(f"/updates/{update}/edit", 404)
    for who, error in (("petr", Forbidden), ("olga", Forbidden), ("system", Forbidden)):
        with pytest.raises(error), office.acting(who) as (s, actor):
            actions.finish_report(s, actor, s.get_one(StatusUpdate, update), {"light": "ok"})
    with office.acting("jana") as (s, actor):
        actions.finish_report(s, actor, s.get_one(StatusUpdate, update), {"light": "ok"})
    with pytest.raises(Refused), office.acting("jana") as (s, actor):
        actions.finish_report(s, actor, s.get_one(StatusUpdate, update), {"light": "bad"})
    with pytest.raises(Refused), office.acting("petr") as (s, actor):
        actions.correct_update(s, actor, s.get_one(StatusUpdate, update), {"light": "bad"})


def test_what_counts_is_corrected_by_whoever_could_have_approved_it(office) -> None:
    update = office.report()
    office.decide("petr", update)
    path = f"/updates/{update}/edit"
    for who in ("jana", "olga"):
        office.browser(who).get(path, 403)
        assert path not in office.browser(who).get(f"/projects/{office.ids['project']}").links()
        with pytest.raises(Forbidden), office.acting(who) as (s, actor):
            actions.correct_update(s, actor, s.get_one(StatusUpdate, update), {"light": "ok"})
        with pytest.raises(Forbidden), office.acting(who) as (s, actor):
            one = s.get_one(StatusUpdate, update)
            state_fact(s, actor, one, "happened", "Vše v pořádku.", sources.support(s), lead=True)
    eva = office.browser("eva")
    profile = f"/projects/{office.ids['project']}"
    assert "opraveno" not in plain(eva.get(profile), "status")
    eva.submit(eva.get(path), light="ok")
    assert office.repeated()[0] == "ok" and "Eva Tichá" in plain(eva.get(profile), "status")


def test_the_second_of_two_decisions_is_refused_and_says_so(office) -> None:
    update = office.report()
    petr, eva = office.browser("petr"), office.browser("eva")
    first, second = petr.get(f"/approvals/{update}"), eva.get(f"/approvals/{update}")
    petr.submit(first, comment="Doplňte datum.", button="return")
    late = eva.submit(second, 422, button="approve")
    assert late.errors() == ["O této zprávě mezitím někdo rozhodl."]
    assert office.approval(update) == "returned" and office.repeated()[0] is None


def test_a_report_written_anew_since_it_was_opened_is_read_again(office) -> None:
    update = office.report()
    eva = office.browser("eva")
    opened = eva.get(f"/approvals/{update}")
    office.decide("petr", update, "Doplňte datum.")
    with office.acting("jana") as (s, actor):
        actions.finish_report(s, actor, s.get_one(StatusUpdate, update), {"happened": "Jiný text"})
    late = eva.submit(opened, 422, button="approve")
    assert late.errors() == ["Zpráva byla od otevření stránky přepsána. Přečtěte ji znovu a pak rozhodněte."]
    assert office.approval(update) == "submitted"


def test_a_report_is_returned_only_with_a_reason_and_decided_only_by_a_button(office) -> None:
    update = office.report()
    petr = office.browser("petr")
    page = petr.get(f"/approvals/{update}")
    assert "Napište, proč se zpráva vrací" in petr.submit(page, 422, button="return").errors()[0]
    assert petr.submit(page, 422).errors() == ["Zvolte, zda se zpráva schvaluje, nebo vrací."]
    long = petr.submit(page, 422, comment="x" * 2001, button="return")
    assert "nejvýše" in long.errors()[0] and "o 1 znak" in long.errors()[0]
    assert office.approval(update) == "submitted"
    with transaction.unit(office.engine) as s:
        assert s.scalar(select(func.count(Comment.id))) == 0
    petr.get("/approvals/999999", 404)


def test_a_comment_may_go_with_an_approval_and_the_author_is_told_once(office) -> None:
    update = office.report()
    with office.acting("system") as (s, _actor):
        s.get_one(Record, office.ids["project"]).responsible_id = office.people["jana"]
    petr = office.browser("petr")
    petr.submit(petr.get(f"/approvals/{update}"), comment="Díky.", button="approve")
    assert office.told("jana") == ["approved"]
    with transaction.unit(office.engine) as s:
        assert s.scalars(select(Comment.text)).all() == ["Díky."]
    jana = office.browser("jana")
    page = jana.get("/notifications")
    assert "Vaše zpráva je schválena (Petr Velký)." in page.text.replace("\xa0", " ")
    with transaction.unit(office.engine) as s:
        mine = Notification.person_id == office.people["jana"]
        notice = str(s.scalars(select(Notification.id).where(mine)).one())
    assert "/comments" in jana.submit(page, fields={"notification": notice}, action="/read", button="open").location


def test_a_decided_report_tells_how_it_was_decided(office) -> None:
    update = office.report()
    office.decide("petr", update)
    page = office.browser("eva").get(f"/approvals/{update}")
    assert "Schvaluje Petr Velký." in page.text and page.soup.find("button", attrs={"name": "approve"}) is None


def test_the_same_report_sent_twice_stands_once(office) -> None:
    jana = office.browser("jana")
    page = jana.get(f"/records/{office.ids['project']}/status")
    for _time in range(2):
        jana.submit(page, light="ok", happened=WORDS)
    with transaction.unit(office.engine) as s:
        assert s.scalar(select(func.count(StatusUpdate.id))) == 1
    assert office.told("petr") == ["approval_asked"]
