"""What a formula refers to: areas of sheets, through names and tables too. By openpyxl's tokenizer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from portal.workbooks.filling.areas import Area
from portal.workbooks.filling.book import Book, Table

REACHING = ("OFFSET(", "INDIRECT(")
"""Functions that may refer to anything."""
CHANGING = ("NOW(", "TODAY(", "RAND(", "RANDBETWEEN(", "RANDARRAY(", "CELL(", "INFO(")
"""Functions whose result depends on the moment or the machine."""
ADDING = ("SUM(", "ROUND(")
_STRUCTURED = re.compile(r"(?P<table>[^\[\]]+)\[(?P<inside>.*)\]$", re.DOTALL)
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_WORDS = {"TRUE", "FALSE"}

Placed = tuple[str, Area]


@dataclass
class References:
    """The areas, and whether the formula may refer to anything, to another workbook, or to the moment; `adds`: whether it only
    adds and subtracts, so that it is of the kind of what it adds."""

    areas: list[Placed] = field(default_factory=list)
    anything: bool = False
    changing: bool = False
    unclear: bool = False
    adds: bool = True


def references(book: Book, sheet: str, formula: str, depth: int = 0) -> References:
    """The references of a formula (without "=") that stands on `sheet`."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token

    found = References()
    for token in Tokenizer("=" + formula).items:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            name = token.value.upper().removeprefix("_XLFN.")
            found.anything |= name in REACHING
            found.changing |= name in CHANGING
            found.adds &= name in ADDING
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE and token.value.upper() not in _WORDS:
            _add(book, sheet, token.value, found, depth)
        elif token.type == Token.OP_IN and token.value in (":", " "):
            found.anything = True  # the ends of an area are computed
        elif token.type in (Token.OP_IN, Token.OP_POST, Token.ARRAY, Token.OPERAND):
            found.adds &= token.value in ("+", "-") or token.subtype == Token.NUMBER
    return found


def area(book: Book, sheet: str, text: str) -> Placed | None:
    """The one area a reference stands for; None where it is several, or none."""
    found = References()
    _add(book, sheet, text, found, 0)
    return found.areas[0] if len(found.areas) == 1 and not (found.unclear or found.anything) else None


def _add(book: Book, sheet: str, text: str, found: References, depth: int) -> None:
    place, _, rest = text.rpartition("!")
    if place.startswith("'"):
        place = place[1:-1].replace("''", "'")
    if "[" in place or text.startswith("["):
        found.unclear = True  # another workbook: nothing of this one
        return
    sheets = _sheets(book, place) if place else [sheet]
    try:
        one = Area.of(rest)
    except ValueError:
        _named(book, sheet, sheets, rest, found, depth)
        return
    found.areas += [(at, one) for at in sheets]
    found.unclear |= len(sheets) != 1


def _sheets(book: Book, place: str) -> list[str]:
    """The sheets of "Sheet" or, from the first to the last, of "Sheet1:Sheet3"."""
    names = list(book.package.sheets)
    first, _, last = place.partition(":")
    ends = [book.named(one) for one in (first, last or first)]
    if None in ends:
        return []
    numbers = sorted(names.index(one) for one in ends if one is not None)
    return names[numbers[0] : numbers[-1] + 1]


def _named(book: Book, sheet: str, sheets: list[str], name: str, found: References, depth: int) -> None:
    """A name, or a part of a table."""
    told = _STRUCTURED.match(name)
    table = book.tables.get((told["table"] if told else name).casefold())
    if table is not None:
        found.areas.append((table.sheet, _part(table, told["inside"] if told else "")))
        return
    for key in ((name.casefold(), (sheets or [sheet])[0]), (name.casefold(), "")):
        if key in book.names and depth < 10:
            inner = references(book, key[1] or sheet, book.names[key], depth + 1)
            found.areas += inner.areas
            found.anything |= inner.anything
            found.changing |= inner.changing
            found.unclear |= inner.unclear
            return
    found.unclear = True


def _part(table: Table, inside: str) -> Area:
    """The area of "Column", "[#Totals],[Column]" or "[First]:[Last]"; the whole table where it is told otherwise."""
    words = [inside] if "[" not in inside else _BRACKETED.findall(inside)
    at = {name: table.area.left + n for n, name in enumerate(table.columns)}
    chosen = [at[word] for word in words if word in at]
    top, bottom = table.area.top, table.area.bottom
    if not any(word.startswith("#") for word in words) and "@" not in inside:
        top, bottom = top + table.heads, bottom - table.totals
    left, right = (min(chosen), max(chosen)) if chosen else (table.area.left, table.area.right)
    return Area(top, left, bottom, right)
