"""Counts: each of exactly the records it shows, by one definition, narrowed by the filters that concern it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.figures import EVERYTHING, FIGURES, Coverage, Scope
from portal.figures.counts import COUNTS
from portal.kernel import clock
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.management.radar import echoes
from portal.portfolio.queries.work import work_of
from portal.progress.actions import report_status
from portal.progress.queries import stale_from
from tests.factories import accounts, changing, desk, events, frameworks, funding, obligations, partners

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def names(s: Session, actor, key: str, scope: Scope = EVERYTHING) -> list[str]:
    """The records behind a count, as many as it says."""
    found = FIGURES[key].records(s, actor, scope)
    assert FIGURES[key].value(s, actor, scope).number == len(found)
    return [getattr(one.record, "title", None) or one.record.name_cs for one in found]


@pytest.fixture
def scene(s: Session):
    """A framework in Prague that is alive by money below it, one that is silent, what is due in them, and secrets in each."""
    with clock.stopped_at(NOW):
        prague = frameworks.framework(s, "Praha", status="active")
        below = frameworks.framework(s, "Pod Prahou", parent=prague, status="active")
        silent = frameworks.framework(s, "Tichý", status="active")
        frameworks.framework(s, "Skončený", status="ended")
        frameworks.framework(s, "Bez stavu")
        alive = funding.project(s, "Živý", framework=below, status="2", certainty="document")
        old = funding.project(s, "Starý", framework=silent, status="2")
        funding.project(s, "Zavřený", framework=silent, status="4")
        secret = funding.project(s, "Tajný", framework=silent, status="2", confidential=True)
        funding.flow(s, alive, 1, valued=When("2026-10"))
        funding.flow(s, secret, 1, valued=When("2026-11-01"))
        with clock.stopped_at(NOW - timedelta(days=91)), changing(s):
            report_status(s, SYSTEM, old, {"happened": "Dávno", "held_on": When("2026-08-20")})
        with changing(s):
            report_status(s, SYSTEM, alive, {"happened": "Dnes", "held_on": When("2026-11-20")})
        partner = partners.organisation(s, "Partner")
        partners.organisation(s, "Nikde")
        partners.role(s, old, partner, "implementing")
        panel = events.event(s, "Panel", under=silent, held="2026-05-04")
        events.event(s, "Zrušený", under=silent, held="2026-11-10", change="cancelled")
        events.event(s, "Bez data")
        hidden_panel = events.event(s, "Tajný panel", under=secret, held="2026-11-10")
        events.follow_up(s, panel, "Po termínu", due="2026-10")
        events.follow_up(s, panel, "Tento měsíc", due="2026-11")
        events.follow_up(s, panel, "Kdykoli")
        events.follow_up(s, panel, "Hotovo", due="2026-06", state="done")
        events.follow_up(s, hidden_panel, "Tajný slib", due="2026-06")
        two = {"starts": When("2025-01-01"), "ends": When("2026-12-31")}  # the second report is due in 2027
        obligations.obligation(s, funding.contract(s, old), "Zpráva", **two)
        obligations.obligation(s, secret, "Tajná zpráva", **two | {"ends": When("2025-12-31")})
        editor = accounts.person(s, "editor", everywhere=True)
        late = date(2026, 11, 1)
        with clock.stopped_at(NOW - timedelta(days=30)):
            desk.task(s, old, editor, "Pozdě", due=late)
            desk.task(s, None, editor, "Moje", due=late)
            desk.task(s, None, editor, "Bez termínu")
        yield {"prague": prague, "silent": silent, "editor": editor}


@pytest.mark.parametrize("who", ["viewer", "system"])
def test_a_count_says_how_many_records_it_shows_and_no_secret_is_among_them(s, scene, who) -> None:
    actor = SYSTEM if who == "system" else accounts.actor(s, "viewer")
    secret = ["Tajný"] if who == "system" else []
    assert names(s, actor, "stale_updates") == ["Starý", *secret]
    assert names(s, actor, "events") == ["Panel", *(["Tajný panel"] if secret else []), "Bez data"]
    assert names(s, actor, "overdue_follow_ups") == [*(["Tajný slib"] if secret else []), "Po termínu"]
    assert names(s, actor, "open_follow_ups")[-3:] == ["Po termínu", "Tento měsíc", "Kdykoli"]
    late = [name.split(",")[0] for name in names(s, actor, "overdue_reports")]
    assert late == ["Zpráva", *(["Tajná zpráva"] if secret else [])]
    assert names(s, actor, "overdue_tasks") == ["Pozdě"]
    assert names(s, actor, "silent_frameworks") == (["Bez stavu"] if secret else ["Tichý", "Bez stavu"])
    assert names(s, actor, "frameworks") == ["Bez stavu", "Pod Prahou", "Praha", "Skončený", "Tichý"]
    assert {"Nikde", "Partner"} <= set(names(s, actor, "partners"))
    known = {key: FIGURES[key].coverage(s, actor, EVERYTHING) for key in COUNTS}
    assert known["events"] == Coverage(known=1 + len(secret), unknown=1)
    assert known["open_follow_ups"] == known["overdue_follow_ups"] == Coverage(known=2 + len(secret), unknown=1)
    assert known["overdue_reports"] == Coverage(known=2 + len(secret))
    assert known["overdue_tasks"] == Coverage(known=1)
    assert known["stale_updates"] == Coverage(known=3 + len(secret))
    assert known["silent_frameworks"] == Coverage(known=3, unknown=1)
    assert known["partners"] == Coverage(known=1, unknown=2 + len(secret))


def test_tasks_of_no_record_count_for_those_whose_they_are(s, scene) -> None:
    editor = accounts.queries.actor_of(s, scene["editor"])
    assert names(s, editor, "overdue_tasks") == ["Pozdě", "Moje"]
    assert FIGURES["overdue_tasks"].coverage(s, editor, EVERYTHING) == Coverage(known=2, unknown=1)


def test_work_the_radar_and_the_figures_say_the_same(s, scene) -> None:
    viewer = accounts.actor(s, "viewer")
    work = work_of(s, viewer, stale_from(), everybody=True)
    assert sorted(f.name_cs for f in work.silent.rows) == sorted(names(s, viewer, "silent_frameworks"))
    assert [p.name_cs for p in work.stale.rows] == names(s, viewer, "stale_updates")
    assert [f.name_cs for f in work.follow_ups.rows] == names(s, viewer, "open_follow_ups")
    found, number = echoes(s, viewer, clock.today(), 9)
    assert [e.framework.name_cs for e in found if e.silent(90)] == ["Bez stavu", "Tichý"] and number == 4
    signs = {one.record.name_cs: one.day for one in FIGURES["silent_frameworks"].records(s, viewer, EVERYTHING)}
    assert signs == {e.framework.name_cs: e.last for e in found if e.silent(90)}


def test_filters_that_concern_a_count_narrow_it(s, scene) -> None:
    viewer = accounts.actor(s, "viewer")
    here, there = (Scope(certainty="all", framework=scene[key].id) for key in ("silent", "prague"))
    assert (
        names(s, viewer, "silent_frameworks", here) == ["Tichý"] and names(s, viewer, "silent_frameworks", there) == []
    )
    assert names(s, viewer, "stale_updates", here) == ["Starý"] and names(s, viewer, "stale_updates", there) == []
    assert names(s, viewer, "partners", here) == ["Partner"] and names(s, viewer, "partners", there) == []
    assert names(s, viewer, "events", here) == ["Panel"] and names(s, viewer, "events", there) == []
    assert names(s, viewer, "overdue_tasks", here) == ["Pozdě"] and names(s, viewer, "overdue_tasks", there) == []
    assert names(s, viewer, "overdue_follow_ups", here) == ["Po termínu"]
    assert len(names(s, viewer, "overdue_reports", here)) == 1 and names(s, viewer, "overdue_reports", there) == []
    assert names(s, viewer, "events", Scope(certainty="all", years=(2025, 2025))) == []
    assert names(s, viewer, "frameworks", Scope(certainty="documents")) == [
        name for name, one in (("Tichý", scene["silent"]),) if one.certainty == "document"
    ]
    with pytest.raises(ValueError, match="no such group"):
        FIGURES["events"].behind(viewer, EVERYTHING, part="1")


def test_days_of_staleness_and_silence_are_settings(app, s, scene) -> None:
    from dataclasses import replace

    from portal.web.frame import frame

    with app.app_context():
        kept = frame().settings
        frame().settings = replace(kept, stale_days=92, silent_days=92)
        try:
            assert names(s, SYSTEM, "stale_updates") == ["Tajný"]
            viewer = accounts.actor(s, "viewer")
            assert names(s, viewer, "silent_frameworks") == ["Bez stavu"]
        finally:
            frame().settings = kept
