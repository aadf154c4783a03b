"""XML parts read with the place in bytes of every element, so that one element can be replaced and all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_CODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")


class Unclear(ValueError):
    """A part that is not read byte by byte: another encoding than UTF-8, a document type, XML that is not well-formed."""


@dataclass
class Element:
    """One element: `data[start:inside]` is its start tag, `data[end:after]` its end tag; without one all three ends are one."""

    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    parent: Element | None = field(repr=False)
    closed: bool = False
    end: int = 0
    after: int = 0

    def under(self, *names: str) -> bool:
        """Whether these are its nearest ancestors, the nearest first."""
        one = self.parent
        for name in names:
            if one is None or one.name != name:
                return False
            one = one.parent
        return True


def scan(data: bytes, closed: Callable[[Element], None]) -> None:
    """Calls `closed` at the end of every element, inner ones first. Names are local ones, of attributes with a namespace too
    (`id` of `r:id`). Unclear where bytes and characters cannot be told to stand at the same place."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unclear("encoding")
    coding = _CODING.search(data[: data.find(b"?>") + 1])
    if coding and coding[1].lower() not in (b"utf-8", b"us-ascii"):
        raise Unclear("encoding")
    parser = expat.ParserCreate(namespace_separator=" ")
    open_: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = _TAG.match(data, at)
        if tag is None:
            raise Unclear("tag")
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        parent = open_[-1] if open_ else None
        open_.append(Element(name.rpartition(" ")[2], local, at, tag.end(), parent, tag[0].endswith(b"/>")))

    def end(_name: str) -> None:
        one = open_.pop()
        if one.closed:
            one.end = one.after = one.inside
        else:
            one.end = parser.CurrentByteIndex
            one.after = data.index(b">", one.end) + 1
        closed(one)

    def refuse(*_given: object) -> None:
        raise Unclear("document type")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unclear(str(error)) from error


def elements(data: bytes, *names: str) -> Iterator[Element]:
    """The elements of these names in the order in which they end."""
    found: list[Element] = []
    scan(data, lambda one: found.append(one) if one.name in names else None)
    yield from found


def spliced(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """`data` with each `data[start:end]` replaced. No two places overlap; what goes in at one place goes in as given."""
    pieces, at = [], 0
    for start, end, new in sorted(changes, key=lambda one: one[:2]):
        if start < at:
            raise ValueError("two changes of one place")
        pieces += [data[at:start], new]
        at = end
    return b"".join([*pieces, data[at:]])


def with_attribute(data: bytes, one: Element, name: str, value: str) -> tuple[int, int, bytes]:
    """The change that gives an element an attribute without a namespace."""
    tag = data[one.start : one.inside]
    here = re.search(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
    new = f' {name}="{value}"'.encode()
    if here is not None:
        return one.start + here.start(), one.start + here.end(), new
    at = one.inside - (2 if one.closed else 1)
    return at, at, new
