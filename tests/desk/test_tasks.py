"""Tasks: who makes, sees, changes and finishes them, where they wait, and how they leave as a file."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.desk import actions
from portal.desk.models import Task
from portal.funding.actions import edit_flow
from portal.kernel import clock, transaction
from portal.kernel.errors import Forbidden, InvalidInput, NotFound, Refused
from portal.kernel.record import Record
from tests.factories import accounts, changing, funding
from tests.portfolio.test_query_counts import asked


def make(office, who: str, title: str = "Zavolat", name: str | None = "ERIS", to: str | None = None, **values) -> int:
    given = {"title": title, "assignee": office.people[to or who], **values}
    return office.write(who, lambda s, actor, r: actions.make_task(s, actor, r(name) if name else None, given).id)


def stored(office, task_id: int) -> Task:
    with transaction.unit(office.engine) as s:
        found = s.get_one(Task, task_id)
        s.expunge(found)
        return found


def titles(page) -> list[str]:
    return [" ".join(a.get_text(" ").split()) for a in page.soup.select("tbody th a")]


def refused(office, who: str, **given) -> dict:
    with pytest.raises(InvalidInput) as error:
        make(office, who, **given)
    return error.value.errors


def test_an_editor_gives_a_colleague_a_task_on_a_record(office) -> None:
    jana = office.browser("jana")
    page = jana.get(jana.get(f"/projects/{office.records['ERIS']}").link("Nový úkol"))
    offered = [option.get_text() for option in page.soup.find("select", id="assignee").find_all("option")]
    assert offered == ["Vyberte…", "Eva Tichá", "Jana Malá", "Petr Velký", "Správa Portálu"]
    made = jana.submit(
        page, 303, title="Doplnit čísla", assignee=str(office.people["petr"]), due="1. 12. 2026", text="a\nb"
    )
    task = jana.follow(made)
    assert task.h1 == "Doplnit čísla" and "Petr Velký" in task.text and "1. 12. 2026" in task.text
    assert office.told("petr") == [("task_assigned", office.records["ERIS"])] and office.told("jana") == []
    card = office.browser("eva").get(f"/projects/{office.records['ERIS']}").soup.find(id="tasks")
    assert "Doplnit čísla" in card.get_text() and "Petr Velký" in card.get_text()
    petr = office.browser("petr")
    form = petr.get("/notifications").soup.select_one(".notices form")
    opened = petr.post("/notifications/read", {tag["name"]: tag["value"] for tag in form.find_all("input")})
    assert opened.location == made.location


def test_a_viewer_makes_tasks_for_themselves_only(office) -> None:
    make(office, "petr", "Přečíst zprávu", None)
    assert list(refused(office, "petr", to="eva")) == ["assignee"]
    petr = office.browser("petr")
    page = petr.get("/tasks/add")
    assert [o.get_text() for o in page.soup.find("select", id="assignee").find_all("option")] == [
        "Vyberte…",
        "Petr Velký",
    ]
    petr.submit(page, 422, title="Cizí", assignee=str(office.people["eva"]))
    with pytest.raises(Refused):
        office.write(None, lambda s, who, r: actions.make_task(s, who, None, {"title": "x", "assignee": 1}))


def test_bad_tasks_are_refused_at_their_fields(office) -> None:
    assert list(refused(office, "jana", title="  ")) == ["title"]
    assert list(refused(office, "jana", title="x" * 301, text="\x07")) == ["title", "text"]
    assert list(refused(office, "jana", due="zítra")) == ["due"]
    with pytest.raises(InvalidInput) as error:
        office.write("jana", lambda s, who, r: actions.make_task(s, who, None, {"title": "Nikomu", "assignee": 999}))
    assert list(error.value.errors) == ["assignee"]
    jana = office.browser("jana")
    page = jana.submit(jana.get("/tasks/add"), 422, title="", due="2013")
    assert len(page.errors()) == 2 and page.value("due") == "2013"


def test_an_assignee_who_may_not_see_the_record_or_sign_in_is_refused_by_name(office) -> None:
    for to, name in (("eva", "Tajný"), ("karel", "ERIS")):
        with pytest.raises(InvalidInput) as error:
            make(office, "jana", name=name, to=to)
        assert list(error.value.errors) == ["assignee"]
        assert error.value.params["who"] in ("Eva Tichá", "Karel Pryč")
    with pytest.raises(NotFound):
        make(office, "eva", name="Tajný")


def test_a_task_is_absent_with_its_record_and_one_of_none_is_private(office) -> None:
    hidden, own = make(office, "jana", "Tajný úkol", "Tajný"), make(office, "petr", "Můj úkol", None)
    for who, seen in (("jana", [hidden]), ("petr", [hidden, own]), ("eva", []), ("sprava", [])):
        browser = office.browser(who)
        for task_id in (hidden, own):
            browser.get(f"/tasks/{task_id}", 200 if task_id in seen else 404)
        shown = titles(browser.get("/tasks?whose=all"))
        assert sorted(shown) == sorted({hidden: "Tajný úkol", own: "Můj úkol"}[one] for one in seen), who
        file = browser.browser.get("/exports/tasks.csv?whose=all").get_data(as_text=True)
        assert ("Tajný úkol" in file) == (hidden in seen) and ("Můj úkol" in file) == (own in seen)


def test_a_task_goes_with_a_record_that_becomes_confidential(office) -> None:
    task = make(office, "jana", to="eva")
    eva = office.browser("eva")
    assert "Zavolat" in eva.get("/work").text
    office.hide("ERIS", "jana")
    eva.get(f"/tasks/{task}", 404)
    assert "Zavolat" not in eva.get("/work").text and "Oznámení" == eva.get("/").soup.select_one("a.bell")["aria-label"]
    with pytest.raises(NotFound):
        office.write("eva", lambda s, who, r: actions.set_state(s, who, s.get_one(Task, task), "done"))


def test_the_assignee_finishes_a_task_and_its_maker_hears_of_it(office) -> None:
    task = make(office, "jana", to="petr")
    petr = office.browser("petr")
    page = petr.get(f"/tasks/{task}")
    assert "Upravit" not in page.text
    petr.submit(page, 303, {"state": "done"}, action="/state")
    done = stored(office, task)
    assert (done.state, done.closed_by_id) == ("done", office.people["petr"]) and done.closed_at is not None
    assert office.told("jana") == [("task_finished", office.records["ERIS"])]
    petr.submit(petr.get(f"/tasks/{task}"), 303, action="/state")
    again = stored(office, task)
    assert (again.state, again.closed_by_id, again.closed_at) == ("open", None, None)
    office.write("jana", lambda s, who, r: actions.set_state(s, who, s.get_one(Task, task), "dropped"))
    assert len(office.told("jana")) == 1  # her own doing


def test_others_neither_finish_nor_change_a_task(office) -> None:
    task = make(office, "jana", to="petr")
    with pytest.raises(Forbidden):
        office.write("eva", lambda s, who, r: actions.set_state(s, who, s.get_one(Task, task), "done"))
    for who in ("petr", "eva"):
        with pytest.raises(Forbidden):
            office.write(
                who, lambda s, actor, r: actions.edit_task(s, actor, s.get_one(Task, task), {"title": "Jinak"})
            )
        office.browser(who).get(f"/tasks/{task}/edit", 403)
    page = office.browser("eva").get(f"/tasks/{task}")
    assert page.soup.main.find("form") is None
    office.browser("petr").submit(
        office.browser("petr").get(f"/tasks/{task}"), 400, {"state": "hotovo"}, action="/state"
    )


def test_a_new_assignee_is_notified_and_an_administrator_may_pass_a_task_on(office) -> None:
    task = make(office, "jana", to="petr")
    sprava = office.browser("sprava")
    sprava.submit(sprava.get(f"/tasks/{task}/edit"), 303, assignee=str(office.people["eva"]))
    assert office.told("eva") == [("task_assigned", office.records["ERIS"])]
    assert stored(office, task).assignee_id == office.people["eva"]


def test_two_edits_at_once_are_joined_and_what_clashes_is_asked(office) -> None:
    task = make(office, "jana", "Základ")
    jana, sprava = office.browser("jana"), office.browser("sprava")
    old = jana.get(f"/tasks/{task}/edit")
    sprava.submit(sprava.get(f"/tasks/{task}/edit"), 303, title="Jejich název", text="Jejich popis")
    clash = jana.submit(old, 409, title="Můj název", due="24. 12. 2026")
    assert "Jejich název" in clash.text and "Můj název" in clash.text and "Správa Portálu" in clash.text
    jana.submit(clash, 303, {"choose-title": "mine"})
    joined = stored(office, task)
    assert (joined.title, joined.text, joined.due) == ("Můj název", "Jejich popis", date(2026, 12, 24))


def test_the_list_shows_mine_unless_asked_and_filters(office) -> None:
    with clock.stopped_at(datetime(2026, 12, 10, 12, tzinfo=UTC)):
        make(office, "jana", "Pro Petra", to="petr", due=date(2026, 12, 9), text="Žádost o příspěvek")
        make(office, "jana", "Pro sebe", None, due=date(2026, 12, 10))
        done = make(office, "jana", "Hotové", due=date(2026, 1, 1))
        office.write("jana", lambda s, who, r: actions.set_state(s, who, s.get_one(Task, done), "done"))
        with transaction.unit(office.engine) as s:
            office.tokens["jana"] = accounts.session_of(s, s.get_one(Person, office.people["jana"]))
        jana = office.browser("jana")
        assert titles(jana.get("/tasks")) == ["Pro sebe", "Hotové"]
        assert titles(jana.get("/tasks?whose=made")) == ["Pro Petra", "Pro sebe", "Hotové"]
        assert titles(jana.get("/tasks?whose=all&late=yes")) == ["Pro Petra"]
        assert titles(jana.get("/tasks?state=done")) == ["Hotové"]
        assert titles(jana.get("/tasks?whose=all&kind=none")) == ["Pro sebe"]
        assert titles(jana.get("/tasks?whose=all&kind=project")) == ["Pro Petra", "Hotové"]
        assert titles(jana.get("/tasks?whose=all&q=zadost")) == ["Pro Petra"]
        assert titles(jana.get("/tasks?whose=all&q=%25")) == []
        rows = jana.browser.get("/exports/tasks.csv?whose=made").get_data(as_text=True).splitlines()
        assert [title for row in rows for title in ("Pro Petra", "Pro sebe", "Hotové") if title in row] == [
            "Pro Petra", "Pro sebe", "Hotové",
        ]  # fmt: skip


def test_overdue_and_open_tasks_wait_in_my_work(office) -> None:
    make(office, "jana", "Dávno", to="petr", due=date(2020, 1, 1))
    make(office, "jana", "Časem", to="petr")
    make(office, "jana", "Moje", None)
    heads = {" ".join(h.get_text(" ").split()) for h in office.browser("petr").get("/work").soup.select("h2.grp")}
    assert {"Úkoly po termínu 1", "Nesplněné úkoly 1"} <= heads
    jana = office.browser("jana").get("/work")
    assert "Moje" in jana.text and "Dávno" not in jana.text
    everybody = office.browser("jana").get("/work?scope=all")
    assert "Dávno" in everybody.text and "komu: Petr Velký" in everybody.text


def test_the_past_shows_a_task_as_it_was_and_nothing_to_write_with(office) -> None:
    task = make(office, "jana", "Dřív")
    with transaction.unit(office.engine) as s:
        then = s.scalar(select(transaction.Change.id).order_by(transaction.Change.id.desc()).limit(1))
    office.write("jana", lambda s, who, r: actions.edit_task(s, who, s.get_one(Task, task), {"title": "Teď"}))
    jana = office.browser("jana")
    past = jana.get(f"/k/{then}/tasks/{task}")
    assert past.h1 == "Dřív" and past.soup.main.find("form") is None
    assert titles(jana.get(f"/k/{then}/tasks")) == ["Dřív"] and titles(jana.get("/tasks")) == ["Teď"]
    jana.get(f"/k/{then - 1}/tasks/{task}", 404)


def test_the_past_keeps_silent_of_a_task_whose_record_then_lay_under_something_hidden_today(office) -> None:
    with transaction.unit(office.engine) as s, changing(s):
        giver = funding.organisation(s, "Tajný dárce")
        office.records["dárce"] = giver.id
        eris = s.get_one(Record, office.records["ERIS"])
        office.records["tok"] = funding.flow(s, eris, 500, provider=giver.id, certainty="uncited").id
    make(office, "jana", "Ověřit tok", "tok", to="eva")
    with transaction.unit(office.engine) as s:
        then = s.scalar(select(func.max(transaction.Change.id)))
    office.write(None, lambda s, who, r: edit_flow(s, who, r("tok"), {"provider": None}))
    office.hide("dárce", "jana", "petr")
    eva, jana = office.browser("eva"), office.browser("jana")
    assert titles(eva.get("/tasks")) == ["Ověřit tok"]
    for path in ("/tasks", "/work", "/exports/tasks.csv"):
        told = [one.browser.get(f"/k/{then}{path}").get_data(as_text=True) for one in (eva, jana)]
        assert "Tajný dárce" not in told[0], path
    assert titles(eva.get(f"/k/{then}/tasks")) == []
    assert titles(jana.get(f"/k/{then}/tasks?whose=all")) == ["Ověřit tok"]


def test_pages_ask_as_often_for_twenty_tasks_as_for_two(office) -> None:
    paths = ["/tasks?whose=all", "/work", "/notifications", f"/projects/{office.records['ERIS']}"]
    petr = office.browser("petr")

    def more(n: int) -> None:
        for number in range(n):
            make(office, "jana", f"Úkol {number}", to="petr", due=date(2020 + number, 1, 1))
            make(office, "jana", f"Úkol {number}", "Tajný", to="petr")

    more(1)
    few = {path: len(found) for path, found in asked(petr, paths).items()}
    more(9)
    assert {path: len(found) for path, found in asked(petr, paths).items()} == few
