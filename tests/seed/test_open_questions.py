"""Each ambiguity of the data file is an open question on a named page, in its words, with its quotation and nothing added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.questions.models import Question
from tests.seed.values import by_key, records
from tests.states import PROFILES

AMBIGUITIES = json.loads(Path(__file__).with_name("open_questions.json").read_text(encoding="utf-8"))
"""What is ambiguous, the quotation, the document's key and the advice, as the data file has them."""


def in_order():
    return sorted((r for r in records().values() if r.kind == "question"), key=lambda r: r.key)


def test_there_are_twenty_two_and_each_is_asked_once() -> None:
    assert len(AMBIGUITIES) == 22
    assert [next(f.value for f in r.facts if f.field == "name") for r in in_order()] == [a["what"] for a in AMBIGUITIES]


@pytest.mark.parametrize("n", range(22))
def test_a_question_keeps_its_quotation_and_its_advice_and_is_not_answered(n: int) -> None:
    told, question = AMBIGUITIES[n], in_order()[n]
    facts = {f.field: f for f in question.facts}
    assert set(facts) == ({"name", "advice"} if told["advice"] else {"name"})
    assert " / ".join(c.quotation for c in facts["name"].citations) == told["quote"]
    assert {(c.document, c.verbatim) for c in facts["name"].citations} == {(told["source"], True)}
    if told["advice"]:
        assert (facts["advice"].value, facts["advice"].certainty) == (told["advice"], "unsure")
    assert question.columns["about"] in by_key()


@pytest.mark.one_engine
def test_each_has_an_address_and_stands_on_the_page_of_what_it_is_about(read_as, store) -> None:
    with Session(store.reading) as s:
        asked = s.scalars(select(Question)).all()
        places = [(q.id, PROFILES[q.about.kind].format(q.about_id)) for q in asked]
    assert len(places) == 22
    viewer = read_as("viewer")
    for question_id, profile in places:
        links = {a["href"] for a in viewer.get(profile).soup.select("#questions a")}
        assert f"/questions/{question_id}" in links, profile
        page = viewer.get(f"/questions/{question_id}")
        assert "Kdo je na tahu" in page.text and "editoři rámce" in page.text and "zatím nezodpovězeno" in page.text
