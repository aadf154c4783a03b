"""Search on the seed portfolio: a table of queries and what they must and must not find, the same on both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.portfolio.queries.search import found
from tests.engines import KINDS

PAIRS = json.loads((Path(__file__).parent / "search_pairs.json").read_text())


@pytest.fixture(scope="module")
def engines(stores) -> Iterator[dict[str, Session]]:
    """A Session on the seed portfolio of each engine."""
    with Session(stores["sqlite"].reading) as one, Session(stores["postgresql"].reading) as two:
        yield dict(zip(KINDS, (one, two), strict=True))


def keys(s: Session, pair: dict) -> list[str]:
    return [record.key for record in found(s, SYSTEM, pair["query"], pair["lang"]).records]


def test_the_table_is_long_enough_and_has_negatives() -> None:
    assert len(PAIRS) >= 40
    assert len({(pair["query"], pair["lang"]) for pair in PAIRS}) == len(PAIRS)
    assert sum(not pair["finds"] for pair in PAIRS) >= 5
    assert all(pair["finds"] or pair["not"] for pair in PAIRS)
    assert {pair["lang"] for pair in PAIRS} == {"cs", "en"}


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair['lang']} {pair['query']}" for pair in PAIRS])
def test_a_query_finds_what_it_should_alike_on_both_engines(engines, pair) -> None:
    by_engine = {kind: keys(s, pair) for kind, s in engines.items()}
    assert by_engine["sqlite"] == by_engine["postgresql"]
    answer = by_engine["sqlite"]
    assert set(pair["finds"]) <= set(answer), f"missing {set(pair['finds']) - set(answer)}, found {answer}"
    assert not set(pair["not"]) & set(answer)
    if "first" in pair:
        assert answer[0] == pair["first"]
    if "best" in pair:
        assert answer[: len(pair["best"])] == pair["best"]
    if not pair["finds"]:
        assert answer == []
