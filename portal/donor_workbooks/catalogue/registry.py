"""The register of what can be written, and the answers it gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from portal.donor_workbooks.rules.ways import Way
from portal.kernel.money import Money
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.obligations.models import DueReport
from portal.workbooks.filling.values import Value

KNOWN, UNKNOWN, NOTHING = "known", "unknown", "nothing"
"""A value is known; it is not; it does not apply to this report (there is nothing it could be)."""


@dataclass(frozen=True)
class Quoted:
    """What a statement rests on: the id of its document, the place in it, the words."""

    document_id: int
    place: str = ""
    quotation: str = ""


@dataclass
class Behind:
    """What a value was read from: the ids of the records it says something of, what its statements cite, the rates in it and the
    items it adds, in words; `way`: where it is mended."""

    records: set[int] = field(default_factory=set)
    quoted: dict[Quoted, None] = field(default_factory=dict)
    rates: dict[str, None] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    way: Way | None = None

    def clear(self) -> None:
        self.way = None
        for kept in (self.records, self.quoted, self.rates, self.items):
            kept.clear()


@dataclass(frozen=True)
class Asked:
    """For whom, for which report, and in which language ("cs", "en") a value is wanted. `memory`: what was read for one filling
    already; `behind`: what the value that is being asked for was read from so far."""

    s: Session
    actor: Actor
    report: DueReport
    language: str = "en"
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    behind: Behind = field(default_factory=Behind, compare=False, repr=False)

    def once(self, key: Any, read: Callable[[], Any]) -> Any:
        """What `read` gives, asked for once in a filling."""
        if key not in self.memory:
            self.memory[key] = read()
        return self.memory[key]

    def says(self, *of: Record | int | None) -> None:
        """The value says something of these records: whoever may not see one of them is not given the file."""
        self.behind.records.update(one if isinstance(one, int) else one.id for one in of if one is not None)

    def mended(self, to: str, of: int = 0, at: str = "") -> None:
        """Where a person mends the value that is being asked for; what was said first holds."""
        self.behind.way = self.behind.way or Way(to, of, at)


@dataclass(frozen=True)
class Found:
    """An answer. `why` it is not known; `doubts` that a person should know of before it is sent: messages to translate. What it
    was read from, as `answer` gathers it: `records` by id, what is `quoted`, `rates` and `items` in words. `currency` of an
    amount. `way`: where it is mended."""

    state: str
    value: Value = None
    why: str = ""
    doubts: tuple[str, ...] = ()
    records: tuple[int, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    rates: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    currency: str = ""
    way: Way | None = None


@dataclass(frozen=True)
class Offer:
    """One value: its key, what people call it, the labels (or heads of columns, of a source of rows) that mean it in either
    language. `heads`: it stands where a row of these labels crosses a column of those heads; `number`: of the line it is of, said
    before what people call it."""

    key: str
    label: str
    words: tuple[str, ...]
    value: Callable[..., Found]
    heads: tuple[str, ...] = ()
    rows: str = ""
    number: str = ""


@dataclass(frozen=True)
class Source:
    """Repeated rows: `lines` gives them in their order, or None with a report to which they do not apply. `name`: what a line is
    told from the others by, wherever it stands."""

    key: str
    label: str
    lines: Callable[[Asked], Sequence[Any] | None]
    name: Callable[[Any], str]


_ABOUT: dict[str, str] = {}
_OFFERS: dict[str, Offer] = {}
_SOURCES: dict[str, Source] = {}
_OF_NUMBER: list[Callable[[str], Sequence[Offer]]] = []
_NUMBER = re.compile(r"\.(\d+(?:\.\d+)*)\.")


def about(beginning: str, label: str) -> None:
    """What values are about whose keys begin so; of two beginnings the longer one holds."""
    _ABOUT[beginning] = label


def about_of(key: str) -> str:
    """What a single value is about. KeyError where nobody said it."""
    return _ABOUT[max((one for one in _ABOUT if f"{key}.".startswith(f"{one}.")), key=len, default=key)]


def offer(
    key: str, label: str, words: Sequence[str], value: Callable[..., Found], *, heads: Sequence[str] = (), rows: str = "",
    number: str = "",
) -> Offer:  # fmt: skip
    """Register a value; a key may be registered once. With `rows` the function is asked with each line of that source, too."""
    return _keep(Offer(key, label, tuple(words), value, tuple(heads), rows, number))


def numbered(numbers: Sequence[str], make: Callable[[str], Sequence[Offer]]) -> None:
    """Register the values of numbered lines: those of `numbers`, and of any other that a file or a mapping names."""
    for one in (made for number in numbers for made in make(number)):
        _keep(one)
    _OF_NUMBER.append(make)


def _keep(made: Offer) -> Offer:
    if made.key in _OFFERS or (made.rows and made.rows not in _SOURCES):
        raise ValueError(f"{made.key}: registered twice, or of no registered source")
    if not made.rows:
        about_of(made.key)
    return _OFFERS.setdefault(made.key, made)


def source(
    key: str, label: str, lines: Callable[[Asked], Sequence[Any] | None], name: Callable[[Any], str] = lambda one: str(one.id)
) -> Source:  # fmt: skip
    """Register a source of repeated rows."""
    if key in _SOURCES:
        raise ValueError(f"{key}: registered twice")
    made = _SOURCES[key] = Source(key, label, lines, name)
    return made


def offers(numbers: Iterable[str] = ()) -> Mapping[str, Offer]:
    """Everything on offer by key, in the order people are offered it; with the lines of these `numbers` as well."""
    further = {one.key: one for number in numbers for make in _OF_NUMBER for one in make(number)}
    return MappingProxyType(_OFFERS | further if further else _OFFERS)


def offer_of(key: str) -> Offer | None:
    """The value of a key, that of a line no list names, too; None where there is no such value."""
    if key in _OFFERS or not (number := _NUMBER.search(key)):
        return _OFFERS.get(key)
    return offers([number[1]]).get(key)


def sources() -> Mapping[str, Source]:
    return MappingProxyType(_SOURCES)


def known(value: Value, *doubts: str) -> Found:
    return Found(KNOWN, value, doubts=tuple(dict.fromkeys(one for one in doubts if one)))


def known_money(money: Money, *doubts: str) -> Found:
    """An amount in units of its currency, which the cell does not tell."""
    return replace(known(Decimal(money.decimal), *doubts), currency=money.currency)


def unknown(why: str) -> Found:
    return Found(UNKNOWN, why=why)


def nothing(why: str = "") -> Found:
    return Found(NOTHING, why=why)


@dataclass(frozen=True)
class Lines:
    """The lines of a source for a report (None: it does not apply), and the records without which there would be others."""

    of: Sequence[Any] | None
    within: frozenset[int]


def lines_of(asked: Asked, one: Source) -> Lines:
    """The lines of a source, in their order."""
    asked.behind.clear()
    return Lines(one.lines(asked), frozenset(asked.behind.records))


def answer(asked: Asked, one: Offer, line: Any = None, within: Collection[int] = ()) -> Found:
    """The value with what it was read from. A row says something of the record it is of, and of those `within` which its source
    looked for lines, whatever stands in its cells."""
    asked.behind.clear()
    asked.says(*within, line if isinstance(line, Record) else None)
    found = one.value(asked, line) if one.rows else one.value(asked)
    behind = asked.behind
    return replace(
        found, records=tuple(sorted(behind.records)), quoted=tuple(behind.quoted), rates=tuple(behind.rates),
        items=tuple(behind.items), way=behind.way,
    )  # fmt: skip
