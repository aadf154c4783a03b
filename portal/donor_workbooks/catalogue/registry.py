"""The register of what can be written, and the answers it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.permission import Actor
from portal.obligations.models import DueReport
from portal.workbooks.filling.values import Value

KNOWN, UNKNOWN, NOTHING = "known", "unknown", "nothing"
"""A value is known; it is not; it does not apply to this report (there is nothing it could be)."""


@dataclass(frozen=True)
class Asked:
    """For whom, for which report, and in which language ("cs", "en") a value is wanted. `memory`: what was read for one filling
    already."""

    s: Session
    actor: Actor
    report: DueReport
    language: str = "en"
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Any, read: Callable[[], Any]) -> Any:
        """What `read` gives, asked for once in a filling."""
        if key not in self.memory:
            self.memory[key] = read()
        return self.memory[key]


@dataclass(frozen=True)
class Found:
    """An answer. `why` it is not known; `doubts` that a person should know of before it is sent. Messages to translate."""

    state: str
    value: Value = None
    why: str = ""
    doubts: tuple[str, ...] = ()


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
    """Repeated rows: `lines` gives them in their order, or None with a report to which they do not apply."""

    key: str
    label: str
    lines: Callable[[Asked], Sequence[Any] | None]


_OFFERS: dict[str, Offer] = {}
_SOURCES: dict[str, Source] = {}


def offer(
    key: str, label: str, words: Sequence[str], value: Callable[..., Found], *, heads: Sequence[str] = (), rows: str = "",
    number: str = "",
) -> Offer:  # fmt: skip
    """Register a value; a key may be registered once. With `rows` the function is asked with each line of that source, too."""
    if key in _OFFERS or (rows and rows not in _SOURCES):
        raise ValueError(f"{key}: registered twice, or of no registered source")
    made = _OFFERS[key] = Offer(key, label, tuple(words), value, tuple(heads), rows, number)
    return made


def source(key: str, label: str, lines: Callable[[Asked], Sequence[Any] | None]) -> Source:
    """Register a source of repeated rows."""
    if key in _SOURCES:
        raise ValueError(f"{key}: registered twice")
    made = _SOURCES[key] = Source(key, label, lines)
    return made


def offers() -> Mapping[str, Offer]:
    """Everything on offer by key, in the order people are offered it."""
    return MappingProxyType(_OFFERS)


def sources() -> Mapping[str, Source]:
    return MappingProxyType(_SOURCES)


def known(value: Value, *doubts: str) -> Found:
    return Found(KNOWN, value, doubts=tuple(one for one in doubts if one))


def unknown(why: str) -> Found:
    return Found(UNKNOWN, why=why)


def nothing(why: str = "") -> Found:
    return Found(NOTHING, why=why)
