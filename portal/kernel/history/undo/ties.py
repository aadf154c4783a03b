"""What the planning of an undo must know of a table, taken from the metadata and free of the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Index, MetaData, Table, UniqueConstraint

from portal.kernel.history.twins import versioned_tables
from portal.kernel.units import unit_of

VERSION = "version"
"""The column that counts the changes of a row, where a table has one."""


@dataclass(frozen=True)
class Unique:
    """Columns whose values no two rows share; `where` is the condition of a partial index, `asks` the columns it names."""

    columns: tuple[str, ...]
    blankable: tuple[str, ...] = ()
    where: Any = None
    asks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reference:
    """A foreign key: `columns` hold the values of `parent_columns` of a row of table `parent`."""

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]
    nullable: bool = False


@dataclass(frozen=True)
class Ties:
    """A versioned table. `units` maps each unit to its columns; `followers` are columns that are made from others of their
    unit and are never in conflict themselves (sort keys)."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    units: dict[str, tuple[str, ...]]
    followers: frozenset[str] = frozenset()
    versioned: bool = False
    uniques: tuple[Unique, ...] = ()
    references: tuple[Reference, ...] = ()

    @classmethod
    def of(cls, table: Table, engine: str) -> Ties:
        """`engine`: sqlite or postgresql, whose conditions of partial indexes are taken."""
        keys = tuple(column.name for column in table.primary_key.columns)
        names = tuple(column.name for column in table.columns)
        units: dict[str, tuple[str, ...]] = {}
        followers = set()
        for column in table.columns:
            if column.name in keys or column.name == VERSION:
                continue
            leader = column.info.get("follows")
            if leader:
                followers.add(column.name)
            unit = leader or unit_of(column.name, names)
            units[unit] = (*units.get(unit, ()), column.name)
        return cls(
            table.name, keys, names, units, frozenset(followers), VERSION in names,
            tuple(_uniques(table, engine)), tuple(references(table)),
        )  # fmt: skip


def all_ties(metadata: MetaData, engine: str) -> dict[str, Ties]:
    """The ties of every versioned table by name, parents before children."""
    return {table.name: Ties.of(table, engine) for table in versioned_tables(metadata)}


def references(table: Table) -> list[Reference]:
    """The foreign keys of a table, versioned or not."""
    return [
        Reference(
            tuple(key.parent.name for key in constraint.elements),
            constraint.referred_table.name,
            tuple(key.column.name for key in constraint.elements),
            all(key.parent.nullable for key in constraint.elements),
        )
        for constraint in sorted(table.foreign_key_constraints, key=lambda one: str(one.name))
    ]


def _uniques(table: Table, engine: str) -> list[Unique]:
    found = []
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            found.append(_unique(table, tuple(column.name for column in constraint.columns), None))
    for index in table.indexes:
        if index.unique:
            found.append(_unique(table, _columns(index), index.dialect_kwargs.get(f"{engine}_where")))
    return sorted(found, key=lambda one: one.columns)


def _columns(index: Index) -> tuple[str, ...]:
    names = tuple(getattr(expression, "name", None) for expression in index.expressions)
    if None in names:
        raise ValueError(f"{index.name}: an undo cannot foresee a unique index over an expression")
    return names  # type: ignore[return-value]


def _unique(table: Table, columns: tuple[str, ...], where: Any) -> Unique:
    asks = frozenset(c.name for c in table.columns if where is not None and re.search(rf"\b{c.name}\b", str(where)))
    keys = {column.name for column in table.primary_key.columns}
    blankable = tuple(name for name in columns if table.c[name].nullable and name not in keys)
    return Unique(columns, blankable, where, asks)
