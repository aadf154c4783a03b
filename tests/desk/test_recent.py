"""What a person opened last: noted once a record, the latest first, for that person alone; not of the past, not beforehand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.desk import actions
from portal.desk.models import RecentlyOpened
from portal.desk.queries.recent import recently_opened
from portal.desk.rules import RECENT
from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.transaction import Change
from portal.standing.actions import set_standing
from tests.client import Client
from tests.factories import accounts, changing, frameworks, funding

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def scene(engine: Engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Dialog")
        project = funding.project(s, "Návraty", framework=framework)
        organisation = funding.organisation(s, "Partner")
        return {"frameworks": framework.id, "projects": project.id, "organisations": organisation.id}


def told(browser: Client) -> list[str]:
    return [a.get_text() for a in browser.get("/work").soup.select("#recent li a")]


def visit(browser: Client, scene: dict[str, int], *kinds: str) -> None:
    for kind in kinds:
        browser.get(f"/{kind}/{scene[kind]}")


def test_each_record_stands_once_the_latest_first_and_for_each_person_alone(client_as, scene) -> None:
    browser, other = client_as("viewer"), client_as("viewer")
    assert browser.get("/work").soup.find(id="recent") is None
    start = clock.present()
    for minutes, kind in enumerate(("frameworks", "projects", "organisations", "frameworks")):
        with clock.stopped_at(start + timedelta(minutes=2 * minutes)):
            visit(browser, scene, kind)
    with clock.stopped_at(start + timedelta(minutes=9)):
        assert told(browser) == ["Dialog", "Partner", "Návraty"]
        assert told(other) == []


def test_the_past_a_head_a_prefetch_and_a_page_that_is_not_there_leave_nothing(client_as, engine, scene) -> None:
    browser = client_as("viewer")
    with Session(engine) as s:
        last, changes = s.scalar(select(func.max(Change.id))), s.scalar(select(func.count(Change.id)))
    path = f"/projects/{scene['projects']}"
    browser.get(f"/k/{last}{path}")
    browser.get(f"/d/2026-01-01{path}", 404)
    browser.browser.head(path)
    for header in ("Sec-Purpose", "Purpose"):
        browser.browser.get(path, headers={header: "prefetch;prerender"})
    browser.get("/projects/999999", 404)
    browser.get("/projects")
    assert told(browser) == []
    visit(browser, scene, "projects")
    assert told(browser) == ["Návraty"]
    assert browser.get(f"/k/{last}/work").soup.find(id="recent") is None
    with Session(engine) as s:
        assert s.scalar(select(func.count(Change.id))) == changes


def test_what_is_hidden_since_or_withdrawn_is_absent(client_as, engine, scene) -> None:
    browser = client_as("viewer")
    visit(browser, scene, "frameworks", "projects", "organisations")
    with transaction.unit(engine) as s, changing(s):
        project = s.get_one(Record, scene["projects"])
        project.confidential = True
        settle(s, [project])
        set_standing(s, SYSTEM, s.get_one(Record, scene["organisations"]), "withdrawn", "Omyl.")
    assert told(browser) == ["Dialog"]


def test_a_person_clears_the_list_and_nobody_elses(client_as, scene) -> None:
    mine, other = client_as("editor"), client_as("viewer")
    visit(mine, scene, "projects")
    visit(other, scene, "projects")
    page = mine.follow(mine.submit(mine.get("/work"), action="/recent/clear"))
    assert page.soup.find(id="recent") is None and "vymazán" in page.text
    assert told(other) == ["Návraty"]


def test_only_the_latest_are_told_and_the_rest_is_forgotten_at_night(engine: Engine) -> None:
    with transaction.unit(engine) as s:
        actor = accounts.actor(s, "viewer")
        ids = [funding.organisation(s, f"Partner {n}").id for n in range(RECENT + 4)]
        for n, record_id in enumerate(ids):
            with clock.stopped_at(NOON + timedelta(minutes=n)):
                actions.note_opened(s, actor, record_id)
        latest = list(reversed(ids))[:RECENT]
        assert [one.id for one in recently_opened(s, actor)] == latest
        assert actions.forget_opened(s, SYSTEM) == 4
        assert set(s.scalars(select(RecentlyOpened.record_id))) == set(latest)


def test_two_tabs_at_one_moment_write_one_row_and_neither_fails(engine: Engine) -> None:
    with transaction.unit(engine) as s:
        actor, record_id = accounts.actor(s, "viewer"), funding.organisation(s, "Partner").id
    failed: list[BaseException] = []

    def tab() -> None:
        try:
            for n in range(5):
                with clock.stopped_at(NOON + timedelta(minutes=2 * n)), transaction.unit(engine) as s:
                    actions.note_opened(s, actor, record_id)
        except BaseException as error:  # told by the test, not by the thread
            failed.append(error)

    tabs = [Thread(target=tab) for _ in range(2)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert failed == []
    with Session(engine) as s:
        rows = s.scalars(select(RecentlyOpened.opened_at)).all()
        assert rows == [NOON + timedelta(minutes=8)]
