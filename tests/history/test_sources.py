"""Citing one more source is a change like any other: history says which document, where in it, and in which words."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.kernel.veil import drape
from portal.sources.actions import Quotation, cite
from portal.sources.models import Statement
from tests.factories import changing, funding
from tests.history.test_pages import entries, last


@pytest.fixture
def cited(engine) -> dict[str, int]:
    """The status of a project rests on one document from the start, and on a second one since a later change."""
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(s, "ERIS", status="2", backed=funding.support(s))
        second = funding.document(s, "Závěrečná zpráva")
        made = {"project": project.id, "document": second.id}
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent", reason="na dotaz auditora"):
        statement = s.scalars(
            select(Statement).where(Statement.record_id == made["project"], Statement.field == "status")
        ).one()
        cite(s, SYSTEM, statement, [Quotation(made["document"], "s. 4", "projekt trvá", quotation_lang="cs")])
    return made | {"change": last(engine)}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("cs", "Stav : další zdroj: Závěrečná zpráva, s. 4, projekt trvá"),
        ("en", "Status : one more source: Závěrečná zpráva, s. 4, projekt trvá"),
    ],
)
def test_one_more_source_is_told_with_place_and_quotation(client_as, cited, lang, words) -> None:
    viewer = client_as("viewer", lang=lang)
    told = entries(viewer.get(f"/records/{cited['project']}/history"))
    assert len(told) == 2
    assert words in told[0].replace(" ,", ",") and "na dotaz auditora" in told[0]
    assert "další zdroj" not in told[1] and "one more source" not in told[1]
    assert told[0].count("Závěrečná zpráva") == 1 and "Závěrečná" not in told[1]
    page = viewer.get(f"/changes/{cited['change']}")
    assert "projekt trvá" in page.soup.find("q").get_text() and page.soup.find("q")["lang"] == "cs"


def test_a_source_one_may_not_see_is_told_of_to_nobody(client_as, cited, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        document = s.get_one(Record, cited["document"])
        document.confidential = True
        drape(s, [document])
    viewer = client_as("viewer", lang="cs")
    page = viewer.get(f"/records/{cited['project']}/history")
    assert len(entries(page)) == 1 and "projekt trvá" not in page.text and "auditora" not in page.text
    viewer.get(f"/changes/{cited['change']}", status=404)
    assert "projekt trvá" not in viewer.get("/changes").text
