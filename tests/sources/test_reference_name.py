"""The reference number of a record has one name: in its form, on its page, and in what is exported."""

from __future__ import annotations

import pytest

from portal.kernel import codes, transaction
from tests.factories import changing, projects


@pytest.mark.parametrize(("lang", "name"), [("cs", "Číslo jednací nebo spisová značka"), ("en", "Reference number")])
def test_the_form_the_profile_and_the_export_call_it_the_same(engine, client_as, lang: str, name: str) -> None:
    with transaction.unit(engine) as s, changing(s):
        project_id = projects.project(s, reference="MV-1/2014").id
    client = client_as("editor", everywhere=True)
    client.speak(lang)
    label = client.get(f"/projects/{project_id}/edit").soup.find("label", attrs={"for": "reference"})
    head = client.get(f"/projects/{project_id}").soup.find("dd", string="MV-1/2014").find_previous_sibling("dt")
    assert label.find(string=True, recursive=False).strip() == name
    assert head.get_text(strip=True) == name
    assert codes.fact_label("project", "reference", lang) == name
