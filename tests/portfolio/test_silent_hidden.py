"""Whether a framework is silent does not tell of what the reader may not see."""

from __future__ import annotations

from datetime import date

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
