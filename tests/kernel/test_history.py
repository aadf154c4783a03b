"""Whatever way a row is written, its twin keeps each state with the changes that made and ended it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.kernel.errors import KeyImmutable, NoOpenChange, TruncateRefused
from portal.kernel.history import divergences
from portal.kernel.transaction import change, unit
from tests.engines import only
from tests.kernel import toy
from tests.kernel.toy import Note, Plan, Tag, Thing, states


def written(engine: Engine, *steps) -> None:
    """Each step `f(s)` in a change and a transaction of its own: changes 1, 2, …"""
    for step in steps:
        with unit(engine) as s, change(s, 1, "form", actor_name="Jana"):
            step(s)


def history(engine: Engine, table: str, *columns: str) -> list[tuple]:
    with engine.connect() as connection:
        assert divergences(connection, toy.metadata) == []
    with Session(engine) as s:
        return states(s, table, *columns)


def insert_for(engine: Engine):
    return (sqlite if engine.dialect.name == "sqlite" else postgresql).insert


def test_an_insert_opens_a_state(engine):
    written(engine, lambda s: s.add(Thing(name="a")))
    assert history(engine, "thing", "id", "name", "version") == [(1, "a", 1, 1, None)]


def test_an_update_ends_one_state_and_opens_the_next(engine):
    def rename(s):
        s.get(Thing, 1).name = "b"

    written(engine, lambda s: s.add(Thing(name="a")), rename)
    assert history(engine, "thing", "name", "version") == [("a", 1, 1, 2), ("b", 2, 2, None)]


def test_a_delete_ends_the_last_state(engine):
    written(engine, lambda s: s.add(Thing(name="a")), lambda s: s.delete(s.get(Thing, 1)))
    assert history(engine, "thing", "name") == [("a", 1, 2)]


def test_joined_inheritance_keeps_both_tables_and_counts_one_version(engine):
    def aim(s):
        s.get(Plan, 1).goal = "more"

    written(engine, lambda s: s.add(Plan(name="a", goal="some")), aim)
    assert history(engine, "plan", "goal") == [("some", 1, 2), ("more", 2, None)]
    assert history(engine, "thing", "kind", "version") == [("plan", 1, 1, 2), ("plan", 2, 2, None)]


def test_bulk_sql_is_recorded_row_by_row(engine):
    def fill(s):
        s.execute(sa.insert(Thing), [{"name": n, "kind": "thing", "version": 1} for n in "abc"])

    def shout(s):
        s.execute(sa.text("UPDATE thing SET name = upper(name) WHERE name <> 'b'"))

    written(engine, fill, shout, lambda s: s.execute(sa.text("DELETE FROM thing WHERE name > 'A'")))
    assert history(engine, "thing", "id", "name") == [
        (1, "a", 1, 2),
        (1, "A", 2, None),
        (2, "b", 1, 3),
        (3, "c", 1, 2),
        (3, "C", 2, 3),
    ]


def test_a_cascade_ends_the_states_of_the_children(engine):
    def build(s):
        s.add(Plan(name="a", notes=[Note(body="x"), Note(body="y")]))
        s.flush()
        s.add(Tag(thing_id=1, label="red"))

    written(engine, build, lambda s: s.execute(sa.text("DELETE FROM thing")))
    for table in ("thing", "plan", "tag"):
        assert history(engine, table) == [(1, 2)]
    assert history(engine, "note", "body") == [("x", 1, 2), ("y", 1, 2)]


def test_an_upsert_that_meets_a_row_is_an_update(engine):
    def put(name):
        def step(s):
            statement = insert_for(engine)(Thing.__table__).values(kind="thing", code="k", name=name, version=1)
            s.execute(statement.on_conflict_do_update(index_elements=["code"], set_={"name": name}))

        return step

    written(engine, put("a"), put("b"))
    assert history(engine, "thing", "id", "name") == [(1, "a", 1, 2), (1, "b", 2, None)]


def test_an_upsert_that_does_nothing_leaves_no_trace(engine):
    def put(s):
        statement = insert_for(engine)(Thing.__table__).values(kind="thing", code="k", name="b", version=1)
        s.execute(statement.on_conflict_do_nothing())

    written(engine, lambda s: s.add(Thing(code="k", name="a")), put)
    assert history(engine, "thing", "name") == [("a", 1, None)]


@pytest.mark.parametrize(
    "values",
    [
        "(id, kind, code, name, version) VALUES (1, 'thing', 'k', 'b', 2)",
        "(kind, code, name, version) VALUES ('thing', 'k', 'b', 1)",
    ],
    ids=["same key", "another unique column"],
)
def test_a_replace_ends_the_state_of_the_row_it_removed(engine, values):
    """SQLite alone has REPLACE; it deletes what is in the way, without a delete trigger unless triggers recurse."""
    if engine.dialect.name == "sqlite":
        replace = [f"INSERT OR REPLACE INTO thing {values}"]
    else:
        replace = ["DELETE FROM thing WHERE code = 'k'", f"INSERT INTO thing {values}"]

    def step(s):
        for statement in replace:
            s.execute(sa.text(statement))

    written(engine, lambda s: s.add(Thing(code="k", name="a")), step)
    assert sorted(history(engine, "thing", "name")) == [("a", 1, 2), ("b", 2, None)]


def test_two_updates_in_one_change_leave_the_second(engine):
    def twice(s):
        s.execute(sa.text("UPDATE thing SET name = 'b'"))
        s.execute(sa.text("UPDATE thing SET name = 'c'"))

    written(engine, lambda s: s.add(Thing(name="a")), twice)
    assert history(engine, "thing", "name") == [("a", 1, 2), ("c", 2, None)]


def test_a_row_made_and_deleted_in_one_change_leaves_nothing(engine):
    def flash(s):
        s.execute(sa.text("INSERT INTO thing (kind, name, version) VALUES ('thing', 'a', 1)"))
        s.execute(sa.text("DELETE FROM thing"))

    written(engine, flash)
    assert history(engine, "thing") == []


def test_a_row_updated_and_deleted_in_one_change_keeps_its_old_state_only(engine):
    def end(s):
        s.execute(sa.text("UPDATE thing SET name = 'b'"))
        s.execute(sa.text("DELETE FROM thing"))

    written(engine, lambda s: s.add(Thing(name="a")), end)
    assert history(engine, "thing", "name") == [("a", 1, 2)]


def test_a_pair_may_go_and_come_back_even_within_one_change(engine):
    def tag(order):
        return lambda s: s.execute(sa.insert(Tag).values(thing_id=1, label="red", order=order))

    def untag(s):
        s.execute(sa.delete(Tag))

    def again(s):
        untag(s)
        tag(3)(s)
        untag(s)
        tag(4)(s)

    written(engine, lambda s: s.add(Thing()), tag(1), untag, tag(2), again)
    assert history(engine, "tag", "order") == [(1, 2, 3), (2, 4, 5), (4, 5, None)]


def test_values_are_kept_exactly_as_they_were_stored(engine):
    with unit(engine) as s, change(s, None, "command"):
        s.execute(
            sa.text(
                "INSERT INTO thing (kind, name, payload, amount_minor, currency, version) "
                "VALUES ('thing', :name, :json, 9007199254740993, 'EUR', 1)"
            ),
            {"name": "čeština ' \" \\ %s :x", "json": '{"b" : 1.0,   "a":[]}'},
        )
        s.execute(sa.insert(Note).values(thing_id=1, body="", raw=b"\x00\xff", weight=0.1))
    with Session(engine) as s:
        for table, columns in (
            ("thing", "name, amount_minor, currency, CAST(payload AS text)"),
            ("note", "body, raw, weight"),
        ):
            live = s.execute(sa.text(f"SELECT {columns} FROM {table}")).one()
            past = s.execute(sa.text(f"SELECT {columns} FROM {table}_history")).one()
            assert tuple(live) == tuple(past)
        assert s.scalar(sa.text("SELECT CAST(payload AS text) FROM thing_history")) == '{"b" : 1.0,   "a":[]}'


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO thing (kind, name, version) VALUES ('thing', 'b', 1)",
        "UPDATE thing SET name = 'b'",
        "DELETE FROM thing",
    ],
)
def test_writing_without_a_change_is_refused_with_one_clear_error(engine, statement):
    written(engine, lambda s: s.add(Thing(name="a")))
    with pytest.raises(NoOpenChange), unit(engine) as s:
        s.execute(sa.text(statement))
    assert history(engine, "thing", "name") == [("a", 1, None)]


def test_a_driver_without_the_portal_is_refused_as_well(engine):
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        with pytest.raises(Exception, match="no open change"):
            raw.execute("INSERT INTO thing (kind, name, version) VALUES ('thing', 'b', 1)")
        raw.rollback()


@pytest.mark.parametrize("statement", ["UPDATE thing SET id = 7 WHERE id = 2", "UPDATE tag SET label = 'x'"])
def test_a_key_never_changes(engine, statement):
    written(
        engine,
        lambda s: s.add_all([Thing(name="a"), Thing(name="b")]),
        lambda s: s.add(Tag(thing_id=1, label="red")),
    )
    with pytest.raises(KeyImmutable):
        written(engine, lambda s: s.execute(sa.text(statement)))
    assert history(engine, "thing", "id") == [(1, 1, None), (2, 1, None)]
    assert history(engine, "tag", "label") == [("red", 2, None)]


def test_a_key_is_never_given_out_again(engine):
    written(
        engine,
        lambda s: s.add(Thing(name="a")),
        lambda s: s.execute(sa.text("DELETE FROM thing")),
        lambda s: s.add(Thing(name="b")),
    )
    assert history(engine, "thing", "id", "name") == [(1, "a", 1, 2), (2, "b", 3, None)]


@only("postgresql")
def test_truncate_is_refused(engine):
    written(engine, lambda s: s.add(Thing(name="a")))
    with pytest.raises(TruncateRefused):
        written(engine, lambda s: s.execute(sa.text("TRUNCATE thing CASCADE")))
    assert history(engine, "thing") == [(1, None)]


def test_deleting_a_whole_table_at_once_is_recorded(engine):
    """SQLite's fast way of emptying a table is off where triggers are."""
    written(engine, lambda s: s.add(Thing(name="a")), lambda s: s.execute(sa.text("DELETE FROM thing")))
    assert history(engine, "thing") == [(1, 2)]
