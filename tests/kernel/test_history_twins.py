"""The twin tables in the metadata: same columns, own key, indexes that serve the past."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, MetaData, String, Table
from sqlalchemy.schema import CreateIndex, CreateTable

from portal.kernel.history import add_twins, triggers_sql, twin, versioned_tables
from portal.kernel.history.twins import history_name
from tests.kernel.toy import Person, Plan, Tag, Thing, metadata


def indexes(table: Table) -> dict[str, tuple[list[str], bool]]:
    return {index.name: ([part.name for part in index.expressions], bool(index.unique)) for index in table.indexes}


def test_a_twin_has_the_columns_of_its_table_and_two_of_its_own():
    past = twin(Thing.__table__)
    assert [column.name for column in past.columns] == [
        *[column.name for column in Thing.__table__.columns],
        "change_from",
        "change_to",
    ]
    assert [column.name for column in past.primary_key.columns] == ["id", "change_from"]
    assert [column.name for column in twin(Tag.__table__).primary_key.columns] == ["thing_id", "label", "change_from"]
    assert [column.name for column in past.columns if not column.nullable] == ["id", "change_from"]
    assert not past.foreign_keys
    assert past.c.amount_minor.type is Thing.__table__.c.amount_minor.type


def test_a_twin_is_built_once():
    assert twin(Thing.__table__) is twin(Thing.__table__)
    tables = set(metadata.tables)
    add_twins(metadata)
    assert set(metadata.tables) == tables


def test_each_index_and_unique_constraint_is_copied_with_the_interval_behind_it():
    assert indexes(twin(Thing.__table__)) == {
        "uq_thing_history_open": (["id"], True),
        "uq_thing_code_history": (["code", "change_from", "change_to"], False),
        "ix_thing_named_history": (["name", "change_from", "change_to"], False),
    }
    assert indexes(twin(Plan.__table__)) == {
        "uq_plan_history_open": (["id"], True),
        "ix_plan_goal_history": (["goal", "change_from", "change_to"], False),
    }


def test_no_index_holds_the_interval_alone():
    """SQLite's planner would take it for every page of the past."""
    for table in versioned_tables(metadata):
        assert all(
            part.name not in ("change_from", "change_to") for i in twin(table).indexes for part in i.expressions[:1]
        )


def test_an_index_over_an_expression_and_with_a_condition_is_copied_over_the_twins_columns():
    m = MetaData()
    table = Table("t", m, Column("id", Integer, primary_key=True), Column("name", String), info={"versioned": True})
    Index("ix_t_lower", sa.func.lower(table.c.name), sqlite_where=table.c.name.is_not(None))
    twin(table)
    (copied,) = [index for index in m.tables["t_history"].indexes if index.name == "ix_t_lower_history"]
    sql = str(CreateIndex(copied).compile(dialect=sa.dialects.sqlite.dialect()))
    assert sql == (
        "CREATE INDEX ix_t_lower_history ON t_history (lower(name), change_from, change_to) WHERE name IS NOT NULL"
    )
    used = [part for part in sa.sql.visitors.iterate(copied.expressions[0]) if isinstance(part, Column)]
    assert [column.table.name for column in used] == ["t_history"]


def test_an_index_with_a_condition_does_not_stand_in_for_one_without():
    table = versioned(Column("name", String))
    Index("ix_t_a", table.c.name, sqlite_where=table.c.name > "")
    Index("ix_t_b", table.c.name)
    Index("ix_t_c", table.c.name)
    assert {index.name for index in twin(table).indexes} == {"uq_t_history_open", "ix_t_a_history", "ix_t_b_history"}


def test_a_name_too_long_for_postgresql_is_cut_and_stays_distinct():
    names = {history_name(f"ix_{'x' * 60}_{n}") for n in range(5)}
    assert len(names) == 5
    assert all(len(name) <= 63 for name in names)
    assert history_name("ix_thing_code") == "ix_thing_code_history"


def test_only_a_key_that_the_table_gives_out_itself_is_autoincrement():
    def made(table: Table) -> str:
        return str(CreateTable(table).compile(dialect=sa.dialects.sqlite.dialect()))

    assert "AUTOINCREMENT" in made(Thing.__table__)
    assert "AUTOINCREMENT" not in made(Plan.__table__)
    assert "AUTOINCREMENT" not in made(Tag.__table__)
    assert "AUTOINCREMENT" not in made(twin(Thing.__table__))


def test_a_table_that_is_not_versioned_has_no_twin():
    with pytest.raises(ValueError, match="person"):
        twin(Person.__table__)
    assert "person_history" not in metadata.tables


def versioned(*columns: Column) -> Table:
    return Table("t", MetaData(), Column("id", Integer, primary_key=True), *columns, info={"versioned": True})


def test_a_native_enum_is_refused_and_a_plain_one_becomes_text():
    with pytest.raises(ValueError, match="native enum"):
        twin(versioned(Column("e", sa.Enum("a", "b", name="e"))))
    plain = versioned(Column("e", sa.Enum("a", "bcd", native_enum=False)))
    assert str(twin(plain).c.e.type) == "VARCHAR(3)"


def test_the_order_in_which_columns_were_added_does_not_change_the_triggers():
    one = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("a", String), Column("b", String))
    two = Table("t", MetaData(), Column("b", String), Column("id", Integer, primary_key=True), Column("a", String))
    for dialect in ("sqlite", "postgresql"):
        assert triggers_sql(one, dialect) == triggers_sql(two, dialect)
    with pytest.raises(ValueError, match="mysql"):
        triggers_sql(one, "mysql")
