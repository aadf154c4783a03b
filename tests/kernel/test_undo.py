"""Undo of a change on the toy portfolio: what goes back, what stays, and what stands in the way."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.kernel.errors import NoOpenChange
from portal.kernel.history import divergences, undo
from portal.kernel.transaction import Change, change, unit
from tests.kernel import toy
from tests.kernel.toy import Note, Part, Plan, Tag, Thing, contents, states

LOOSE = '{"b" : 1.0,   "a":[]}'


def written(engine: Engine, *steps) -> None:
    """Each step `f(s)`, or a piece of SQL, in a change and a transaction of its own: changes 1, 2, …"""
    for step in steps:
        with unit(engine) as s, change(s, 1, "form", actor_name="Jana"):
            s.execute(sa.text(step)) if isinstance(step, str) else step(s)


def planned(engine: Engine, change_id: int) -> undo.Plan:
    with Session(engine) as s:
        return undo.plan(s, change_id, toy.metadata)


def undone(engine: Engine, change_id: int) -> int:
    """Undo it; the id of the change that does."""
    with unit(engine) as s, change(s, 1, "form", actor_name="Petr", undoes=change_id) as opened:
        plan = undo.plan(s, change_id, toy.metadata)
        assert plan.conflicts == ()
        undo.apply(s, plan)
    with engine.connect() as connection:
        assert divergences(connection, toy.metadata) == []
    return opened.id


def conflicts(engine: Engine, change_id: int) -> list[tuple]:
    """(kind, table, key, unit, table in the way)"""
    return [(c.kind, c.table, c.key, c.unit, c.other and c.other[0]) for c in planned(engine, change_id).conflicts]


def now(engine: Engine) -> dict:
    with Session(engine) as s:
        return contents(s)


def column(engine: Engine, sql: str) -> list:
    with Session(engine) as s:
        return list(s.scalars(sa.text(sql)))


def without_versions(found: dict) -> dict:
    place = [c.name for c in Thing.__table__.columns].index("version")
    return found | {"thing": [row[:place] + row[place + 1 :] for row in found["thing"]]}


def delete_parts(s: Session) -> None:
    s.execute(sa.text("UPDATE part SET above_id = NULL"))
    s.execute(sa.text("DELETE FROM part"))


def rename(name: str, of: int = 1):
    def step(s: Session) -> None:
        s.get_one(Thing, of).name = name

    return step


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


def family(s: Session) -> None:
    s.add(Plan(name="a", goal="more", code="k", notes=[Note(body="x", raw=b"\x00\xff", weight=0.1), Note(body="y")]))
    s.flush()
    s.add(Tag(thing_id=1, label="red", order=3))
    s.execute(sa.text("UPDATE thing SET payload = :j, amount_minor = 9007199254740993, currency = 'EUR'"), {"j": LOOSE})


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


def test_a_row_that_is_gone_cannot_be_changed_back(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"), "DELETE FROM thing")
    assert conflicts(engine, 2) == [("gone", "thing", (1,), "", None)]


def test_an_added_row_that_was_changed_since_is_not_thrown_away(engine):
    written(engine, lambda s: s.add(Thing(name="a")), rename("b"))
    assert conflicts(engine, 1) == [("moved", "thing", (1,), "name", None)]


def test_an_added_row_that_is_gone_already_leaves_nothing_to_do(engine):
    written(engine, lambda s: s.add(Thing(name="a")), "DELETE FROM thing")
    assert planned(engine, 1).empty


def test_a_child_added_since_is_named(engine):
    written(engine, lambda s: s.add(Thing(name="a")), lambda s: s.add(Note(thing_id=1, body="x")))
    assert conflicts(engine, 1) == [("child", "thing", (1,), "", "note")]


def test_children_added_in_the_same_change_go_with_it(engine):
    written(engine, family)
    undone(engine, 1)
    assert all(rows == [] for rows in now(engine).values())


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
    from tests.portfolio.test_query_counts import queries

    def many(number):
        return lambda s: s.add_all([Plan(name="a", goal="g", notes=[Note(body="x")]) for _ in range(number)])

    written(engine, many(2), many(60))
    asked = []
    for change_id in (1, 2):
        with queries() as statements:
            undone(engine, change_id)
        asked.append(len(statements))
    assert asked[0] == asked[1]
