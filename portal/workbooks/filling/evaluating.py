"""One formula computed by the library `formulas`, with the values it refers to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation
from functools import cache
from typing import Any

from portal.workbooks.filling.all_formulas import Formulas
from portal.workbooks.filling.areas import Area
from portal.workbooks.filling.book import Book
from portal.workbooks.filling.references import area
from portal.workbooks.filling.sheet import Spot
from portal.workbooks.filling.values import ERRORS, Value, spelt

MOST = 200_000
"""Cells that one formula may take in."""


class NotComputed(ValueError):
    """The library does not know the formula, or gives more than one value."""


def evaluate(formulas: Formulas, key: tuple[str, Spot], now: Mapping[tuple[str, Spot], Value]) -> Value:
    """The value of the formula at `key`, where the cells of `now` hold other values than the workbook's. NotComputed."""
    import numpy

    name, _spot = key
    try:
        compiled = _compiled(formulas.text[key])
        given = [_array(formulas, name, text, now) for text in compiled.inputs or ()]
        found = numpy.ravel(numpy.asarray(compiled(*given), dtype=object))
    except NotComputed:
        raise
    except Exception as error:  # whatever the library raises, it did not compute
        raise NotComputed(str(error)) from error
    if len(found) != 1:
        raise NotComputed("several values")
    return _plain(found[0])


def _plain(found: Any) -> Value:
    """A result as a value of ours. What the library does not know it may call #NAME?: that is no result."""
    import numpy

    if isinstance(found, (bool, numpy.bool_)):
        return bool(found)
    if isinstance(found, (int, float, numpy.integer, numpy.floating)):
        return float(found)
    text = str(found)
    if text == "#NAME?" or (type(found).__name__ == "EmptyValue"):
        raise NotComputed(text)
    return text


def _array(formulas: Formulas, sheet: str, text: str, now: Mapping[tuple[str, Spot], Value]) -> Any:
    """The values of a reference as the library takes them: rows of objects, an empty cell as its own mark."""
    import numpy
    import schedula

    placed = area(formulas.book, sheet, text)
    if placed is None:
        return _constant(formulas.book, sheet, text)
    at, whole = placed
    part: Area = whole.cut(*_end(formulas, at, now))
    rows, columns = part.shape
    if rows * columns > MOST:
        raise NotComputed("too many cells")
    cells = formulas.book.sheet(at).cells
    values = []
    for spot in part.cells():
        held = now[at, spot] if (at, spot) in now else (cells[spot].value if spot in cells else None)
        values.append(schedula.EMPTY if held is None or held == "" and spot not in cells else _given(formulas, held))
    found = numpy.empty(len(values), dtype=object)
    found[:] = values
    return found.reshape(rows, columns)


def _constant(book: Book, sheet: str, name: str) -> float:
    """The number that a name stands for."""
    told = next((book.names[key] for at in (sheet, "") if (key := (name.casefold(), at)) in book.names), "")
    try:
        return float(told)
    except ValueError as error:
        raise NotComputed(name) from error


def _end(formulas: Formulas, sheet: str, now: Mapping[tuple[str, Spot], Value]) -> Spot:
    """How far a sheet is filled, with what is written now."""
    rows, columns = formulas.ends[sheet]
    new = [spot for at, spot in now if at == sheet]
    return max([rows, *(row for row, _ in new)]), max([columns, *(column for _, column in new)])


def _given(formulas: Formulas, value: Value) -> Any:
    """A value as the library takes it: days as numbers, errors as its own."""
    if isinstance(value, datetime.date):
        return float(spelt(value, b"", formulas.book.since_1904)[1][3:-4])
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str) and value in ERRORS:
        from formulas.tokens.operand import Error

        return Error.errors[value]
    return value


@cache
def _compiled(text: str) -> Any:
    return _parser().ast("=" + text)[1].compile()


@cache
def _parser() -> Any:
    """The library's, with rounding of our own: 3 × 1.005 lies a little below its decimal, and Excel rounds the decimal of fifteen
    digits that it shows."""
    import formulas
    from formulas.functions import wrap_ufunc

    for name, way in (
        ("ROUND", ROUND_HALF_UP),
        ("ROUNDDOWN", ROUND_DOWN),
        ("ROUNDUP", ROUND_UP),
        ("TRUNC", ROUND_DOWN),
    ):
        formulas.get_functions()[name] = wrap_ufunc(_rounding(way))
    return formulas.Parser()


def _rounding(way: str) -> Callable[..., float]:
    """A function of rounding as Excel and LibreOffice do it, of the decimal people see."""

    def rounded(number: float, digits: float = 0) -> float:
        step = Decimal(1).scaleb(-int(digits))
        try:
            return float(Decimal(f"{number:.15g}").quantize(step, way))
        except InvalidOperation:  # more digits than a number has: nothing to round
            return number

    return rounded
