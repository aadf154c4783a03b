"""What stands in the way of an undo is foreseen, each thing once, and then nothing is written."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.kernel.history import undo
from portal.kernel.transaction import change, unit
from tests.kernel import toy
from tests.kernel.toy import Note, Part, Tag, Thing
from tests.kernel.undoing import (
    column,
    conflicts,
    now,
    planned,
    rename,
    undone,
    written,
)


def test_a_unit_that_a_later_change_wrote_is_a_conflict(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"), rename("c"))
    before = now(engine)
    assert conflicts(engine, 2) == [("moved", "thing", (1,), "name", None)]
    with pytest.raises(ValueError, match="moved"):
        with unit(engine) as s, change(s, 1, "form", undoes=2):
            undo.apply(s, undo.plan(s, 2, toy.metadata))
    assert now(engine) == before


def test_a_unit_moved_and_moved_back_is_no_conflict(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"), rename("c"), rename("b"))
    undone(engine, 2)
    assert column(engine, "SELECT name FROM thing") == ["a"]


def test_a_row_that_is_gone_cannot_be_changed_back(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"), "DELETE FROM thing")
    assert conflicts(engine, 2) == [("gone", "thing", (1,), "", None)]


def test_an_added_row_that_was_changed_since_is_not_thrown_away(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"))
    assert conflicts(engine, 1) == [("moved", "thing", (1,), "name", None)]


def test_a_child_added_since_is_named(engine):
    written(engine, lambda s: s.add(Thing(name="a")), lambda s: s.add(Note(thing_id=1, body="x")))
    assert conflicts(engine, 1) == [("child", "thing", (1,), "", "note")]


def test_a_child_whose_parent_is_gone_cannot_come_back(engine):
    written(
        engine,
        lambda s: s.add(Thing(name="a", notes=[Note(body="x")])),
        "DELETE FROM note",
        "DELETE FROM thing",
    )
    assert conflicts(engine, 2) == [("parent", "note", (1,), "thing", None)]
    undone(engine, 3)
    undone(engine, 2)
    assert column(engine, "SELECT body FROM note") == ["x"]


def test_a_unique_value_taken_since_is_named(engine):
    written(
        engine,
        lambda s: s.add(Thing(name="a", code="k")),
        "UPDATE thing SET code = NULL",
        lambda s: s.add(Thing(name="b", code="k")),
    )
    assert conflicts(engine, 2) == [("taken", "thing", (1,), "code", "thing")]
    assert planned(engine, 2).conflicts[0].other == ("thing", (2,))


def test_a_pair_that_is_back_with_the_same_values_is_done_and_with_others_a_conflict(engine):
    def tag(order):
        return lambda s: s.add(Tag(thing_id=1, label="red", order=order))

    written(engine, lambda s: s.add(Thing()), tag(1), "DELETE FROM tag", tag(1))
    assert planned(engine, 3).empty
    written(engine, 'UPDATE tag SET "order" = 2')
    assert conflicts(engine, 3) == [("back", "tag", (1, "red"), "", None)]


def test_the_first_of_its_kind_is_given_back_before_it_is_taken(engine):
    def take_over(s):
        s.execute(sa.text('UPDATE part SET "first" = false WHERE id = 2'))
        s.add(Part(above_id=1, first=True, name_cs="new"))

    written(engine, lambda s: s.add(Part()), lambda s: s.add(Part(above_id=1, first=True)), take_over)
    undone(engine, 3)
    assert column(engine, 'SELECT id FROM part WHERE "first"') == [2]
    written(engine, take_over)
    written(engine, "DELETE FROM part WHERE id = 4", lambda s: s.add(Part(above_id=1, first=True)))
    found = planned(engine, 5).conflicts
    assert [(c.kind, c.key, c.unit, c.other) for c in found] == [("taken", (2,), "first", ("part", (5,)))]


def test_a_part_that_is_not_the_first_takes_nothing(engine):
    """The same parent twice is a clash only where the condition of the index holds."""
    written(
        engine,
        lambda s: s.add(Part()),
        lambda s: s.add(Part(above_id=1)),
        "DELETE FROM part WHERE id = 2",
        lambda s: s.add(Part(above_id=1, first=True)),
    )
    undone(engine, 3)
    assert column(engine, "SELECT above_id FROM part WHERE id > 1 ORDER BY id") == [1, 1]


def test_a_part_moved_below_an_added_one_since_is_a_child(engine):
    written(engine, lambda s: s.add(Part()), lambda s: s.add(Part()), "UPDATE part SET above_id = 2 WHERE id = 1")
    assert conflicts(engine, 2) == [("child", "part", (2,), "", "part")]
