"""Who is notified of what, and who is not; what a notification tells, to whom, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.desk import actions
from portal.desk.models import Comment, Follow, Notification
from portal.desk.queries import unread
from portal.kernel import clock, transaction
from portal.kernel.errors import InvalidInput, NotFound
from portal.kernel.record import Record
from portal.merging.actions import Choices, merge
from tests.factories import changing, funding, partners
from tests.portfolio.test_query_counts import asked


def comment(office, who: str, text: str, name: str = "ERIS") -> int:
    return office.write(who, lambda s, actor, r: actions.add_comment(s, actor, r(name), text).id)


def follow(office, who: str, name: str = "ERIS") -> None:
    office.write(who, lambda s, actor, r: actions.follow(s, actor, r(name)))


def rows(browser, path: str = "/notifications") -> list[str]:
    return [" ".join(li.get_text(" ").split()) for li in browser.get(path).soup.select(".notices > li")]


def bell(browser, path: str = "/") -> str:
    return browser.get(path).soup.select_one("a.bell")["aria-label"]


def edit_project(office, who: str, name: str = "ERIS", **values: str) -> None:
    browser = office.browser(who)
    browser.submit(browser.get(f"/projects/{office.records[name]}/edit"), 303, values)


def test_a_mention_notifies_whom_it_names_once(office) -> None:
    comment(office, "jana", "@petr @PETR a @eva, ne @nikdo")
    eris = office.records["ERIS"]
    assert office.told("petr") == [("mention", eris)]
    assert office.told("eva") == [("mention", eris)]
    assert office.told("jana") == office.told("sprava") == []
    told = office.browser("petr").get(f"/projects/{eris}").soup.select(".mention")
    assert [one.get_text() for one in told] == ["@Petr Velký", "@Petr Velký", "@Eva Tichá"]


def test_a_colleague_is_mentioned_from_the_list_without_a_script(office) -> None:
    jana = office.browser("jana")
    page = jana.get(f"/projects/{office.records['ERIS']}")
    offered = [label.get_text(strip=True) for label in page.soup.select(".mention-list .options label")]
    assert offered == ["Eva Tichá (@eva)", "Petr Velký (@petr)", "Správa Portálu (@sprava)"]
    jana.submit(page, 303, {"comment": "Prosím", "mentioned": [str(office.people["eva"])]}, action="/comments")
    assert office.told("eva") == [("mention", office.records["ERIS"])]
    with transaction.unit(office.engine) as s:
        assert s.scalars(select(Comment.text)).all() == ["@eva Prosím"]


def test_a_mention_of_somebody_who_may_not_see_the_record_is_refused_with_their_name(office) -> None:
    jana = office.browser("jana")
    page = jana.get(f"/records/{office.records['Tajný']}/comments")
    assert [tag["value"] for tag in page.soup.select("[name=mentioned]")] == [str(office.people["petr"])]
    refused = jana.submit(page, 422, {"comment": "@petr @eva @sprava"})
    assert "Eva Tichá, Správa Portálu" in refused.errors()[0] and "Petr" not in refused.errors()[0]
    assert refused.value("comment") == "@petr @eva @sprava"
    assert office.told("petr") == []
    with pytest.raises(InvalidInput):
        comment(office, "jana", "@karel", "ERIS")  # his account is disabled


def test_an_edit_notifies_only_those_it_mentions_anew(office) -> None:
    made = comment(office, "jana", "@petr")
    office.write("jana", lambda s, who, r: actions.edit_comment(s, who, s.get_one(Comment, made), "@petr @eva"))
    assert len(office.told("petr")) == 1 and len(office.told("eva")) == 1


def test_a_comment_notifies_followers_and_the_responsible_person_but_nobody_of_their_own_doing(office) -> None:
    with transaction.unit(office.engine) as s, changing(s):
        s.get_one(Record, office.records["ERIS"]).responsible_id = office.people["sprava"]
    for who in ("jana", "petr"):
        follow(office, who)
    comment(office, "jana", "novinka pro @petr")
    eris = office.records["ERIS"]
    assert office.told("petr") == [("mention", eris)]  # once, though he follows it too
    assert office.told("sprava") == [("comment", eris)]
    assert office.told("jana") == office.told("eva") == []


def test_following_needs_sight_of_the_record_and_counts_once(office) -> None:
    with pytest.raises(NotFound):
        follow(office, "eva", "Tajný")
    follow(office, "eva")
    follow(office, "eva")
    with transaction.unit(office.engine) as s:
        assert s.scalar(select(func.count()).select_from(Follow)) == 1
    office.browser("petr").post(f"/records/{office.records['Tajný']}/follow", {}, 400)
    office.browser("eva").post(f"/records/{office.records['Tajný']}/follow", {}, 404)


def test_the_button_follows_and_stops_and_the_page_lists_what_is_followed(office) -> None:
    eva, path = office.browser("eva"), f"/projects/{office.records['ERIS']}"
    page = eva.get(path)
    eva.submit(page, 303, action="/follow")
    assert "Přestat sledovat" in eva.get(path).text
    listed = eva.get("/following")
    assert listed.link("ERIS").endswith(path)
    eva.submit(listed, 303, action="/follow")
    assert "Zatím nic nesledujete." in eva.get("/following").text
    assert "Přestat sledovat" not in eva.get(path).text


def test_a_change_of_a_followed_record_is_told_once_after_its_commit(office) -> None:
    for who in ("jana", "eva"):
        follow(office, who)
    edit_project(office, "jana", note_cs="Nová poznámka", acronym="ER")
    assert "Jana Malá" in office.browser("eva").get("/following").soup.find("tbody").get_text()
    eris = office.records["ERIS"]
    assert office.told("eva") == [("change", eris)]
    assert office.told("jana") == office.told("petr") == []
    eva = office.browser("eva")
    assert bell(eva) == "Oznámení: 1 nepřečtené"
    [told] = rows(eva)
    assert "Změna záznamu (Jana Malá)." in told and "ERIS" in told and "Nová poznámka" not in told
    form = eva.get("/notifications").soup.select_one(".notices form")
    opened = eva.post("/notifications/read", {tag["name"]: tag["value"] for tag in form.find_all("input")})
    assert "Nová poznámka" in eva.get(opened.location).text


def test_a_refused_form_and_a_change_of_something_else_notify_nobody(office) -> None:
    follow(office, "eva")
    jana = office.browser("jana")
    jana.submit(jana.get(f"/projects/{office.records['ERIS']}/edit"), 422, {"name_cs": "", "name_en": ""})
    edit_project(office, "jana", "Tajný", note_cs="jinde")
    comment(office, "jana", "komentář není změna", "Tajný")
    assert office.told("eva") == []


def test_a_fact_stated_of_a_followed_record_is_told_though_no_column_holds_it(office) -> None:
    follow(office, "eva")
    jana = office.browser("jana")
    form = jana.get(f"/records/{office.records['ERIS']}/facts/kickoff/state")
    jana.submit(form, 303, value="2013")
    assert office.told("eva") == [("change", office.records["ERIS"])]


def test_what_hangs_on_a_followed_record_is_told_with_it(office) -> None:
    follow(office, "eva")
    jana = office.browser("jana")
    jana.submit(jana.get(f"/records/{office.records['ERIS']}/status"), 303, {"happened": "Proběhlo jednání."})
    assert office.told("eva") == [("change", office.records["ERIS"])]


def test_nobody_hears_of_a_change_that_only_something_hidden_made(office) -> None:
    """A role of a confidential organisation hangs on a record that Eva follows: she may not learn that it came."""
    with transaction.unit(office.engine) as s, changing(s):
        hidden = funding.organisation(s, "Tajná organizace")
        office.records["organizace"] = hidden.id
        office.records["role"] = partners.role(s, s.get_one(Record, office.records["ERIS"]), hidden).id
    office.hide("organizace", "jana", "petr")
    for who in ("eva", "petr"):
        follow(office, who)
    jana = office.browser("jana")
    jana.submit(jana.get(f"/roles/{office.records['role']}/edit"), 303, {"note_cs": "doplněno"})
    assert office.told("petr") == [("change", office.records["ERIS"])]
    assert office.told("eva") == []
    with transaction.unit(office.engine) as s, transaction.change(s, None, "form", actor_name="Jana Malá"):
        flag_modified(s.get_one(Record, office.records["ERIS"]), "name_cs")  # a new version that tells of nothing else
    assert "Jana Malá" not in office.browser("eva").get("/following").text


def test_a_notification_of_a_record_that_became_confidential_is_absent_and_not_counted(office) -> None:
    comment(office, "jana", "@eva @petr")
    eva, petr = office.browser("eva"), office.browser("petr")
    follow(office, "eva")
    assert bell(eva) == bell(petr) == "Oznámení: 1 nepřečtené"
    office.hide("ERIS", "jana", "petr")
    assert bell(eva) == "Oznámení" and rows(eva) == []
    assert "ERIS" not in eva.get("/following").text
    assert bell(petr) == "Oznámení: 1 nepřečtené"


def test_a_withdrawn_comment_takes_its_notification_along(office) -> None:
    made = comment(office, "jana", "@eva")
    office.write("jana", lambda s, who, r: actions.withdraw_comment(s, who, s.get_one(Comment, made)))
    assert rows(office.browser("eva")) == []


def test_what_is_read_stands_below_what_is_not(office) -> None:
    for text in ("@eva jedna", "@eva dvě", "@eva tři"):
        comment(office, "jana", text)
    eva = office.browser("eva")
    page = eva.get("/notifications")
    newest = page.soup.select(".notices > li")[0].find_all("form")[1]
    form = {tag["name"]: tag["value"] for tag in newest.find_all("input")}
    eva.post("/notifications/read", form)
    assert [row.startswith("Nepřečteno:") for row in rows(eva)] == [True, True, False]
    assert bell(eva) == "Oznámení: 2 nepřečtená"
    assert len(rows(eva, "/notifications?read=yes")) == 1
    eva.submit(eva.get("/notifications"), 303, {"notification": None}, action="/read")
    assert bell(eva) == "Oznámení"


def test_nobody_reads_or_marks_another_persons_notification(office) -> None:
    comment(office, "jana", "@eva")
    petr = office.browser("petr")
    comment(office, "jana", "@petr")
    page = petr.get("/notifications")
    with transaction.unit(office.engine) as s:
        theirs = s.scalar(select(Notification.id).where(Notification.person_id == office.people["eva"]))
    answer = petr.submit(page, 303, {"notification": str(theirs), "open": "1"}, action="/read")
    assert answer.location == "/notifications"
    assert bell(office.browser("eva")) == "Oznámení: 1 nepřečtené"
    for nonsense in ("", "x", "²", "9" * 30):
        assert petr.submit(page, 303, {"notification": nonsense}, action="/read").location == "/notifications"


def test_a_notification_is_kept_for_ninety_days(office) -> None:
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    with clock.stopped_at(start):
        comment(office, "jana", "@eva dávno")
    with clock.stopped_at(start + timedelta(days=90)):
        with transaction.unit(office.engine) as s:
            assert unread(s, actor_of(s, s.get_one(Person, office.people["eva"]))) == 0
        comment(office, "jana", "@eva dnes")
    with transaction.unit(office.engine) as s:
        assert s.scalar(select(func.count()).select_from(Notification)) == 1


def test_pages_ask_as_often_for_twenty_comments_and_notifications_as_for_two(office) -> None:
    paths = [
        "/notifications",
        "/following",
        f"/projects/{office.records['ERIS']}",
        f"/records/{office.records['ERIS']}/comments",
    ]
    eva = office.browser("eva")
    follow(office, "eva")

    def more(n: int) -> None:
        for who in ("jana", "petr") * n:
            comment(office, who, "@eva slyšíš")

    more(1)
    few = {path: len(found) for path, found in asked(eva, paths).items()}
    more(9)
    assert {path: len(found) for path, found in asked(eva, paths).items()} == few


def test_a_notification_of_a_comment_that_a_merge_moved_leads_to_where_it_is(office) -> None:
    office.records["ERIS 2"] = office.write(None, lambda s, _actor, _r: funding.project(s, "ERIS 2").id)
    follow(office, "eva")
    said = comment(office, "jana", "Domluveno s partnerem.")
    office.write(None, lambda s, actor, r: merge(s, actor, r("ERIS 2"), r("ERIS"), Choices(), "Je to totéž."))
    eva = office.browser("eva")
    form = eva.get("/notifications").soup.select_one(".notices form")
    opened = eva.post("/notifications/read", {tag["name"]: tag["value"] for tag in form.find_all("input")})
    assert opened.location == f"/records/{office.records['ERIS 2']}/comments"
    assert eva.get(opened.location).soup.select_one(f"#comment-{said}") is not None
