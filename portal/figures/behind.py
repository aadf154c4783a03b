"""The records behind a figure as a SELECT, so that whoever asks may count, order and page them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Behind:
    """`select` gives the rows, `order` the expressions they stand by (unknown values last), `key` the id that breaks ties,
    `made` turns the columns of a row into what the figure gives. `untold` takes from the SELECT what no SQL can tell apart
    (see `told_in`)."""

    select: Select
    order: tuple[ColumnElement, ...]
    key: ColumnElement
    made: Callable
    untold: Callable[[Session, Select], Select] | None = None

    def told_in(self, s: Session) -> Select:
        """The SELECT of what may be told in this Session, of the present or of the past."""
        return self.untold(s, self.select) if self.untold else self.select

    def number(self, s: Session) -> int:
        """How many rows there are."""
        keys = self.told_in(s).with_only_columns(self.key, maintain_column_froms=True).order_by(None)
        return s.scalar(select(func.count()).select_from(keys.subquery())) or 0

    def all(self, s: Session) -> list:
        """All of them, in their order."""
        order = [e for column in self.order for e in (column.is_(None), column)]
        return [self.made(*row) for row in s.execute(self.told_in(s).order_by(*order, self.key))]
