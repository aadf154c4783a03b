"""Status updates are the department's own words: they leave in the overview only where that is asked for."""

from __future__ import annotations

from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.progress.actions import report_status
from portal.projects.models import Project
from tests.reporting import taken


def words(book) -> str:
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_what_colleagues_wrote_is_in_the_file_only_where_it_is_asked_for(seeded_as, seeded_engine) -> None:
    with transaction.unit(seeded_engine) as s, transaction.change(s, None, "command", actor_name="zkouška"):
        eris = s.scalars(select(Project).where(Project.key == "eris")).one()
        report_status(s, SYSTEM, eris, {"held_on": When("2026-11"), "light": "warn", "happened": "Vnitřní poznámka."})
    officer = seeded_as("reporting_officer", everywhere=True)
    assert "Vnitřní poznámka." not in words(taken.workbook(officer))
    assert "Vnitřní poznámka." in words(taken.workbook(officer, "?reports=1"))
