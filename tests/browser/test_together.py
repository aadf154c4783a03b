"""Work of several people, in both languages and by both hands: a meeting with what was agreed, a report that is approved
before it counts, and all records of one person handed over to another."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.kernel import clock, transaction
from portal.kernel.record import Record
from portal.projects.models import Project
from tests.browser.hands import Keys, Pointer
from tests.factories import changing, desk

pytestmark = pytest.mark.needs("browser")

both = pytest.mark.parametrize(("lang", "hands"), [("cs", Keys), ("en", Pointer)], ids=["cs by keys", "en by pointer"])
OTHER, SELF = "Referent pro", "Referent odboru"
WORDS = {
    "cs": {
        "new": "Nové jednání", "save event": "Uložit jednání", "kind": "summit", "event": "Zasedání k návratům",
        "agree": "Přidat úkol z jednání", "first": "Poslat návrh plánu", "second": "Svolat pracovní skupinu", "owner": "Gruzie",
        "another": "Uložit a zapsat další", "save": "Uložit", "draft": "Uložit jako koncept", "submit": "Předložit ke schválení",
        "return": "Vrátit k přepracování", "approve": "Schválit", "status": "Zapsat stav", "country": "Moldavsko",
        "eris": "Vývoj",
        "over": "Předat vše", "handed": "Předáno: 3 záznamy, 1 úkol.", "nothing": "Nevidíte nic, co by šlo předat.",
        "why": "nové místo",
    },
    "en": {
        "new": "New event", "save event": "Save the event", "kind": "summit", "event": "Meeting on returns",
        "agree": "Add a follow-up", "first": "Send the draft plan", "second": "Convene the working group", "owner": "Georgia",
        "another": "Save and write another", "save": "Save", "draft": "Save as a draft", "submit": "Submit for approval",
        "return": "Return to the author", "approve": "Approve", "status": "Report status", "country": "Moldova",
        "eris": "Development",
        "over": "Hand everything over", "handed": "Handed over: 3 records, 1 task.", "nothing": "You see nothing to hand over.",
        "why": "a new post",
    },
}  # fmt: skip


def shown(page, where: str = "main") -> str:
    return page.locator(where).inner_text().replace("\u00a0", " ")


def refused(hands, words: str) -> None:
    """Press the button of a form that is not right: the summary of errors has the focus, so that it is read first."""
    page, hands.tab.expected = hands.page, 422
    hands.press(words)
    assert page.evaluate("document.activeElement.id") == "errors"


@both
def test_a_meeting_is_booked_with_what_was_agreed_and_by_whom(opened, site, lang, hands) -> None:
    words, tab = WORDS[lang], opened(site, "editor", lang=lang)
    page, me = tab.page, hands(tab)
    early, late = (clock.today().replace(day=day) for day in (14, 27))
    tab.go("/events")
    me.follow(words["new"])
    page.wait_for_url("**/events/add*")
    refused(me, words["save event"])
    me.follow(page.locator("#errors a").first.inner_text())
    assert page.evaluate("document.activeElement.name") == "name_cs"
    me.write(f"name_{lang}", words["event"])
    me.choose("kind_code", words["kind"])
    me.write("held", early.isoformat())
    me.press(words["save event"])
    assert words["event"] in shown(page, "h1")

    me.follow(words["agree"])
    page.wait_for_selector("[name=due]")
    me.write(f"name_{lang}", words["first"])
    me.choose("owner", words["owner"])
    me.write("due", late.isoformat())
    me.choose("responsible", OTHER)
    me.press(words["another"])
    me.write(f"name_{lang}", words["second"])
    assert words["first"] in shown(page, "ul.plain-list")
    me.choose("owner", words["country"])
    me.write("due", early.isoformat())
    me.choose("responsible", SELF)
    me.press(words["save"])
    agreed = shown(page, "#follow-ups")
    assert all(words[one] in agreed for one in ("first", "second", "owner"))

    tab.go("/calendar")
    day = "td:has(time[datetime='{}']) a"
    there = {one: sorted(page.locator(day.format(one)).all_inner_texts()) for one in (early, late)}
    assert there == {early: sorted([words["event"], words["second"]]), late: [words["first"]]}
    owner = opened(site, "reporting_officer", lang=lang)
    owner.go("/work")
    mine = shown(owner.page, "#follow-ups + ul")
    assert words["first"] in mine and words["second"] not in mine


@both
def test_where_approval_is_asked_a_report_is_returned_mended_and_counts_once_approved(
    opened, site, lang, hands
) -> None:
    words = WORDS[lang]
    with transaction.unit(site.engine) as s, changing(s):
        eris = s.scalars(select(Project).where(Project.key == "eris")).one()
        s.get_one(Record, eris.framework_id).asks_approval = True
        eris_id = eris.id
    tabs = [opened(site, login, lang=lang) for login in ("editor", "reporting_officer", "viewer")]
    author, approver, reader = tabs
    me, other = hands(author), hands(approver)

    def counts() -> bool:
        reader.go(f"/projects/{eris_id}")
        with Session(site.engine) as s:
            told = s.get_one(Project, eris_id).light == "warn"
        assert told == ("Praha 2026" in shown(reader.page))
        return told

    author.go(f"/projects/{eris_id}")
    me.follow(words["status"])
    author.page.wait_for_selector("[name=happened]")
    me.pick("light", "warn")
    me.write("happened", "Praha")
    me.press(words["draft"])
    author.go("/work")
    me.follow(words["eris"])
    author.page.wait_for_selector("[name=happened]")
    me.press(words["submit"])

    approver.go("/work")
    other.follow(words["eris"])
    approver.page.wait_for_selector("[name=comment]")
    refused(other, words["return"])
    other.write("comment", "Kdy?")
    other.press(words["return"])

    author.go("/work")
    me.follow(words["eris"])
    author.page.wait_for_selector("[name=happened]")
    assert "Kdy?" in shown(author.page)
    me.write("happened", "Praha 2026")
    me.press(words["submit"])
    assert not counts()
    approver.go("/work")
    other.follow(words["eris"])
    approver.page.wait_for_selector("[name=comment]")
    other.press(words["approve"])
    assert counts()


@both
def test_all_records_of_a_person_and_their_tasks_go_to_another_in_one_step(opened, site, lang, hands) -> None:
    words = WORDS[lang]
    with transaction.unit(site.engine) as s, changing(s):
        mine = list(s.scalars(select(Record).where(Record.kind == "project").order_by(Record.id).limit(3)))
        for record in mine:
            record.responsible_id = site.people["editor"]
        desk.task(s, mine[0], s.get_one(Person, site.people["editor"]), "Zavolat partnerovi")
        ids = [record.id for record in mine]
    tab = opened(site, "editor", lang=lang)
    page, me = tab.page, hands(tab)
    tab.go("/handover")
    refused(me, words["over"])
    me.choose("taker", OTHER)
    me.write("reason", words["why"])
    me.press(words["over"])
    assert words["handed"] in shown(page, ".flashes")
    assert words["nothing"] in shown(page)
    taker = opened(site, "reporting_officer", lang=lang)
    taker.go("/handover")
    assert all(taker.page.locator(f"#what a[href='/projects/{one}']").count() == 1 for one in ids)
    assert "Zavolat partnerovi" in shown(taker.page, "#what")
    taker.go(f"/records/{ids[0]}/history")
    assert words["why"] in shown(taker.page, ".hist")
