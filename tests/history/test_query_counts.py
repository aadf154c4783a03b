"""Pages of history ask as often for a change of many records as for one of few, and read only what they show."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.funding.actions import edit_flow
from portal.history.queries import change as find_change
from portal.history.queries import entries as read_entries
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.sources.actions import choose_leading
from portal.sources.models import Statement
from tests.factories import accounts, changing, frameworks, funding
from tests.history.test_pages import entries, last
from tests.portfolio.test_query_counts import queries


def add(engine, top: int, number: int) -> int:
    """One change that adds so many projects with money and a role; its id."""
    with transaction.unit(engine) as s, changing(s):
        for n in range(number):
            project = funding.project(s, f"Projekt {n:03}", framework=s.get_one(Record, top), status="2")
            funding.flow(s, project, 10 + n, certainty="uncited")
    return last(engine)


@pytest.fixture
def changes(engine) -> tuple[int, int, int]:
    """The framework, a change of 2 projects, and one of 60."""
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces").id
    return top, add(engine, top, 2), add(engine, top, 60)


def test_a_page_of_a_large_change_asks_as_often_as_one_of_a_small_one(client_as, changes) -> None:
    viewer = client_as("viewer")
    viewer.get("/changes")
    _top, few, many = changes
    asked = {}
    for path in ("/k/{}/changes", "/changes/{}", "/k/{}/as-of"):
        for number in (few, many):
            with queries() as statements:
                viewer.get(path.format(number))
            asked.setdefault(path, []).append(len(statements))
    assert {path: one for path, one in asked.items() if one[0] != one[1]} == {}
    with queries() as statements:
        viewer.get("/changes")
    assert len(statements) < 70


def test_a_list_of_changes_reads_what_it_shows_and_counts_the_rest(client_as, engine, changes) -> None:
    _top, few, many = changes
    with transaction.unit(engine) as s:
        viewer = accounts.actor(s)
        [short] = read_entries(s, viewer, [find_change(s, many)], most=5)
        assert len({line.about for line in short.lines}) == 5 and short.records == 120
        assert len(short.lines) < 60
        [whole] = read_entries(s, viewer, [find_change(s, few)])
        assert len({line.about for line in whole.lines}) == whole.records == 4
    told = entries(client_as("viewer", lang="cs").get("/changes"))
    assert "a 115 dalších záznamů" in told[0], told[0]
    assert told[0].count("Projekt 000") >= 1 and "Projekt 050" not in told[0]
    page = client_as("viewer", lang="cs").get(f"/changes/{many}")
    assert "Projekt 059" in page.text


def test_naming_documents_asks_as_often_for_many_as_for_few(client_as, engine) -> None:
    """Each flow rests on a document of its own, and each amount was raised and put back to what its document says."""
    numbers = []
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces").id
    for number in (2, 20):
        with transaction.unit(engine) as s, changing(s):
            flows = [funding.flow(s, s.get_one(Record, top), 10 + n).id for n in range(number)]
        made = last(engine)
        for amount in (1000, 0):
            with transaction.unit(engine) as s, changing(s):
                for n, flow in enumerate(flows):
                    row = s.get_one(Record, flow)
                    if amount:
                        edit_flow(s, SYSTEM, row, {"amount": funding.eur(amount)})
                    else:
                        of = Statement.record_id == flow, Statement.value == f"EUR {(10 + n) * 100}"
                        choose_leading(s, SYSTEM, s.scalars(select(Statement).where(*of)).one(), "zpět")
        numbers.append((made, last(engine)))
    viewer = client_as("viewer")
    viewer.get("/changes")
    for few, many in zip(*numbers, strict=True):
        asked = []
        for number in (few, many):
            with queries() as statements:
                page = viewer.get(f"/changes/{number}")
            asked.append((len(statements), len(page.soup.select("#sources li"))))
        assert asked[0][0] == asked[1][0] and [documents for _asked, documents in asked] == [2, 20]
