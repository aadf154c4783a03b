"""The shape of what a change did beside records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.orm import Session

from portal.kernel.permission import Actor


class Thing(Protocol):
    """What a change did to one thing that is no record."""

    @property
    def names(self) -> Collection[int]:
        """The records it names."""

    @property
    def added(self) -> bool:
        """Whether the thing itself came."""


@dataclass
class Found:
    """What a change did beside records, and whether anything of that is not told."""

    things: list[Thing] = field(default_factory=list)
    hidden: bool = False


Reader = Callable[[Session, Actor, Collection[int], int | None], Mapping[int, Found]]
"""(session, actor, changes, the change as of which names are told) → by change what it did."""
