"""Rows that wait for each other come and go in an order in which every reference and unique value holds."""

from __future__ import annotations

import sqlalchemy as sa

from tests.kernel.toy import Note, Part, Thing
from tests.kernel.undoing import (
    column,
    delete_parts,
    family,
    now,
    undone,
    without_versions,
    written,
)


def test_a_replaced_row_and_its_successor_take_each_others_place(engine):
    def replace(s):
        s.execute(sa.text("DELETE FROM thing WHERE code = 'k'"))
        s.add(Thing(code="k", name="b", notes=[Note(body="z")]))

    written(engine, family)
    before = now(engine)
    written(engine, replace)
    undone(engine, 2)
    assert without_versions(now(engine)) == without_versions(before)


def test_a_child_handed_over_to_a_successor_of_the_same_code_goes_back(engine):
    """Note, old thing and new thing wait for each other: the code is left empty for a while."""

    def hand_over(s):
        s.execute(sa.text("INSERT INTO thing (kind, name, version) VALUES ('thing', 'b', 1)"))
        s.execute(sa.text("UPDATE note SET thing_id = 2"))
        s.execute(sa.text("DELETE FROM thing WHERE id = 1"))
        s.execute(sa.text("UPDATE thing SET code = 'k'"))

    written(engine, lambda s: s.add(Thing(code="k", name="a", notes=[Note(body="x")])))
    before = now(engine)
    written(engine, hand_over)
    undone(engine, 2)
    assert without_versions(now(engine)) == without_versions(before)


def test_two_rows_that_swapped_a_unique_value_swap_back(engine):
    def swap(s):
        for code, of in (("x", 1), ("a", 2), ("b", 1)):
            s.execute(sa.text("UPDATE thing SET code = :c WHERE id = :i"), {"c": code, "i": of})

    written(engine, lambda s: s.add_all([Thing(code="a"), Thing(code="b")]), swap)
    undone(engine, 2)
    assert column(engine, "SELECT code FROM thing ORDER BY id") == ["a", "b"]


def test_a_tree_comes_back_parents_first_whatever_its_keys(engine):
    def grow(s):
        s.add_all([Part(name_cs="leaf"), Part(name_cs="branch"), Part(name_cs="root")])
        s.flush()
        s.execute(sa.text("UPDATE part SET above_id = id + 1 WHERE id < 3"))

    written(engine, grow)
    before = now(engine)
    written(engine, delete_parts)
    undone(engine, 2)
    assert now(engine) == before
    undone(engine, 3)
    assert now(engine)["part"] == []


def test_rows_that_refer_to_each_other_come_back(engine):
    def knot(s):
        s.add_all([Part(name_cs="a"), Part(name_cs="b")])
        s.flush()
        s.execute(sa.text("UPDATE part SET above_id = 3 - id"))

    written(engine, knot)
    before = now(engine)
    written(engine, delete_parts)
    undone(engine, 2)
    assert now(engine) == before
    undone(engine, 3)
    assert now(engine)["part"] == []
