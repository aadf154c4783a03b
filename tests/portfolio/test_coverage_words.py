"""For how many projects of a list an amount is known, and which sources know of the rest."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from tests.factories import changing, frameworks, funding

REST = {
    "public": "2 další znají jen veřejné zdroje", "unsure": "2 další znají jen nejistá tvrzení", "uncited": "2 další bez zdroje"
}  # fmt: skip


@pytest.mark.parametrize("certainty", list(REST))
def test_projects_are_told_by_what_knows_of_them(engine, client_as, certainty) -> None:
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Pražský proces")
        funding.flow(s, funding.project(s, "Doložený", framework=framework), "10.10")
        for name in ("První", "Druhý"):
            funding.project(s, name, framework=framework, certainty=certainty)
        framework_id = framework.id
    client = client_as("viewer", lang="cs")
    for path in ("/projects", f"/frameworks/{framework_id}"):
        page = client.get(path).text
        assert "známo u 1 z 1" in page
        assert [words in page for words in REST.values()] == [one == certainty for one in REST], (path, page)


def test_projects_added_with_a_name_alone_are_known_to_no_source(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Pražský proces").id
    client = client_as("editor", frameworks=[framework])
    for name in ("První", "Druhý"):
        client.submit(client.get("/projects/add"), name_cs=name, framework=str(framework))
    for path in ("/projects", f"/frameworks/{framework}"):
        page = client.get(path).text
        assert "2 další bez zdroje" in page and "znají jen" not in page
