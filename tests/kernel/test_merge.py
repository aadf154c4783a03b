"""The three-way merge: nobody's change is lost, and what two people changed differently is asked, not guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel.merge import Conflict, merge, same
from portal.kernel.money import Money
from portal.kernel.when import When

properties = settings(deadline=None)
UNITS = ("name", "amount", "start", "note")
VALUES = st.sampled_from([None, "", "a", "b", 0, Money(0, "EUR"), Money(1, "EUR"), When("2013"), When("2013-02")])
STATES = st.fixed_dictionaries(dict.fromkeys(UNITS, VALUES))


def alike(a, b) -> bool:
    return a.keys() == b.keys() and all(same(a[unit], b[unit]) for unit in a)


# ---- one merge, looked at closely ------------------------------------------------------------------------------


def test_each_side_keeps_what_it_alone_changed():
    base = {"name": "Pilot", "amount": None, "start": When("2013"), "note": "x", "lead": "PL"}
    theirs = {"name": "Pilot", "amount": None, "start": When("2013-02"), "note": "y", "lead": "CZ"}
    mine = {"name": "Pilot 1", "amount": None, "start": When("2013"), "note": "y", "lead": "SK"}

    merged = merge(base, theirs, mine)

    assert merged.values == {
        "name": "Pilot 1",
        "amount": None,
        "start": When("2013-02"),
        "note": "y",
        "lead": "CZ",
    }
    assert merged.taken == ("name",)
    assert merged.kept == ("start",)
    assert merged.agreed == ("note",)
    assert merged.conflicts == (Conflict("lead", base="PL", theirs="CZ", mine="SK"),)


def test_an_amount_and_its_currency_are_never_split():
    merged = merge({"sum": Money(100, "EUR")}, {"sum": Money(200, "EUR")}, {"sum": Money(100, "CZK")})
    assert [conflict.unit for conflict in merged.conflicts] == ["sum"]
    assert merged.values["sum"] == Money(200, "EUR")


def test_blank_and_none_are_the_same_but_zero_is_a_value():
    merged = merge({"note": None, "count": None}, {"note": "", "count": None}, {"note": None, "count": 0})
    assert (merged.taken, merged.kept, merged.conflicts) == (("count",), (), ())
    assert merged.values == {"note": "", "count": 0}


def test_clearing_is_a_change_like_any_other():
    assert merge({"note": "a"}, {"note": "a"}, {"note": ""}).values == {"note": ""}
    assert merge({"note": "a"}, {"note": "b"}, {"note": None}).conflicts == (Conflict("note", "a", "b", None),)


def test_only_the_units_named_are_merged_and_in_their_order():
    state = {"a": 1, "b": 2, "c": 3}
    merged = merge(state, {**state, "c": 4}, {"b": 9, "a": 8}, units=["b", "a"])
    assert merged.values == {"b": 9, "a": 8}
    assert merged.taken == ("b", "a")


@pytest.mark.parametrize("side", [0, 1, 2])
def test_a_missing_unit_is_an_error_and_not_a_cleared_one(side):
    sides = [{"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 1, "b": 2}]
    del sides[side]["b"]
    with pytest.raises(KeyError, match="b"):
        merge(*sides)
    with pytest.raises(KeyError, match="b"):
        merge(*sides, units=["a", "b"])


def test_a_person_resolves_conflicts_one_by_one():
    base, theirs, mine = ({"a": side, "b": side} for side in ("base", "theirs", "mine"))
    merged = merge(base, theirs, mine)

    half = merged.resolve({"a": "mine"})
    assert half.values == {"a": "mine", "b": "theirs"}
    assert (half.taken, half.kept) == (("a",), ())
    assert [conflict.unit for conflict in half.conflicts] == ["b"]

    whole = half.resolve({"b": "theirs"})
    assert whole.values == {"a": "mine", "b": "theirs"}
    assert (whole.taken, whole.kept, whole.conflicts) == (("a",), ("b",), ())
    assert merged.values == {"a": "theirs", "b": "theirs"}, "resolving leaves the first outcome as it was"


def test_only_a_conflict_is_resolved_and_only_by_one_of_two_sides():
    merged = merge({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 3, "b": 2})
    with pytest.raises(KeyError, match="b"):
        merged.resolve({"b": "mine"})
    with pytest.raises(ValueError, match="base"):
        merged.resolve({"a": "base"})


# ---- what always holds -----------------------------------------------------------------------------------------


@properties
@given(STATES, STATES, STATES)
def test_no_change_is_lost(base, theirs, mine):
    merged = merge(base, theirs, mine)
    asked = {conflict.unit for conflict in merged.conflicts}
    for unit in UNITS:
        if not same(theirs[unit], base[unit]):
            assert same(merged.values[unit], theirs[unit])
        if not same(mine[unit], base[unit]):
            assert unit in asked or same(merged.values[unit], mine[unit])
        if same(theirs[unit], base[unit]) and same(mine[unit], base[unit]):
            assert same(merged.values[unit], base[unit])


@properties
@given(STATES, STATES, STATES)
def test_a_conflict_is_exactly_what_both_changed_differently(base, theirs, mine):
    expected = {
        unit
        for unit in UNITS
        if not same(base[unit], theirs[unit])
        and not same(base[unit], mine[unit])
        and not same(theirs[unit], mine[unit])
    }
    conflicts = merge(base, theirs, mine).conflicts
    assert {conflict.unit for conflict in conflicts} == expected
    for conflict in conflicts:
        unit = conflict.unit
        assert (conflict.base, conflict.theirs, conflict.mine) == (base[unit], theirs[unit], mine[unit])


@properties
@given(STATES, STATES, STATES)
def test_swapping_the_sides_swaps_the_outcome(base, theirs, mine):
    one, other = merge(base, theirs, mine), merge(base, mine, theirs)
    assert (one.taken, one.kept, one.agreed) == (other.kept, other.taken, other.agreed)
    assert one.conflicts == tuple(Conflict(c.unit, c.base, c.mine, c.theirs) for c in other.conflicts)
    for unit in set(UNITS) - {conflict.unit for conflict in one.conflicts}:
        assert same(one.values[unit], other.values[unit])


@properties
@given(STATES, STATES)
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(base, other):
    as_mine, as_theirs = merge(base, base, other), merge(base, other, base)
    assert alike(as_mine.values, other) and not as_mine.conflicts and not as_mine.kept
    assert alike(as_theirs.values, other) and not as_theirs.conflicts and not as_theirs.taken


@properties
@given(STATES, STATES, STATES, st.sampled_from(["theirs", "mine"]))
def test_merging_again_changes_nothing(base, theirs, mine, choice):
    merged = merge(base, theirs, mine)
    settled = merged.resolve({conflict.unit: choice for conflict in merged.conflicts})
    assert not settled.conflicts
    again = merge(theirs, settled.values, settled.values)
    assert again.values == settled.values and not again.conflicts
    assert merge(theirs, theirs, settled.values).conflicts == ()
    assert alike(merge(theirs, theirs, settled.values).values, settled.values)


@properties
@given(STATES, STATES, STATES)
def test_every_unit_is_in_at_most_one_group(base, theirs, mine):
    merged = merge(base, theirs, mine)
    grouped = [*merged.taken, *merged.kept, *merged.agreed, *(conflict.unit for conflict in merged.conflicts)]
    assert len(grouped) == len(set(grouped))
    assert list(merged.values) == list(base)
