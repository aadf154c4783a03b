"""Pure rules of legal instruments: names, CELEX numbers, dates as sure as they are."""

from __future__ import annotations

import pytest

from portal.kernel.when import When
from portal.legal.rules import problems
from portal.sources.facts import Pair

NAMED = {"name": Pair("Směrnice", "")}


@pytest.mark.parametrize("name", [None, Pair("", "")])
def test_a_document_has_a_name(name) -> None:
    assert problems({"name": name}) == {"name": "name_missing"}
    assert problems({"name": Pair("", "Directive")}) == {}


@pytest.mark.parametrize(
    "celex", ["32004L0081", "32006R1905", "52011DC0743", "22011A0225(03)", "02004L0081-20110101", "32004L0081R(01)"]
)
def test_numbers_as_eur_lex_composes_them_are_taken(celex: str) -> None:
    assert problems(NAMED | {"celex": celex}) == {}


@pytest.mark.parametrize("celex", ["2004/81/ES", "32004l0081", "32004L81", "CELEX:32004L0081", "326/1999"])
def test_what_is_no_celex_number_is_refused(celex: str) -> None:
    assert problems(NAMED | {"celex": celex}) == {"celex": "no_celex_number"}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"dated": "2004-04-29", "transposition_deadline": "2006-08-05"}, {}),
        (
            {"dated": "2004-04-29", "transposition_deadline": "2003"},
            {"transposition_deadline": "due_before_it_was_made"},
        ),
        ({"adopted_on": "2009-04", "end_of_validity": "2008"}, {"end_of_validity": "over_before_it_was_made"}),
        ({"signed": "2010-06-17", "end_of_validity": "2010"}, {}),  # later in the same year, for all one knows
        ({"in_force": "2011-03-01", "end_of_validity": "2011-02"}, {"end_of_validity": "end_before_start"}),
        ({"dated": "2010-05-01", "in_force": "2010-01-01"}, {}),  # a law may be in force for days before it was made
        ({"dated": "2010~", "end_of_validity": "2008"}, {}),  # about 2010 may be earlier
        ({"signed": "2011", "concluded": "2010"}, {}),
    ],
)
def test_nothing_follows_from_a_document_before_it_was_made_as_far_as_that_is_sure(values: dict, found: dict) -> None:
    assert problems(NAMED | {unit: When(text) for unit, text in values.items()}) == found


def test_a_document_is_not_laid_down_in_itself() -> None:
    assert problems(NAMED | {"id": 7, "laid_down_in": 7}) == {"laid_down_in": "laid_down_in_itself"}
    assert problems(NAMED | {"id": 7, "laid_down_in": 8}) == {}
