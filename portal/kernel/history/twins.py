"""The twin tables `<table>_history` in the metadata, with the indexes that make the past as quick as the present."""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Index, MetaData, Table
from sqlalchemy.sql.visitors import replacement_traverse


def versioned_tables(metadata: MetaData) -> list[Table]:
    """The tables whose history is kept, parents before children."""
    return [table for table in metadata.sorted_tables if table.info.get("versioned")]


def add_twins(metadata: MetaData) -> MetaData:
    """Add the twin of every versioned table that has none yet. Call it once all models are imported."""
    for table in versioned_tables(metadata):
        twin(table)
    return metadata


def twin(table: Table) -> Table:
    """The twin of a versioned table, built at the first call.

    Same columns and types, no defaults, no foreign keys, no constraints but its own: key (pk…, change_from) and one open
    state per key. Columns outside the key are nullable, since a state may be older than the column.
    """
    name = f"{table.name}_history"
    if name in table.metadata.tables:
        return table.metadata.tables[name]
    if not table.info.get("versioned"):
        raise ValueError(f"{table.name} is not versioned")
    keys = [column.name for column in table.primary_key.columns]
    columns: list[Any] = [
        Column(column.name, _plain(column), primary_key=column.name in keys, autoincrement=False)
        for column in table.columns
    ]
    made = Table(
        name,
        table.metadata,
        *columns,
        Column("change_from", sa.Integer, primary_key=True, autoincrement=False),
        Column("change_to", sa.Integer),
        info={"twin_of": table.name},
    )
    made.primary_key.name = f"pk_{name}"
    is_open = made.c.change_to.is_(None)
    Index(
        f"uq_{name}_open",
        *[made.c[key] for key in keys],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    _copy_indexes(table, made)
    return made


def _plain(column: Column[Any]) -> sa.types.TypeEngine[Any]:
    """The column's type without the objects some types create in the database."""
    kind = column.type
    if isinstance(kind, sa.Enum):
        if kind.native_enum:
            raise ValueError(f"{column}: a native enum type cannot be versioned; use native_enum=False or text")
        return sa.String(kind.length)
    if isinstance(kind, sa.Boolean):
        return sa.Boolean(create_constraint=False)
    return kind


def _copy_indexes(table: Table, made: Table) -> None:
    """Each index and unique constraint of the live table as (columns…, change_from, change_to), not unique."""
    taken: list[list[str]] = []
    sources: list[tuple[Any, list[Any], dict[str, Any]]] = [
        (index.name, list(index.expressions), dict(index.dialect_kwargs)) for index in table.indexes
    ]
    sources += [
        (constraint.name, list(constraint.columns), {})
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint)
    ]
    for name, expressions, options in sorted(sources, key=lambda source: str(source[0])):
        if not isinstance(name, str):
            raise ValueError(f"{table.name}: an index or unique constraint without a name")
        parts = [moved(expression, table, made) for expression in expressions]
        # Some kinds of index (gin, gist) take no plain integers without an extension: those keep their columns only.
        if (options.get("postgresql_using") or "btree") == "btree":
            parts += [made.c.change_from, made.c.change_to]
        kept = {
            key: moved(value, table, made) if key.endswith("_where") and value is not None else value
            for key, value in options.items()
        }
        said = [str(part) for part in (*parts, *(value for key, value in sorted(kept.items()) if value is not None))]
        if said not in taken:
            taken.append(said)
            Index(history_name(name), *parts, **kept)


def moved(expression: Any, table: Table, made: Table) -> Any:
    """The same expression over the twin's columns."""

    def of_twin(element: Any, **_: Any) -> Any:
        if isinstance(element, Column) and element.table is table:
            return made.c[element.name]
        return None

    return replacement_traverse(expression, {}, of_twin)


def history_name(name: str) -> str:
    """Name of the copied index: PostgreSQL allows 63 bytes, so a long one is cut and told apart by a hash."""
    full = f"{name}_history"
    if len(full.encode()) <= 63:
        return full
    return f"{full[:50]}_{hashlib.sha256(full.encode()).hexdigest()[:8]}"
