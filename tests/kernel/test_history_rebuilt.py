"""A migration that rebuilds a table leaves its triggers, its twin and its counting right, and the past readable."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.kernel.asof import as_of
from portal.kernel.db import Base, make_engine
from portal.kernel.errors import NoOpenChange
from portal.kernel.history import (
    Divergence,
    add_twins,
    create_history,
    divergences,
    drop_history,
    frozen_sql,
    history_rebuilt,
    run_script,
)
from portal.kernel.transaction import Change, ChangeOpen, change, unit
from tests.engines import only
from tests.kernel import toy
from tests.kernel.toy import Note, Plan, Tag, Thing, contents, metadata, states


@pytest.fixture
def told(engine) -> Engine:
    with unit(engine) as s, change(s):
        s.add_all([Plan(name="a", goal="x"), Thing(name="b")])
        s.flush()
        s.add_all([Note(thing_id=1, body="n"), Tag(thing_id=1, label="red")])
    with unit(engine) as s, change(s):
        s.get(Plan, 1).goal = "y"
        s.execute(sa.delete(Thing).where(Thing.id == 2))
    return engine


def migrate(engine: Engine, step) -> None:
    """As the migration environment does it: a writer, on SQLite with foreign keys off from before BEGIN."""
    with engine.connect().execution_options(writer=True) as connection:
        raw = connection.connection.driver_connection
        if engine.dialect.name == "sqlite":
            raw.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            step(Operations(MigrationContext.configure(connection)))
        if engine.dialect.name == "sqlite":
            raw.execute("PRAGMA foreign_keys=ON")


def remodelled(add: dict[str, sa.Column] | None = None) -> sa.MetaData:
    """The toy models as they would be after the migration."""
    made = sa.MetaData(naming_convention=metadata.naming_convention)
    for table in toy.TABLES:
        copy = table.to_metadata(made)
        if add and table.name in add:
            copy.append_column(add[table.name])
    return add_twins(made)


def found(engine: Engine, models: sa.MetaData) -> list:
    with engine.connect() as connection:
        return divergences(connection, models)


def add_optional(op: Operations, counting: bool = True) -> None:
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    for table in ("thing", "thing_history"):
        kept = {"sqlite_autoincrement": True} if counting and table == "thing" else {}
        with op.batch_alter_table(table, recreate=recreate, table_kwargs=kept) as batch:
            batch.add_column(sa.Column("note", sa.Text))


def test_a_rebuilt_table_keeps_its_triggers_rows_children_and_keys(told):
    with Session(told) as s:
        before = contents(s)

    def step(op):
        with history_rebuilt(op, ["thing"]):
            add_optional(op)

    migrate(told, step)
    models = remodelled({"thing": sa.Column("note", sa.Text)})
    assert found(told, models) == []
    with Session(told) as s:
        assert contents(s) == before, "the rebuild lost or changed rows"
        assert s.scalar(sa.select(sa.func.max(Change.id))) == 2, "nothing differed, so no change was due"
    with pytest.raises(NoOpenChange), unit(told) as s:
        s.execute(sa.text("UPDATE thing SET note = 'x'"))
    with unit(told) as s, change(s):
        s.execute(sa.text("UPDATE thing SET note = 'x'"))
        s.execute(sa.text("INSERT INTO thing (kind, name, version) VALUES ('thing', 'next', 1)"))
    with Session(told) as s:
        assert s.scalars(sa.text("SELECT id FROM thing ORDER BY id")).all() == [1, 3], "key 2 was given out again"
    assert found(told, models) == []


def test_without_the_helper_a_rebuild_loses_the_triggers_and_the_check_says_so(told):
    def step(op):
        if op.get_bind().dialect.name == "sqlite":
            add_optional(op)
        else:
            drop_history(op.get_bind(), ["thing"])
            add_optional(op)

    migrate(told, step)
    kinds = {(d.table, d.kind) for d in found(told, remodelled({"thing": sa.Column("note", sa.Text)}))}
    assert ("thing", "trigger") in kinds


@only("sqlite")
def test_a_rebuild_that_forgets_autoincrement_is_found(told):
    def step(op):
        with history_rebuilt(op, ["thing"]):
            add_optional(op, counting=False)

    migrate(told, step)
    assert found(told, remodelled({"thing": sa.Column("note", sa.Text)})) == [
        Divergence("thing", "key_reuse", "the key is not AUTOINCREMENT")
    ]


def test_values_that_a_migration_gives_are_recorded_as_a_change_of_their_own(told):
    """A new column filled for all rows: the past keeps "not recorded then", the present is in history."""

    def step(op):
        with history_rebuilt(op, ["plan"], "0007 adds a colour"):
            with op.batch_alter_table("plan") as batch:
                batch.add_column(sa.Column("colour", sa.Text, nullable=False, server_default="blue"))
            op.add_column("plan_history", sa.Column("colour", sa.Text))

    migrate(told, step)
    models = remodelled({"plan": sa.Column("colour", sa.Text, nullable=False, server_default="blue")})
    assert found(told, models) == []
    with Session(told) as s:
        last = s.scalars(sa.select(Change).order_by(Change.id.desc())).first()
        assert (last.id, last.door, last.actor_name, last.reason) == (3, "command", "migration", "0007 adds a colour")
        assert states(s, "plan", "goal") == [("x", 1, 2), ("y", 2, 3), ("y", 3, None)]
    for change_id, colour in ((2, None), (3, "blue")):
        with as_of(told, change_id, models) as s:
            assert s.execute(sa.text("SELECT goal, colour FROM plan")).one() == ("y", colour)


def test_rows_that_a_migration_removes_are_ended_in_history(told):
    def step(op):
        with history_rebuilt(op, ["note", "tag"], "0008 drops old notes"):
            op.execute("DELETE FROM note")
            op.execute("DELETE FROM tag")

    migrate(told, step)
    assert found(told, metadata) == []
    with Session(told) as s:
        assert states(s, "note", "body") == [("n", 1, 3)]
        assert states(s, "tag", "label") == [("red", 1, 3)]


def test_a_table_that_the_migration_drops_keeps_its_twin_and_nothing_else(told):
    def step(op):
        with history_rebuilt(op, ["note"]):
            op.drop_table("note")

    migrate(told, step)
    with told.connect() as connection:
        look = sa.inspect(connection)
        assert look.has_table("note_history")
        assert not look.has_table("note")
        if told.dialect.name == "postgresql":
            left = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'note_history%%'"
            assert connection.exec_driver_sql(left).scalar() == 0
            assert "note" not in look.get_view_names(schema="asof")


def test_a_column_that_the_migration_drops_stays_in_the_twin(told):
    def step(op):
        with history_rebuilt(op, ["tag"]):
            with op.batch_alter_table("tag") as batch:
                batch.drop_column("order")

    migrate(told, step)
    models = sa.MetaData(naming_convention=metadata.naming_convention)
    for table in toy.TABLES:
        table.to_metadata(models)
    models.tables["tag"]._columns.remove(models.tables["tag"].c.order)
    add_twins(models)
    assert found(told, models) == []
    with unit(told) as s, change(s):
        s.execute(sa.text("INSERT INTO tag (thing_id, label) VALUES (1, 'blue')"))
    with Session(told) as s:
        assert states(s, "tag", "label", "order") == [("blue", None, 3, None), ("red", 0, 1, None)]


def test_dropping_and_creating_history_comes_back_to_the_same(told):
    with told.connect().execution_options(writer=True) as connection, connection.begin():
        drop_history(connection, toy.TABLES)
        assert {d.kind for d in divergences(connection, metadata)} <= {"trigger", "view"}
        assert {d.table for d in divergences(connection, metadata)} == {t.name for t in toy.TABLES}
        create_history(connection, toy.TABLES)
        assert divergences(connection, metadata) == []


def test_frozen_sql_is_plain_text_that_builds_the_same_history(databases):
    url = databases.empty()
    engine = make_engine(url)
    script = frozen_sql(metadata, engine.dialect.name)
    assert script == frozen_sql(metadata, engine.dialect), "it must not depend on anything but the models"
    with engine.connect().execution_options(writer=True) as connection, connection.begin():
        Base.metadata.create_all(connection, tables=[Change.__table__, ChangeOpen.__table__])
        metadata.create_all(connection)
        run_script(connection, script)
    assert found(engine, metadata) == []
    with unit(engine) as s, change(s):
        s.add(Thing(name="a"))
    assert found(engine, metadata) == []
    engine.dispose()
    databases.drop(url)
