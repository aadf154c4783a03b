"""The calendar: what stands on which day, what names no day, the feed with its private address."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.actions import disable_person
from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.calendar import actions, queries
from portal.calendar.models import CalendarFeed
from portal.calendar.rules import Entry, last_day, month_asked, neighbour, weeks
from portal.desk.actions import follow
from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.standing.actions import set_standing
from tests.factories import accounts, changing, events, frameworks, projects, results

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "first"),
    [("2026-12", date(2026, 12, 1)), ("", date(2026, 11, 1)), ("2026-13", None), ("1989-12", None), ("prosinec", None)],
)
def test_a_month_is_read_from_the_address(text, first) -> None:
    assert month_asked(text, TODAY) == first


def test_one_leafs_from_month_to_month_and_no_further_than_there_are_days() -> None:
    assert (neighbour(date(2026, 12, 1), 1), neighbour(date(2026, 1, 1), -1)) == (date(2027, 1, 1), date(2025, 12, 1))
    assert (neighbour(date(1990, 1, 1), -1), neighbour(date(2100, 12, 1), 1)) == (None, None)
    assert last_day(date(2028, 2, 1)) == date(2028, 2, 29)


def test_an_entry_of_several_days_stands_on_each_and_one_without_a_day_on_none() -> None:
    two = Entry("event", 1, "Seminář", date(2016, 2, 29), date(2016, 3, 1))
    month = weeks(date(2016, 2, 1), TODAY, [two, Entry("event", 2, "Někdy v únoru")])
    assert [len(week) for week in month] == [7] * 5
    assert [(d.date.isoformat(), d.outside) for week in month for d in week if d.entries] == [
        ("2016-02-29", False), ("2016-03-01", True),
    ]  # fmt: skip


def names(s: Session, actor, mine: bool = False) -> list[tuple[str, str, bool]]:
    found = queries.entries(s, actor, date(2026, 12, 1), date(2026, 12, 31), "cs", mine=mine, today=TODAY)
    return [(e.kind, e.name, e.first is None) for e in found]


def test_only_what_may_fall_into_the_month_is_there_and_mine_is_what_i_follow_or_answer_for(s: Session) -> None:
    top = frameworks.framework(s, "Pražský proces")
    person = accounts.person(s, "editor", everywhere=True)
    me = actor_of(s, person)
    events.event(s, "Zasedání", under=top, held="2026-12-14/2026-12-15")
    events.event(s, "Někdy v prosinci", held="2026-12")
    events.event(s, "Zrušené", held="2026-12-10", change="cancelled")
    later = events.event(s, "V lednu", held="2027-01-04")
    events.follow_up(s, later, "Poslat zápis", due="2026-12-20", responsible=person.id)
    events.follow_up(s, later, "Hotovo", due="2026-12-21", state="done")
    assert names(s, me) == [
        ("event", "Zasedání", False), ("follow_up", "Poslat zápis", False), ("event", "Někdy v prosinci", True),
    ]  # fmt: skip
    assert names(s, me, mine=True) == [("follow_up", "Poslat zápis", False)]
    follow(s, me, top)
    assert names(s, me, mine=True)[0] == ("event", "Zasedání", False)


def test_milestones_that_are_not_reached_stand_there_the_overdue_ones_marked(s: Session) -> None:
    eris = projects.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
    person = accounts.person(s, "editor", everywhere=True)
    me = actor_of(s, person)
    results.milestone(s, eris, "Seminář", due="2026-11-20", responsible=person.id)
    results.milestone(s, eris, "Zpráva", due="2026-11-30")
    results.milestone(s, eris, "Dosažený", due="2026-11-25", reached="2026-11-24")
    results.milestone(s, eris, "Někdy v listopadu", due="2026-11")

    def told(mine: bool) -> list[tuple]:
        found = queries.entries(s, me, date(2026, 11, 1), date(2026, 11, 30), "cs", mine=mine, today=TODAY)
        return [(e.kind, e.name, e.place, e.late, e.first is None) for e in found]

    assert told(False) == [
        ("milestone", "Seminář", "ERIS", True, False), ("milestone", "Zpráva", "ERIS", False, False),
        ("milestone", "Někdy v listopadu", "ERIS", False, True),
    ]  # fmt: skip
    assert [row[1] for row in told(True)] == ["Seminář"]
    follow(s, me, eris)
    assert len(told(True)) == 3
    with changing(s):
        set_standing(s, SYSTEM, eris, "withdrawn", "Omyl.")
    assert told(False) == []


@pytest.fixture
def scene(engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        day = clock.today() + timedelta(days=20)
        shown = events.event(s, "Jednání v Tbilisi", held=day.isoformat())
        hidden = events.event(s, "Neveřejné jednání", held=day.isoformat())
        events.event(s, "Někdy", held=f"{day.year}")
        hidden.confidential = True
        settle(s, [hidden])
        return {"shown": shown.id, "hidden": hidden.id, "day": day.toordinal()}


def test_the_feed_gives_what_its_person_may_see_until_it_is_revoked(scene, client_as, engine, app) -> None:
    client = client_as("viewer")
    page = client.get("/calendar")
    made = client.submit(page, 200, action="/calendar/address")
    address = made.soup.find(id="feed-address")["value"]
    path = re.sub(r"^https?://[^/]+", "", address)
    answer = client.browser.get(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    day = date.fromordinal(scene["day"])
    items = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [(str(i["summary"]), i["dtstart"].dt, i["dtend"].dt) for i in items] == [
        ("Jednání v Tbilisi", day, day + timedelta(days=1))
    ]
    assert str(items[0]["url"]).endswith(f"/events/{scene['shown']}")
    strangers = app.test_client()
    assert strangers.get(path).status_code == 200
    assert strangers.get(path.replace(".ics", "x.ics")).status_code == 404
    again = client.submit(client.get("/calendar"), 200, action="/calendar/address")
    newer = re.sub(r"^https?://[^/]+", "", again.soup.find(id="feed-address")["value"])
    assert (strangers.get(path).status_code, strangers.get(newer).status_code) == (404, 200)
    client.submit(client.get("/calendar"), action="/calendar/address/revoke")
    assert strangers.get(newer).status_code == 404


def test_the_secret_is_kept_as_its_hash_and_a_disabled_person_has_no_feed(engine) -> None:
    with transaction.unit(engine) as s:
        person = accounts.person(s, "viewer")
        token = actions.give_address(s, actor_of(s, person))
        kept = s.scalars(select(CalendarFeed)).one()
        assert token not in kept.token_hash and len(kept.token_hash) == 64
        assert queries.actor_at(s, token)[0].person_id == person.id
        disable_person(s, SYSTEM, s.get(Person, person.id))
        assert queries.actor_at(s, token) is None


def test_the_page_of_a_month_has_its_days_and_what_names_none(read_as) -> None:
    page = read_as("viewer", lang="cs").get("/calendar?month=2013-11")
    assert page.h1 == "Listopad 2013"
    assert "Zasedání Panelu Východního partnerství k otázkám integrace" in page.soup.find(id="undated").get_text()
    february = read_as("viewer", lang="en").get("/calendar?month=2016-02")
    cells = [c for c in february.soup.select(".cal td") if c.find("li")]
    assert [c.time["datetime"] for c in cells] == ["2016-02-04", "2016-02-05", "2016-02-24", "2016-02-25", "2016-02-29"]
    assert [c.time.find(class_="vh").next_sibling for c in cells[:2]] == ["4", "5"]
    days = [c.time.get_text().replace("\xa0", " ") for c in february.soup.select(".cal td")]
    assert (days[0], days[-1]) == ("Monday 1 Feb", "Sunday 6 Mar")
    czech = page.soup.select(".cal td")[0].time.get_text().replace("\xa0", " ")
    assert czech == "pondělí 28. 10."
    read_as("viewer").get("/calendar?month=2016-99", 404)
