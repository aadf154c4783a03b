"""Undo of a change on the toy portfolio: what goes back, byte for byte, and what stays."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.kernel.errors import NoOpenChange
from portal.kernel.history import undo
from portal.kernel.transaction import Change, change, unit
from tests.kernel import toy
from tests.kernel.toy import Note, Part, Plan, Thing, states
from tests.kernel.undoing import (
    LOOSE,
    column,
    conflicts,
    family,
    now,
    planned,
    rename,
    undone,
    without_versions,
    written,
)
from tests.portfolio.test_query_counts import queries


def test_a_row_that_was_added_is_removed(engine):
    written(engine, lambda s: s.add(Thing(name="a")))
    assert undone(engine, 1) == 2
    with Session(engine) as s:
        assert states(s, "thing", "name") == [("a", 1, 2)]
        assert s.get_one(Change, 2).undoes == 1


def test_a_changed_unit_goes_back_and_the_version_counts_on(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"))
    undone(engine, 2)
    with Session(engine) as s:
        assert states(s, "thing", "name", "version") == [("a", 1, 1, 2), ("b", 2, 2, 3), ("a", 3, 3, None)]


def test_what_a_later_change_wrote_elsewhere_in_the_row_stays(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"), "UPDATE thing SET code = 'k', version = 7")
    undone(engine, 2)
    assert column(engine, "SELECT name FROM thing") == ["a"]
    assert column(engine, "SELECT code FROM thing") == ["k"]
    assert column(engine, "SELECT version FROM thing") == [8]


def test_a_unit_that_stands_as_before_already_leaves_nothing_to_do(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"), rename("a"))
    plan = planned(engine, 2)
    assert plan.empty and plan.conflicts == ()


def test_an_amount_and_its_currency_are_never_parted(engine):
    """One change wrote the amount, a later one the currency alone: half of an amount never goes back."""
    written(
        engine,
        lambda s: s.add(Part(cost_minor=100, cost_currency="EUR")),
        "UPDATE part SET cost_minor = 200",
        "UPDATE part SET cost_currency = 'CZK'",
    )
    assert conflicts(engine, 2) == [("moved", "part", (1,), "cost", None)]


def test_what_is_made_from_a_unit_goes_back_with_it_and_is_never_in_the_way(engine):
    written(
        engine,
        lambda s: s.add(Part(name_cs="čas", order_cs="1")),
        "UPDATE part SET name_cs = 'den', order_cs = '2'",
        "UPDATE part SET order_cs = 'made in another way'",
    )
    undone(engine, 2)
    assert column(engine, "SELECT order_cs FROM part") == ["1"]


def test_two_updates_in_one_change_go_back_as_one(engine):
    def twice(s):
        for name in ("b", "c"):
            s.execute(sa.text("UPDATE thing SET name = :n, version = version + 1"), {"n": name})

    written(engine, lambda s: s.add(Thing(name="a")), twice)
    undone(engine, 2)
    with Session(engine) as s:
        assert states(s, "thing", "name", "version") == [("a", 1, 1, 2), ("c", 3, 2, 3), ("a", 4, 3, None)]


def test_a_row_deleted_with_its_children_comes_back_byte_for_byte(engine):
    written(engine, family)
    before = now(engine)
    written(engine, "DELETE FROM thing")
    undone(engine, 2)
    assert without_versions(now(engine)) == without_versions(before)
    assert column(engine, "SELECT CAST(payload AS text) FROM thing") == [LOOSE]
    assert column(engine, "SELECT CAST(code IS NULL AS integer) FROM thing") == [0]
    assert column(engine, "SELECT count(*) FROM note WHERE raw IS NULL AND weight IS NULL AND stamp IS NULL") == [1]
    assert column(engine, "SELECT version FROM thing") == [2]
    with Session(engine) as s:
        assert isinstance(s.get_one(Thing, 1), Plan)


def test_null_and_the_word_null_are_told_apart(engine):
    written(engine, lambda s: s.add(Plan(name="a", goal="NULL")), "UPDATE plan SET goal = NULL")
    undone(engine, 2)
    assert column(engine, "SELECT goal FROM plan") == ["NULL"]
    with Session(engine) as s:
        assert states(s, "plan", "goal") == [("NULL", 1, 2), (None, 2, 3), ("NULL", 3, None)]


def test_reformatted_json_is_a_change_that_goes_back(engine):
    written(engine, family, """UPDATE thing SET payload = '{"b": 1.0, "a": []}'""")
    undone(engine, 2)
    assert column(engine, "SELECT CAST(payload AS text) FROM thing") == [LOOSE]


def test_a_key_given_out_after_the_undo_is_a_new_one(engine):
    written(engine, lambda s: s.add(Thing(name="a")), "DELETE FROM thing")
    undone(engine, 2)
    written(engine, lambda s: s.add(Thing(name="b")))
    assert column(engine, "SELECT id FROM thing ORDER BY id") == [1, 2]


def test_an_undo_can_be_undone_and_that_again(engine):
    written(engine, family, "DELETE FROM thing")
    empty = now(engine)
    back = undone(engine, 2)
    whole = now(engine)
    again = undone(engine, back)
    assert now(engine) == empty
    undone(engine, again)
    assert without_versions(now(engine)) == without_versions(whole)
    assert column(engine, "SELECT version FROM thing") == [3]


def test_undone_twice_is_nothing_the_second_time(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"), lambda s: s.add(Note(thing_id=1, body="x")))
    undone(engine, 2)
    undone(engine, 3)
    assert planned(engine, 2).empty and planned(engine, 3).empty


def test_an_added_row_that_is_gone_already_leaves_nothing_to_do(engine):
    written(engine, lambda s: s.add(Thing(name="a")), "DELETE FROM thing")
    assert planned(engine, 1).empty


def test_children_added_in_the_same_change_go_with_it(engine):
    written(engine, family)
    undone(engine, 1)
    assert all(rows == [] for rows in now(engine).values())


def test_nothing_is_written_outside_a_change(engine):
    written(engine, lambda s: s.add(Thing(name="a")))
    with pytest.raises(NoOpenChange), unit(engine) as s:
        undo.apply(s, undo.plan(s, 1, toy.metadata))
    assert column(engine, "SELECT name FROM thing") == ["a"]


def test_the_session_forgets_what_it_had_loaded(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"))
    with unit(engine) as s:
        thing = s.get_one(Thing, 1)
        with change(s, 1, "form", undoes=2):
            undo.apply(s, undo.plan(s, 2, toy.metadata))
        assert (thing.name, thing.version) == ("a", 3)


def test_as_many_statements_for_many_rows_as_for_few(engine):
    def many(number):
        return lambda s: s.add_all([Plan(name="a", goal="g", notes=[Note(body="x")]) for _ in range(number)])

    written(engine, many(2), many(60))
    asked = []
    for change_id in (1, 2):
        with queries() as statements:
            undone(engine, change_id)
        asked.append(len(statements))
    assert asked[0] == asked[1]
