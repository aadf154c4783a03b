"""Membership in what a recursive query finds, as a predicate that both databases look up row by row instead of comparing all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, ScalarSelect, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal


class Among(ColumnElement[bool]):
    """`among(flow.c.id, select(...))`: the value is one of those the query finds. The query refers to nothing around it.

    PostgreSQL takes what a recursive query may find for billions of rows, makes no table of it to look up in, and goes through
    the list for each row. Out of an array it takes it for few, and looks them up. SQLite looks up in either case.
    """

    _traverse_internals = [("value", InternalTraversal.dp_clauseelement), ("query", InternalTraversal.dp_clauseelement)]
    inherit_cache = True
    type = Boolean()

    def __init__(self, value: ColumnElement, query: ScalarSelect) -> None:
        self.value, self.query = value, query


def among(value: ColumnElement, query: Select) -> Among:
    """The predicate `value IN (query)`; `~among(…)` is NOT IN."""
    return Among(value, query.correlate(None).scalar_subquery())


@compiles(Among)
def _in_a_query(one: Among, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(one.value, **options)} IN {compiler.process(one.query, **options)})"


@compiles(Among, "postgresql")
def _in_an_array(one: Among, compiler: Any, **options: Any) -> str:
    return (
        f"({compiler.process(one.value, **options)} IN (SELECT unnest(ARRAY{compiler.process(one.query, **options)})))"
    )
