"""A project of a name that is there already is asked about; what a person may not see is not hinted at."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.kernel import transaction
from portal.projects.models import Project
from tests.factories import changing, frameworks, funding


@pytest.fixture
def there(engine) -> dict[str, int]:
    """Ids of a framework, and of an open and a confidential project under it."""
    with transaction.unit(engine) as s, changing(s):
        prague = frameworks.framework(s, "Pražský proces")
        shown = funding.project(s, "Zřízení Střediska", framework=prague)
        shown.rename("Zřízení Střediska", "A Centre Founded")
        funding.project(s, "Tajný výcvik", framework=prague, confidential=True)
        return {"framework": prague.id, "shown": shown.id}


def number(engine) -> int:
    with transaction.unit(engine) as s:
        return s.scalar(select(func.count()).select_from(Project))


@pytest.mark.parametrize(
    "typed", [{"name_cs": " zřízení  střediska "}, {"name_en": "Zřízení Střediska"}, {"name_cs": "A CENTRE FOUNDED"}]
)
def test_a_name_that_is_there_is_asked_about_with_a_link_to_compare(engine, client_as, there, typed) -> None:
    client = client_as("editor", frameworks=[there["framework"]])
    form = client.get("/projects/add")
    assert "Je to jiný projekt" not in form.text
    typed = typed | {"framework": str(there["framework"]), "description_cs": "popis"}
    asked = client.submit(form, 422, **typed)
    [asks] = asked.errors()
    assert "Projekt tohoto názvu už v portálu je: Zřízení Střediska" in asks
    assert f"/projects/{there['shown']}" in asked.links() and asked.value("description_cs") == "popis"
    assert number(engine) == 2
    client.submit(asked, 303, another="1")
    assert number(engine) == 3


def test_a_confidential_name_is_asked_about_by_nobody_who_may_not_see_it(engine, client_as, there) -> None:
    client = client_as("editor", frameworks=[there["framework"]])
    client.submit(client.get("/projects/add"), 303, name_cs="Tajný výcvik", framework=str(there["framework"]))
    assert number(engine) == 3


def test_editing_a_project_never_asks_for_another(client_as, there) -> None:
    client = client_as("editor", frameworks=[there["framework"]])
    page = client.get(f"/projects/{there['shown']}/edit")
    assert page.value("another") is None
    client.submit(page, 303, name_cs="Zřízení střediska")
