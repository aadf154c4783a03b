"""The register of documents by who answers for one, alone and beside its other filters; the file obeys the same."""

from __future__ import annotations

from portal.kernel import transaction
from portal.kernel.when import When
from tests.exchange import files
from tests.factories import accounts, changing, sources


def test_documents_are_found_by_who_answers_for_them(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        jana, petr = (accounts.person(s, "editor", name=name).id for name in ("Jana Nová", "Petr Starý"))
        sources.document(s, "Dopis", dated=When("2014-08")).responsible_id = jana
        sources.document(s, "Stránka", "public", dated=When("2016")).responsible_id = jana
        sources.document(s, "Zápis")
    viewer = client_as("viewer", lang="cs")
    for query, found in {
        f"responsible={jana}": ["Dopis", "Stránka"],
        f"responsible={petr}": [],
        "responsible=none": ["Zápis"],
        f"responsible={jana}&origin=public": ["Stránka"],
        f"responsible={jana}&year=2014": ["Dopis"],
        f"responsible={jana}&year=2015": [],
        "responsible=999999": ["Dopis", "Stránka", "Zápis"],
    }.items():
        assert files.shown(viewer, "documents", f"?{query}") == found, query
        assert [row["name_cs"] for row in files.rows(viewer, "documents", f"?{query}")] == found, query
