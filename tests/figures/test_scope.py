"""The scope is the address of a page, there and back."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from portal.figures import NOT_STATED, Scope
from portal.figures.shapes import Cell, sums
from portal.kernel.money import Money


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope(certainty="all", framework=7, country=2, organisation=3, provider=4),
        Scope(instrument=NOT_STATED, statuses=("1", "none"), years=(2010, 2013)),
        Scope(organisation=3, role="lead", currency="CZK", reach="through"),
    ],
)
def test_a_scope_survives_its_address(scope: Scope) -> None:
    assert Scope.read(MultiDict(scope.args())) == scope


def test_what_cannot_be_read_is_left_out() -> None:
    typed = MultiDict(
        [("certainty", "sure"), ("framework", "7;drop"), ("status", "9"), ("status", "2"), ("years", "2013–2010"),
         ("country", "-1"), ("provider", "٣"), ("reach", "theirs"), ("role", "boss"), ("currency", "eur")]
    )  # fmt: skip
    assert Scope.read(typed) == Scope(statuses=("2",), years=(2010, 2013))
    assert Scope.read(MultiDict({"years": "99999"})) == Scope()


def test_an_unknown_certainty_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="no such certainty"):
        Scope(certainty="sure")


def test_nothing_to_add_is_unknown_and_not_zero() -> None:
    assert sums([]) == {}
    one = sums([Cell("EUR", "document", False, 100, 1), Cell("EUR", "public", True, 50, 2)])["EUR"]
    assert (one.exact, one.rounded, one.total, one.flows) == (Money(100, "EUR"), Money(50, "EUR"), Money(150, "EUR"), 3)
