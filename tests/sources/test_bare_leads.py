"""Whoever lets a value lead before what a source states is told so, unless they say on what it rests or why it changes."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from portal.kernel.when import When
from tests.factories import changing, frameworks, projects, sources

SAID = "bez zdroje a bez důvodu"


@pytest.fixture
def path(engine) -> str:
    """The form of a project whose end a document states, and whose start nobody does."""
    with transaction.unit(engine) as s, changing(s):
        project = projects.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
        sources.statement(s, project, "actual_end", When("2016-01"), sources.support(s, "ministry"))
        sources.statement(s, project, "actual_start", When("2013"), lead=True)
        return f"/projects/{project.id}/edit"


@pytest.fixture
def editor(client_as):
    return client_as("editor", everywhere=True)


def said(client, path: str, **typed) -> str:
    """What is said at the top once it is saved."""
    after = client.follow(client.submit(client.get(path), **typed))
    return " ".join(after.soup.select_one(".flashes").get_text(" ").split())


def test_a_value_without_source_and_reason_that_takes_the_lead_from_a_source_is_named(editor, path) -> None:
    told = said(editor, path, actual_end="2018", actual_start="2014")
    assert SAID in told
    assert "Skutečný konec" in told and "Skutečný začátek" not in told


@pytest.mark.parametrize(
    "typed",
    [
        {"actual_end": "2018", "source_reason": "oznámeno e-mailem"},
        {"actual_end": "2018", "source_title": "Závěrečná zpráva"},
        {"actual_start": "2014"},
        {"note_cs": "poznámka"},
    ],
)
def test_nothing_is_said_where_it_is_told_why_or_no_source_is_passed_over(editor, path, typed) -> None:
    assert SAID not in said(editor, path, **typed)


def test_nothing_is_said_where_the_value_of_the_source_is_typed_again(editor, path) -> None:
    said(editor, path, actual_end="2018")
    assert SAID not in said(editor, path, actual_end="leden 2016")
