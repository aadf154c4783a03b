"""Pages of sources ask the database as often for twenty rows as for two."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.kernel import transaction
from portal.kernel.db import db
from portal.kernel.when import When
from portal.projects.models import Project
from portal.sources.actions import Quotation, Support
from portal.sources.models import Document
from tests.factories import changing, partners, projects, sources


def grow(engine, rows: int) -> dict[str, int]:
    """Let the register, one document and one fact grow to `rows` rows."""
    with transaction.unit(engine) as s, changing(s):
        document = s.scalar(sa.select(Document).order_by(Document.id)) or sources.document(
            s, "Zpráva", body="citát 1 citát 2"
        )
        project = s.scalar(sa.select(Project).order_by(Project.id)) or projects.project(s, "ERIS")
        start = s.scalar(sa.select(sa.func.count()).select_from(Document))
        for n in range(start, rows + 1):
            cited = Support("public", (Quotation(sources.document(s, f"Strana {n}", "public").id, "", f"slova {n}"),))
            here = Support("document", (Quotation(document.id, "", f"citát {n}"),))
            sources.statement(s, project, "actual_end", When(str(2000 + n)), cited)
            other = projects.project(s, f"Projekt {n}", umbrella=project, backed=here, acronym=f"P{n}")
            role = partners.role(s, other, partners.organisation(s, f"Organizace {n}"))
            sources.statement(s, role, "role_words", f"slova {n}", here)
        return {"document": document.id, "project": project.id}


@pytest.mark.parametrize(
    "path", ["/sources", "/sources/{document}", "/sources/{document}?view=text", "/records/{project}/facts/actual_end"]
)
def test_two_rows_and_twenty_cost_the_same_number_of_queries(app, engine, client_as, path: str) -> None:
    client = client_as("editor", everywhere=True)
    asked: list[str] = []
    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", lambda c, cursor, statement, *rest: asked.append(statement))

    def cost(rows: int) -> int:
        address = path.format(**grow(engine, rows))
        client.get(address)  # the first page of a session notes that it is in use
        asked.clear()
        client.get(address)
        return len(asked)

    assert cost(2) == cost(20) <= 25
