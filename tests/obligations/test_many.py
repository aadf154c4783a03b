"""Of a framework with more projects than are looked at, that is said."""

from __future__ import annotations

import pytest

from portal.kernel.permission import SYSTEM
from portal.obligations import readiness
from tests.factories import frameworks, funding, obligations


@pytest.mark.parametrize(("projects", "said"), [(2, False), (3, True)])
def test_more_projects_than_are_looked_at_are_said(s, monkeypatch, projects, said) -> None:
    monkeypatch.setattr(readiness, "MOST", 2)
    framework = frameworks.framework(s, "Pražský proces")
    for n in range(projects):
        funding.project(s, f"Projekt {n}", framework=framework)
    found = readiness.readiness(s, SYSTEM, obligations.due_report(s, framework, kind_code="annual"))
    told = [(item.record.id, item.details) for item in found if item.what == "projects"]
    assert told == ([(framework.id, (2,))] if said else [])
