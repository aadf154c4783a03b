"""`divergences` finds whatever was done behind the triggers' back: each kind is planted once."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from portal.kernel.history import divergences
from portal.kernel.transaction import change, unit
from tests.engines import only
from tests.kernel import toy
from tests.kernel.toy import Note, Plan, Thing


@pytest.fixture
def told(engine) -> Engine:
    """Three changes: two plans with a note, a revision, the end of the second plan."""
    with unit(engine) as s, change(s):
        s.add_all([Plan(name="a", goal="x", notes=[Note(body="n", weight=1.0)]), Plan(name="b")])
    with unit(engine) as s, change(s):
        s.get(Plan, 1).goal = "y"
    with unit(engine) as s, change(s):
        s.delete(s.get(Plan, 2))
    return engine


def found(engine: Engine) -> set[tuple[str, str]]:
    with engine.connect() as connection:
        return {(divergence.table, divergence.kind) for divergence in divergences(connection, toy.metadata)}


def plant(engine: Engine, *statements: str, silently: str | None = None) -> None:
    """Run statements in one transaction; `silently` names a table whose triggers are off meanwhile."""
    with engine.connect().execution_options(writer=True) as connection, connection.begin():
        kept = _silence(connection, silently) if silently else []
        for statement in statements:
            connection.exec_driver_sql(statement)
        for statement in kept:
            connection.exec_driver_sql(statement)


def _silence(connection: sa.Connection, table: str) -> list[str]:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return [f"ALTER TABLE {table} ENABLE TRIGGER USER"]
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    triggers = connection.exec_driver_sql(query, (table,)).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return [sql for _, sql in triggers]


def test_nothing_is_found_where_all_is_well(told):
    assert found(told) == set()


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE thing SET name = 'secret' WHERE id = 1", {"unrecorded", "ghost"}),
        ("INSERT INTO thing (kind, name, version) VALUES ('thing', 'new', 1)", {"unrecorded"}),
        ("DELETE FROM note", {"ghost"}),
        ("UPDATE note SET weight = 1.0000000000000002", {"unrecorded", "ghost"}),
        ("UPDATE note SET body = 'n '", {"unrecorded", "ghost"}),
        ("UPDATE note SET raw = ''", {"unrecorded", "ghost"}),
    ],
)
def test_a_write_behind_the_triggers_is_found(told, statement, kinds):
    table = statement.split()[2] if "INTO" in statement or "FROM" in statement else statement.split()[1]
    plant(told, statement, silently=table)
    assert found(told) == {(table, kind) for kind in kinds}


@pytest.mark.parametrize(
    ("statement", "divergence"),
    [
        ("UPDATE plan_history SET goal = 'forged' WHERE change_to IS NULL AND id = 1", "unrecorded"),
        ("UPDATE plan_history SET change_to = 3 WHERE id = 1 AND change_from = 1", "overlap"),
        ("UPDATE plan_history SET change_to = 1 WHERE id = 2", "backwards"),
        ("UPDATE plan_history SET change_to = 99 WHERE id = 2", "unknown_change"),
        ("UPDATE plan_history SET change_from = 3 WHERE id = 1 AND change_from = 2", "gap"),
        ("DELETE FROM plan_history WHERE change_to IS NULL", "unrecorded"),
    ],
)
def test_a_forged_history_is_found(told, statement, divergence):
    plant(told, statement)
    assert ("plan", divergence) in found(told)


def test_a_row_brought_back_by_an_undo_is_no_gap(told):
    with unit(told) as s, change(s, undoes=3):
        s.execute(sa.text("INSERT INTO thing (id, kind, name, version) VALUES (2, 'plan', 'b', 2)"))
        s.execute(sa.text("INSERT INTO plan (id, ready) VALUES (2, false)"))
    assert found(told) == set()
    with unit(told) as s, change(s):
        s.execute(sa.text("DELETE FROM plan WHERE id = 2"))
    with unit(told) as s, change(s):
        s.execute(sa.text("INSERT INTO plan (id, ready) VALUES (2, false)"))
    assert found(told) == {("plan", "gap")}


def test_a_missing_trigger_is_found(told):
    if told.dialect.name == "sqlite":
        plant(told, "DROP TRIGGER note_history_delete")
    else:
        plant(told, "DROP TRIGGER note_history_write ON note")
    assert found(told) == {("note", "trigger")}


def test_a_trigger_that_was_changed_or_switched_off_is_found(told):
    if told.dialect.name == "sqlite":
        body = "AFTER UPDATE ON note FOR EACH ROW BEGIN SELECT 1; END"
        plant(told, "DROP TRIGGER note_history_update", f"CREATE TRIGGER note_history_update {body}")
    else:
        plant(told, "ALTER TABLE note DISABLE TRIGGER note_history_write")
    assert found(told) == {("note", "trigger")}


@only("postgresql")
def test_a_function_or_view_that_was_changed_is_found(told):
    plant(
        told,
        "CREATE OR REPLACE FUNCTION note_history_write() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "DROP VIEW asof.tag",
        "CREATE OR REPLACE VIEW asof.plan AS SELECT goal, id, ready, starts FROM public.plan",
    )
    assert found(told) == {("note", "trigger"), ("tag", "view"), ("plan", "view")}


def test_columns_that_differ_from_the_model_are_found(told):
    plant(told, "ALTER TABLE tag ADD COLUMN extra TEXT", "ALTER TABLE note_history ADD COLUMN dropped_long_ago TEXT")
    assert found(told) == {("tag", "columns")}
    plant(told, "ALTER TABLE plan_history RENAME COLUMN goal TO aim")
    assert ("plan", "columns") in found(told)


def test_a_table_without_its_twin_is_found(told):
    plant(told, *(["DROP VIEW asof.tag"] if told.dialect.name == "postgresql" else []), "DROP TABLE tag_history")
    assert found(told) == {("tag", "missing_table")}


def test_a_counter_behind_the_history_is_found(told):
    if told.dialect.name == "sqlite":
        plant(told, "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'thing'")
    else:
        plant(told, "SELECT setval(pg_get_serial_sequence('thing', 'id'), 1)")
    assert found(told) == {("thing", "key_reuse")}


@only("sqlite")
def test_a_change_left_open_is_found(told):
    """On PostgreSQL the open change is a setting of the transaction and cannot outlive it."""
    plant(told, "INSERT INTO change_open (slot, change_id) VALUES (1, 3)")
    assert found(told) == {("change_open", "change_left_open")}


def test_the_detail_names_up_to_five_keys(told):
    with unit(told) as s, change(s):
        s.add_all([Thing(name=str(n)) for n in range(9)])
    plant(told, "UPDATE thing SET name = 'x' WHERE kind = 'thing'", silently="thing")
    with told.connect() as connection:
        details = {d.kind: d.detail for d in divergences(connection, toy.metadata)}
    assert details["unrecorded"] == "live rows that history does not hold: 3, 4, 5, 6, 7 and 4 more"
