"""Booking events, agreeing on follow-ups: the rules, who may, what history and sources keep."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.events import actions, queries
from portal.events.rules import is_overdue, problems_of_event, problems_of_follow_up
from portal.kernel import clock
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.partners.actions import give_role
from portal.sources.facts import Pair
from tests.factories import accounts, changing, events, frameworks, funding, partners

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"name": Pair("", "")}, {"name": "name_missing"}),
        ({"attendance": 0}, {"attendance": "count_impossible"}),
        ({"attendance": 1_000_001}, {"attendance": "count_impossible"}),
        ({"attendance": 40, "held": When("2027-03")}, {}),
        ({"held": When("2057")}, {"held": "too_far_ahead"}),
    ],
)
def test_the_rules_of_an_event_name_the_unit_and_a_code(values: dict, found: dict) -> None:
    assert problems_of_event(values, TODAY) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"event": None}, {"event": "event_missing"}),
        ({"event": 1, "state": "done", "done": When("2026-11-29")}, {"done": "in_the_future"}),
        ({"event": 1, "state": "open", "done": When("2026-11-01")}, {"state": "open_but_done"}),
        ({"event": 1, "state": "done", "done": When("2026-11")}, {}),
        ({"event": 1, "due": When("2060-01-01")}, {"due": "too_far_ahead"}),
    ],
)
def test_the_rules_of_a_follow_up_name_the_unit_and_a_code(values: dict, found: dict) -> None:
    assert problems_of_follow_up(values, TODAY) == found


@pytest.mark.parametrize(
    ("state", "due", "overdue"),
    [
        ("open", "2026-11-27", True), ("open", "2026-11-28", False), ("open", "2026-11", False), ("open", "2026-10", True),
        ("open", None, False), ("done", "2020", False), ("open", "2026-11-27~", False),
    ],
)  # fmt: skip
def test_open_is_overdue_only_once_every_day_it_can_mean_has_passed(state, due, overdue) -> None:
    assert is_overdue(state, When(due) if due else None, TODAY) is overdue


def test_an_event_stands_by_itself_and_its_count_is_what_a_source_says(s: Session) -> None:
    summit = events.event(s, "Summit o ochraně hranic", held="2025-03-31", attendance=40)
    ukraine = partners.country(s, "Ukrajina", "UA")
    with changing(s):
        give_role(s, SYSTEM, summit, ukraine, "participating_state")
    assert (summit.under_id, summit.framework_ids(), summit.attendance) == (None, set(), 40)
    assert [e.id for e in queries.events_with(s, SYSTEM, ukraine.id)] == [summit.id]


def test_an_editor_books_events_of_their_frameworks_and_projects_and_no_others(s: Session) -> None:
    mine, other = frameworks.framework(s, "Můj"), frameworks.framework(s, "Cizí")
    project = funding.project(s, "Projekt", framework=mine)
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    with changing(s):
        held = actions.book_event(s, editor, {"name": Pair("Jednání", ""), "under": project.id})
        follow_up = actions.agree_follow_up(s, editor, {"name": Pair("Poslat zápis", ""), "event": held.id})
        for place in (other.id, None):
            with pytest.raises(Forbidden):
                actions.book_event(s, editor, {"name": Pair("Jednání", ""), "under": place})
            with pytest.raises(Forbidden):
                actions.edit_event(s, editor, held, {"under": place})
        elsewhere = actions.book_event(s, SYSTEM, {"name": Pair("Jiné", ""), "under": other.id})
        with pytest.raises(Forbidden):
            actions.agree_follow_up(s, editor, {"name": Pair("Úkol", ""), "event": elsewhere.id})
        with pytest.raises(Forbidden):
            actions.edit_follow_up(s, editor, follow_up, {"event": elsewhere.id})
    assert (held.framework_ids(), follow_up.framework_ids(), follow_up.state) == ({mine.id}, {mine.id}, "open")


def test_an_event_is_of_a_framework_or_project_and_of_nothing_else(s: Session) -> None:
    organisation = funding.organisation(s, "IOM")
    with changing(s), pytest.raises(InvalidInput) as refused:
        actions.book_event(
            s, SYSTEM, {"name": Pair("Jednání", ""), "under": organisation.id, "country": organisation.id}
        )
    assert refused.value.errors == {"under": "wrong_kind", "country": "wrong_kind"}


def test_what_follows_from_a_hidden_event_is_hidden_with_it(s: Session) -> None:
    hidden = events.event(s, "Neveřejné jednání")
    follow_up = events.follow_up(s, hidden, "Poslat zápis")
    viewer = accounts.actor(s, "viewer")
    assert queries.follow_up(s, viewer, follow_up.id) is not None
    with changing(s):
        hidden.confidential = True
        settle(s, [hidden])
    assert (queries.event(s, viewer, hidden.id), queries.follow_up(s, viewer, follow_up.id)) == (None, None)
    assert queries.counted_follow_ups(s, viewer, [hidden.id]) == {}


def test_follow_ups_stand_the_open_ones_first_and_by_the_day_they_are_due(s: Session) -> None:
    held = events.event(s, "Jednání")
    with clock.stopped_at(clock.now()):
        done = events.follow_up(s, held, "Hotovo", due="2026-01-01", state="done")
        undated = events.follow_up(s, held, "Kdykoli")
        late = events.follow_up(s, held, "Později", due="2027-05")
        soon = events.follow_up(s, held, "Brzy", due="2026-12-01")
    found = queries.follow_ups_of(s, SYSTEM, held.id)
    assert [f.id for f in found] == [soon.id, late.id, undated.id, done.id]
    assert queries.counted_follow_ups(s, SYSTEM, [held.id]) == {held.id: (4, 3)}


def test_the_events_of_a_framework_are_also_those_below_it_and_of_its_projects(s: Session) -> None:
    top = frameworks.framework(s, "Východní partnerství")
    panel = frameworks.framework(s, "Panel", parent=top)
    project = funding.project(s, "Projekt", framework=panel)
    georgia = partners.country(s)
    made = {
        "panel": events.event(s, "Zasedání", under=panel, held="2013-11"),
        "project": events.event(s, "Seminář", under=project, held="2014-02"),
        "undated": events.event(s, "Bez data", under=top),
        "alone": events.event(s, "Summit", held="2025", country=georgia.id),
    }
    ids = {name: e.id for name, e in made.items()}
    assert [e.id for e in queries.events_of_framework(s, SYSTEM, top.id)] == [
        ids["project"],
        ids["panel"],
        ids["undated"],
    ]
    assert [e.id for e in queries.events_of_country(s, SYSTEM, georgia.id)] == [ids["alone"]]
    with changing(s):
        give_role(s, SYSTEM, panel, georgia, "partner_country")
    found = {e.id for e in queries.events_of_country(s, SYSTEM, georgia.id)}
    assert found == {ids["alone"], ids["panel"]}
