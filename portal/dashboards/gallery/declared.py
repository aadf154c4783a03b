"""What a chart declares: everything the pages, files and prints need, all made from one frame.

    Declared(
        key="timeline", group=PROJECTS, name=_l("…"), definition=_l("…"),
        columns=(Column("name", …), …),       of the table, of Excel and of CSV alike; the first one names the row
        frame=frame,                          frame(ask) -> pandas frame; what no row tells stands in its `attrs`
        draw=draw, says=says, covers=covers,  (frame, ask) -> drawings, the text alternative, the line of coverage
        behind=behind,                        (ask, part) -> the records behind a row
        native=Native(…),                     the chart in Excel
    )

Every row has a `key`; `url(row key)` of the `Ask` leads to the records behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.dashboards.queries import Wording
from portal.figures import Scope
from portal.kernel.permission import Actor
from portal.workbooks.columns import Column, Sheet

MONEY, PROJECTS, PLACES = "money", "projects", "places"
GROUPS = (MONEY, PROJECTS, PLACES)
BEGINNING = 12
"""Rows of a long chart that stands among others."""


@dataclass(frozen=True)
class Ask:
    """What a chart is asked for: by whom, of what, in which words. `url(part)` leads to the records behind a part; `page` is
    of a chart that shows its rows page by page, from 1; `whole`: all of them, for a file; `among`: beside other charts, where
    a long one shows only its beginning."""

    s: Session
    actor: Actor
    scope: Scope
    wording: Wording
    url: Callable[[str], str]
    page: int = 1
    whole: bool = False
    among: bool = False

    @property
    def lang(self) -> str:
        return self.wording.lang

    def size(self, most: int) -> int:
        """Rows on one page of a chart that has so many there when it stands alone."""
        return min(most, BEGINNING) if self.among else most


@dataclass(frozen=True)
class Entry:
    """A record behind a row: kind, id, name, and what it says there."""

    kind: str
    record_id: int
    name: str
    says: str = ""


@dataclass(frozen=True)
class Native:
    """The chart in Excel over the columns of the sheet. `kind`: "bar" lying bars of `values`, "stacked" standing ones of
    `values` by moments and groups, "spans" bars over time, "years" and "ways" as the charts of these names. `note`: what the
    sheet says of it."""

    kind: str
    values: str = ""
    note: object = ""


@dataclass(frozen=True)
class Key:
    """One entry of the legend: class of its swatch, words."""

    swatch: str
    words: str


@dataclass(frozen=True)
class Declared:
    """See above. `shown`: the columns of the table on the page (all); `link`: the one that leads to the records (the
    first); `wide`: it asks for the whole width of a page."""

    key: str
    group: str
    name: object
    definition: object
    columns: tuple[Column, ...]
    frame: Callable
    draw: Callable
    says: Callable
    covers: Callable
    native: Native
    behind: Callable | None = None
    note: object = ""
    shown: tuple[str, ...] = ()
    link: str = ""
    wide: bool = False
    legend: Callable | None = None

    def named(self, row, lang: str) -> str:
        """What a row is called: the texts it begins with."""
        texts = [
            str(column.value(row, lang))
            for column in self.columns
            if column.kind == "text" and column.key != "certainty"
        ]
        return ", ".join(texts)

    def sheet(self) -> Sheet:
        """The columns of its table."""
        return Sheet(self.key, str(self.name), str(self.name), self.columns)


@dataclass
class Made:
    """A chart of one scope: the frame and what was made from it. `pages`: how many there are of its rows."""

    chart: Declared
    frame: object
    coverage: str
    summary: str
    drawings: list[dict] = field(default_factory=list)
    legend: tuple[Key, ...] = ()
    page: int = 1
    pages: int = 1
    more: int = 0

    @property
    def rows(self) -> list:
        return list(self.frame.itertuples(index=False))


def make(chart: Declared, ask: Ask, drawn: bool = True) -> Made:
    """The chart of a scope; without drawings for a file."""
    frame = chart.frame(ask)
    made = Made(chart, frame, chart.covers(frame, ask), chart.says(frame, ask) if drawn else "")
    made.page, made.pages = frame.attrs.get("page", 1), frame.attrs.get("pages", 1)
    made.more = frame.attrs.get("more", 0)
    if drawn and len(frame):
        made.drawings = chart.draw(frame, ask)
        made.legend = chart.legend(frame, ask) if chart.legend else ()
    return made
