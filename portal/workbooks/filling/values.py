"""Values as the cells of a sheet spell them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from portal.workbooks.filling.tags import Element
from portal.workbooks.text import CELL_LIMIT, stored, units

Value = str | Decimal | float | bool | date | None
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_FIRST = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Day:
    """A day with the words for it, which are written where the format of a cell would show a number and no day."""

    on: date
    words: str


class Unwritable(ValueError):
    """A value that no cell holds: "too_long", "control", "too_early", "not_a_number"."""


def held(data: bytes, one: Element) -> str:
    """The text between the tags of an element, without what lies within further elements."""
    if one.closed:
        return ""
    raw = data[one.inside : one.end]
    if b"&" not in raw and b"<" not in raw:
        return raw.decode()
    return "".join(ElementTree.fromstring(b"<t>%s</t>" % raw).itertext())


def spelt(value: Value, prefix: bytes, since_1904: bool) -> tuple[str, bytes]:
    """(kind, inside) of a cell with this value: its attribute `t` ("" for a number) and what stands between its tags.

    A day is a number, counted as the workbook counts; text goes into the cell itself, so the shared texts stay as they are.
    Raises Unwritable.
    """
    if value is None or value == "":
        return "", b""
    if isinstance(value, bool):
        return "b", b"<%sv>%d</%sv>" % (prefix, value, prefix)
    if isinstance(value, date):
        days = (value - _FIRST[since_1904]).days
        if days < 0 or (not since_1904 and days < 61):  # the days before March 1900 are counted in two ways
            raise Unwritable("too_early")
        return "", b"<%sv>%d</%sv>" % (prefix, days, prefix)
    if isinstance(value, (Decimal, float, int)):
        number = float(value)
        if number != number or number in (float("inf"), float("-inf")):
            raise Unwritable("not_a_number")
        text = f"{value:f}" if isinstance(value, Decimal) else repr(value)
        return "", b"<%sv>%s</%sv>" % (prefix, text.encode(), prefix)
    if units(value) > CELL_LIMIT:
        raise Unwritable("too_long")
    if _NOT_XML.search(value):
        raise Unwritable("control")
    return "inlineStr", _text(value, prefix)


def outcome(value: Value, prefix: bytes) -> tuple[str, bytes]:
    """(kind, saved value) of a formula with this result; a text that starts with "#" is an error."""
    if value is None:
        return "", b""
    if isinstance(value, bool):
        return "b", b"<%sv>%d</%sv>" % (prefix, value, prefix)
    if isinstance(value, str):
        kind = "e" if value in ERRORS else "str"
        return kind, b"<%sv>%s</%sv>" % (prefix, escape(value).encode(), prefix)
    return "", b"<%sv>%s</%sv>" % (prefix, _number(value).encode(), prefix)


def _number(value: object) -> str:
    """A number as Excel saves it: the shortest that is read as the same, without a needless fraction."""
    text = repr(float(value))  # type: ignore[arg-type]
    return text.removesuffix(".0")


def _text(value: str, prefix: bytes) -> bytes:
    space = b' xml:space="preserve"' if value != value.strip() or "\n" in value else b""
    words = escape(stored(value.replace("\r\n", "\n"))).encode()
    return b"<%sis><%st%s>%s</%st></%sis>" % (prefix, prefix, space, words, prefix, prefix)
