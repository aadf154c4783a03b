"""A report that is due waits for whoever answers for it: in my work, on the home page, in the calendar, for management."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.desk.models import Notification
from portal.funding.models import Contract
from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.standing import WITHDRAWN
from portal.kernel.when import When
from portal.obligations import keeping
from portal.obligations.models import DueReport
from portal.standing.actions import set_standing
from tests.factories import changing, frameworks, funding, obligations


def words(soup) -> str:
    return " ".join(soup.get_text(" ").replace("\u2060", "").replace("\xa0", " ").split())


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A report past its day, one due next month, one due in a year, each of a contract of one framework; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Pražský proces")
        contract = funding.contract(s, funding.project(s, "ERIS", framework=framework))
        made = {"framework": framework.id, "contract": contract.id}
        for name, days in (("late", -10), ("soon", 30), ("far", 365)):
            last = clock.today() + timedelta(days=days - 60)
            one = obligations.obligation(
                s, contract, f"Zpráva {name}", starts=When((last - timedelta(days=30)).isoformat()),
                ends=When(last.isoformat()), every=None,
            )  # fmt: skip
            made[name] = s.scalar(select(DueReport.id).where(DueReport.obligation_id == one.id))
        return made


def waits(browser, path: str = "/work") -> list[str]:
    head = browser.get(path).soup.find(id="due-reports")
    return [] if head is None else [words(row.strong).split(",")[0] for row in head.find_next("ul").select("li")]


def test_overdue_and_soon_wait_for_the_editors_of_the_framework_the_most_urgent_first(scene, client_as) -> None:
    editor = client_as("editor", frameworks=[scene["framework"]])
    assert waits(editor) == ["Zpráva late", "Zpráva soon"]
    other = client_as("editor", frameworks=[])
    assert waits(other) == []
    assert waits(other, "/work?scope=all") == ["Zpráva late", "Zpráva soon"]
    assert "2 zprávy k podání brzy nebo po termínu" in words(editor.get("/").soup.main)


def test_what_is_sent_waits_for_nobody(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        s.get_one(DueReport, scene["late"]).state = "sent"
    assert waits(client_as("editor", frameworks=[scene["framework"]])) == ["Zpráva soon"]


def test_a_person_who_answers_takes_the_report_from_the_editors(scene, client_as, engine) -> None:
    mine = client_as("editor", name="Jana Malá")
    with transaction.unit(engine) as s, changing(s):
        person = s.scalar(select(Person.id).where(Person.name == "Jana Malá"))
        s.get_one(DueReport, scene["late"]).responsible_id = person
    assert waits(mine) == ["Zpráva late"]
    assert waits(client_as("editor", frameworks=[scene["framework"]])) == ["Zpráva soon"]


def test_the_calendar_and_its_feed_hold_owed_reports(scene, client_as) -> None:
    browser = client_as("viewer", lang="cs")
    day = clock.today() + timedelta(days=30)
    page = browser.get(f"/calendar?month={day:%Y-%m}")
    assert "Zpráva soon" in words(page.soup.main)


def test_management_sees_how_many_are_overdue(scene, client_as) -> None:
    assert "1 zpráva po termínu" in words(client_as("viewer", lang="cs").get("/management").soup.main)


def reminded(engine) -> list[tuple[str, int]]:
    """(name, record) of each reminder."""
    asked = select(Person.name, Notification.record_id).join(Person, Person.id == Notification.person_id)
    with transaction.unit(engine) as s:
        return sorted(tuple(row) for row in s.execute(asked.where(Notification.kind == "report_due")))


def test_who_answers_is_reminded_a_month_before_and_once_more_when_it_is_late(scene, client_as, engine) -> None:
    jana = client_as("editor", name="Jana Malá")
    petr = client_as("editor", name="Petr Velký", frameworks=[scene["framework"]])
    client_as("viewer", name="Olga Hlasitá")
    with transaction.unit(engine) as s, changing(s):
        s.get_one(DueReport, scene["late"]).responsible_id = s.scalar(
            select(Person.id).where(Person.name == "Jana Malá")
        )
    keeping.remind(engine)
    assert "ten den už uplynul" in words(jana.get("/notifications").soup.main)
    assert "Tato zpráva se má podat do" in words(petr.get("/notifications").soup.main)
    first = [("Jana Malá", scene["late"]), ("Petr Velký", scene["soon"])]
    assert reminded(engine) == first
    keeping.remind(engine)
    assert reminded(engine) == first
    with clock.stopped_at(clock.present() + timedelta(days=31)):
        keeping.remind(engine)
        keeping.remind(engine)
    assert reminded(engine) == sorted([*first, ("Petr Velký", scene["soon"])])


def test_what_was_late_before_it_was_laid_down_reminds_nobody_and_what_is_withdrawn_no_longer(
    scene, client_as, engine
) -> None:
    client_as("editor", name="Petr Velký", frameworks=[scene["framework"]])
    keeping.remind(engine)
    told = [("Petr Velký", scene["late"]), ("Petr Velký", scene["soon"])]
    assert reminded(engine) == sorted(told)
    with transaction.unit(engine) as s, changing(s):
        contract = s.get_one(Contract, scene["contract"])
        obligations.obligation(s, contract, "Roky zpátky", starts=When("2014-01-01"), ends=When("2016-12-31"))
        set_standing(s, SYSTEM, s.get_one(DueReport, scene["late"]), WITHDRAWN, "Nikdo ji psát nebude.")
    keeping.remind(engine)
    assert reminded(engine) == told[1:]
    assert "Roky zpátky" in words(client_as("viewer").get("/reports?due=overdue").soup.main), (
        "it is overdue all the same"
    )
