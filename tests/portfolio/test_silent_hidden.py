"""Whether a framework is silent does not tell of what the reader may not see, nor by what is filled in of old."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from portal.figures.silence import last_signs
from portal.kernel import clock
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.portfolio.queries.work import work_of
from portal.progress.actions import report_status
from tests.factories import accounts, changing, frameworks, projects


def silent(s, actor, before: date) -> list[str]:
    return [framework.name_cs for framework in work_of(s, actor, before, True).silent.rows]


def test_a_hidden_project_or_framework_below_does_not_keep_a_framework_off_the_list(s) -> None:
    today = clock.today()
    busy, parent = frameworks.framework(s, "S projektem"), frameworks.framework(s, "S podrámcem")
    frameworks.framework(s, "Tajný podrámec", parent=parent, confidential=True)
    project = projects.project(s, "Tajný", framework=busy, status="2", confidential=True)
    with changing(s):
        report_status(s, SYSTEM, project, {"happened": "Jednání", "held_on": When(today.isoformat())})
    assert silent(s, accounts.actor(s), today) == ["S podrámcem", "S projektem"]
    assert silent(s, SYSTEM, today) == ["S podrámcem", "Tajný podrámec"]


def test_a_status_of_long_ago_written_today_is_a_sign_of_its_own_day(s) -> None:
    today = clock.today()
    old, vague, ahead = (frameworks.framework(s, name) for name in ("Dávný", "Letošní", "Příští"))
    said = {old: "2015-01", vague: str(today.year), ahead: f"{today}/{today + timedelta(days=20)}"}
    with changing(s):
        for framework, day in said.items():
            report_status(s, SYSTEM, framework, {"happened": "Jednání", "held_on": When(day)})
    assert silent(s, SYSTEM, today - timedelta(days=90)) == ["Dávný"]
    signs = last_signs(SYSTEM, today)
    found = dict(s.execute(select(signs.c.root, signs.c.day)).all())
    assert found == {old.id: date(2015, 1, 31), vague.id: today, ahead.id: today}
    with changing(s):
        report_status(s, SYSTEM, old, {"happened": "Jednání", "held_on": When(today.isoformat())})
    assert silent(s, SYSTEM, today) == []
