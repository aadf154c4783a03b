"""What a list declares: its filters, its orders, its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.web.i18n import lazy_gettext as _l

SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Text:
    """A typed filter. `where(text, view)` gives a predicate, or raises ValueError with a message for the person."""

    name: str
    label: Any
    where: Callable[[str, Any], Any]
    hint: Any = None
    kind: str = "text"


@dataclass(frozen=True)
class Search(Text):
    """The search field of the list; stands first and wide."""

    kind: str = "search"


@dataclass(frozen=True)
class Choice:
    """A filter by value. `choices(view)` gives [(value, label)]; `where(value, view)` a predicate.

    `many`: several values may stand in the address and are joined by OR. `any` is the label of "no filter". `unasked(view)`
    is the predicate of the page while no value is chosen (archived records are left out): totals and files do without it.
    """

    name: str
    label: Any
    choices: Callable[[Any], Sequence[tuple[Any, Any]]]
    where: Callable[[Any, Any], Any]
    any: Any = field(default_factory=lambda: _l("All"))
    many: bool = False
    kind: str = "choice"
    unasked: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Sort:
    """An order. `columns(view)` gives the expressions, most significant first; `nullable` puts unknown values last.

    `descending` is the direction a first click gives.
    """

    name: str
    label: Any
    columns: Callable[[Any], Sequence[Any]]
    nullable: bool = False
    descending: bool = False


@dataclass(frozen=True)
class Declared:
    """All that one list declares. `sorts[0]` is the order without a wish; `size` the page without one."""

    filters: tuple
    sorts: tuple[Sort, ...]
    key: Any
    size: int = 50
    distinct_count: bool = False

    def filter(self, name: str):
        return next(f for f in self.filters if f.name == name)
