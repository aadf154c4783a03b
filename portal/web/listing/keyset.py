"""Paging by the values of the last row: the cursor, the comparison, the order."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, literal, or_
from sqlalchemy.types import TypeEngine

Key = tuple[ColumnElement, bool]  # expression, descending


def keys(columns: Sequence[ColumnElement], nullable: bool, descending: bool, tie: ColumnElement) -> list[Key]:
    """The full sort key. Unknown values come last in either direction; the tie breaker makes it total."""
    made: list[Key] = []
    for column in columns:
        if nullable:
            made.append((case((column.is_(None), literal(1)), else_=literal(0)), False))
        made.append((column, descending))
    return [*made, (tie, descending)]


def order(made: list[Key], backwards: bool) -> list[ColumnElement]:
    return [(expr.desc() if down != backwards else expr.asc()) for expr, down in made]


def beyond(made: list[Key], values: Sequence[Any], backwards: bool) -> ColumnElement[bool]:
    """Rows strictly after `values` in the order (before them when `backwards`)."""
    tests, equal = [], []
    for (expr, down), value in zip(made, values, strict=True):
        if value is None:
            step: ColumnElement = false()  # within unknowns the next key decides
            same = expr.is_(None)
        else:
            step = expr < value if down != backwards else expr > value
            same = expr == value
        tests.append(and_(*equal, step))
        equal.append(same)
    return or_(*tests)


_TYPES = {
    "b": (bytes, lambda v: base64.urlsafe_b64encode(v).decode(), base64.urlsafe_b64decode),
    "t": (datetime, lambda v: v.isoformat(), datetime.fromisoformat),
    "d": (date, lambda v: v.isoformat(), date.fromisoformat),
    "n": (Decimal, str, Decimal),
}


def _pack(value: Any) -> Any:
    for code, (kind, write, _read) in _TYPES.items():
        if isinstance(value, memoryview):
            value = bytes(value)
        if isinstance(value, kind):
            return {code: write(value)}
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"cannot sort by {type(value).__name__}")


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        ((code, text),) = value.items()
        return _TYPES[code][2](text)
    if isinstance(value, float) or isinstance(value, list):
        raise ValueError(value)
    return value


def write_cursor(values: Sequence[Any], position: int) -> str:
    """An opaque text for the address: the values of a row and how many rows stand before it."""
    text = json.dumps([position, *map(_pack, values)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, types: Sequence[TypeEngine]) -> tuple[list[Any], int]:
    """Values and position. ValueError for anything not written by `write_cursor` for columns of these types."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        position, *packed = json.loads(raw)
        values = [_unpack(value) for value in packed]
    except (ValueError, TypeError, KeyError, binascii.Error, ArithmeticError, RecursionError) as error:
        raise ValueError("not a cursor") from error
    if len(values) != len(types) or type(position) is not int or not 0 <= position < 10**9:
        raise ValueError("not a cursor of this list")
    for value, type_ in zip(values, types, strict=True):
        if not _fits(value, type_):
            raise ValueError("not a cursor of this list")
    return values, position


def _fits(value: Any, type_: TypeEngine) -> bool:
    if value is None:
        return True
    try:
        expected = type_.python_type
    except NotImplementedError:
        return True
    if type(value) is int:
        return expected in (int, bool, Decimal, float) and abs(value) < 2**63
    if isinstance(value, datetime):
        return expected is datetime and value.tzinfo is not None
    return isinstance(value, expected)
