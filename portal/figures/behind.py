"""The records behind a figure as a SELECT, so that whoever asks may count, order and page them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Behind:
    """`select` gives the rows, `order` the expressions they stand by (unknown values last), `key` the id that breaks ties,
    `made` turns the columns of a row into what the figure gives."""

    select: Select
    order: tuple[ColumnElement, ...]
    key: ColumnElement
    made: Callable

    def all(self, s: Session) -> list:
        """All of them, in their order."""
        order = [e for column in self.order for e in (column.is_(None), column)]
        return [self.made(*row) for row in s.execute(self.select.order_by(*order, self.key))]
