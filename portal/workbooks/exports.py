"""Which lists can be taken away as files: each page with a list registers it once, in its feature's `install(app)`.

    exports.register(app, Export(
        sheet=PROJECTS,                                           # its columns (portal.workbooks.columns)
        listing=LISTING,                                          # filters and orders, the object the page opens
        select=lambda v: project_rows.select_projects(v.actor),   # the SELECT the page gives to `v.rows`
        dress=project_rows.dress,                                 # (s, actor, rows) -> rows as the columns take them
        needs="project.read",
    ))

The file then holds the rows of the page, all its pages together: same filter, order, rights and moment; and the archived
ones that the page leaves out until it is asked for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select

from portal.web.listing import Listing, View
from portal.workbooks.columns import Sheet

AT_ONCE = 500
"""Rows dressed together: an IN never grows beyond what the databases take."""


class TooManyRows(Exception):
    """The list is longer than the kind of file takes; `limit` is how many rows it takes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


@dataclass(frozen=True)
class Export:
    """One list that can be taken away. `needs` is the permission of its page.

    `dress` None: the columns take what is selected. `whole`: where the page shows the unfiltered list in an order of its
    own (a tree), its rows; None when a filter is in force. `unstated`: what a workbook says where documents of a day speak, of
    which the list shows nothing.
    """

    sheet: Sheet
    listing: Listing
    select: Callable[[View], Select]
    needs: str
    dress: Callable[[Any, Any, Sequence], Sequence] | None = None
    whole: Callable[[View], Sequence | None] | None = None
    unstated: Any = ""

    def rows(self, v: View, limit: int) -> list:
        """All rows of the list in its order, as the columns take them. Raises TooManyRows above `limit`."""
        own = self.whole(v) if self.whole else None
        if own is not None:
            found = list(own)
        else:
            asked = v.ordered(self.select(v)).limit(limit + 1)
            result = v.s.execute(asked).unique()
            found = list(result.scalars() if len(asked.column_descriptions) == 1 else result)
        if len(found) > limit:
            raise TooManyRows(limit)
        if own is not None or self.dress is None:
            return found
        dressed: list = []
        for start in range(0, len(found), AT_ONCE):
            dressed += self.dress(v.s, v.actor, found[start : start + AT_ONCE])
        return dressed


def register(app: Flask, export: Export) -> None:
    """Offer a list. ValueError where another one has the same sheet key."""
    table = registered(app)
    if export.sheet.key in table:
        raise ValueError(f"two lists are exported as {export.sheet.key}")
    table[export.sheet.key] = export


def registered(app: Flask | None = None) -> dict[str, Export]:
    """{sheet key: Export} of everything registered."""
    return (app or current_app).extensions.setdefault("portal.exports", {})
