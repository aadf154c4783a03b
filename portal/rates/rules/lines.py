"""What a file of monthly rates says: its lines, and everything that is wrong in it, all at once with its place."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from portal.kernel.currency import EXPONENTS
from portal.kernel.text import fold
from portal.rates.rules.cell_values import Unfit, day_of, month_said, rate_of
from portal.rates.rules.months import following, month_of, months_text
from portal.workbooks.reading.cells import Cell, Row

HEADS = {
    "currency": {"currency", "mena"},
    "month": {"month", "mesic"},
    "rate": {"rate", "kurz", "units for 1 eur", "jednotek za 1 eur"},
    "source": {"source", "zdroj"},
    "retrieved": {"retrieved", "zjisteno", "ziskano"},
}
"""Column → its names in a file, folded. `Kurz / Rate` is one of each, on one line or two."""
SOURCE = 300


@dataclass(frozen=True)
class Line:
    """One rate of a file, and where it stands there."""

    currency: str
    month: date
    per_euro: Decimal
    source: str
    retrieved: date
    place: str

    @property
    def key(self) -> tuple[str, date]:
        return self.currency, self.month


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place of the file: a code of `portal.rates.wording`, with the facts for its words."""

    place: str
    code: str
    facts: tuple[tuple[str, str], ...] = ()


def read_lines(rows: Iterable[Row], lang: str, today: date) -> tuple[list[Line], list[Problem]]:
    """The lines of all sheets that have the head, and the problems of single cells. `lang` says which marks numbers written as
    text have."""
    lines: list[Line] = []
    problems: list[Problem] = []
    headed = False
    for columns, row in _under_heads(rows):
        headed = True
        if columns is None:
            continue
        cells = {name: row.cell(n) for name, n in columns.items()}
        if all(cell.empty for cell in cells.values()):
            continue
        values: dict[str, object] = {}
        for name, cell in cells.items():
            try:
                values[name] = _value(name, cell, lang, today)
            except Unfit as unfit:
                facts = tuple((key, str(value)) for key, value in unfit.params.items())
                problems.append(Problem(str(cell.place), unfit.code, facts))
        if len(values) == len(HEADS):
            lines.append(
                Line(
                    str(values["currency"]),
                    _date(values["month"]),
                    _number(values["rate"]),
                    str(values["source"]),
                    _date(values["retrieved"]),
                    str(cells["rate"].place),
                )  # fmt: skip
            )
    if not headed:
        problems.append(Problem("", "no_head"))
    elif not lines and not problems:
        problems.append(Problem("", "no_lines"))
    return lines, problems


def problems_between(lines: Collection[Line], loaded: Collection[tuple[str, date]]) -> list[Problem]:
    """A month twice, and months missing between two months of a currency, unless they are loaded."""
    found = []
    first: dict[tuple[str, date], Line] = {}
    for line in lines:
        if line.key in first:
            facts = (
                ("currency", line.currency),
                ("month", line.month.strftime("%Y-%m")),
                ("first", first[line.key].place),
            )
            found.append(Problem(line.place, "duplicate", facts))
        first.setdefault(line.key, line)
    before: Line | None = None
    for line in sorted(first.values(), key=lambda line: line.key):
        if before is not None and before.currency == line.currency:
            missing = [m for m in _between(before.month, line.month) if (line.currency, m) not in loaded]
            if missing:
                facts = (("currency", line.currency), ("months", ", ".join(months_text(missing))))
                found.append(Problem(line.place, "gap", facts))
        before = line
    return found


def gaps_to_loaded(lines: Collection[Line], loaded: Collection[tuple[str, date]]) -> dict[str, list[date]]:
    """{currency: months} that would be missing between what is loaded and what the file adds: no error, but said beforehand."""
    after = {*loaded, *(line.key for line in lines)}
    found = {}
    for currency in sorted({line.currency for line in lines}):
        months = sorted(month for one, month in after if one == currency)
        missing = [m for m in _between(months[0], months[-1]) if (currency, m) not in after]
        if missing:
            found[currency] = missing
    return found


def _between(first: date, last: date) -> Iterator[date]:
    month = following(first)
    while month < last:
        yield month
        month = following(month)


def _under_heads(rows: Iterable[Row]) -> Iterator[tuple[dict[str, int] | None, Row]]:
    """The rows below the head of their sheet with its columns; the head itself, however often it stands, with None."""
    sheet, columns = None, None
    for row in rows:
        if row.sheet != sheet:
            sheet, columns = row.sheet, None
        head = _head(row)
        if head is not None:
            columns = columns or head
            yield None, row
        elif columns is not None:
            yield columns, row


def _head(row: Row) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for n, value in enumerate(row.values):
        said = (
            {" ".join(fold(part).split()) for part in str(value).replace("\n", "/").split("/")}
            if isinstance(value, str)
            else set()
        )
        for name, names in HEADS.items():
            if said & names:
                found.setdefault(name, n)
    return found if len(found) == len(HEADS) else None


def _value(name: str, cell: Cell, lang: str, today: date) -> object:
    """Raises Unfit."""
    value = cell.value
    if cell.empty:
        raise Unfit(f"{name}_missing")
    if name == "currency":
        code = str(value).strip().upper()
        if code == "EUR" or code not in EXPONENTS:
            raise Unfit("currency_unknown", text=str(value)[:20])
        return code
    if name == "source":
        said = " ".join(str(value).split())
        if len(said) > SOURCE:
            raise Unfit("source_long", limit=SOURCE)
        return said
    if name == "rate":
        return rate_of(value, lang)
    if name == "retrieved":
        day = day_of(value, lang)
        if day > today:
            raise Unfit("day_ahead", text=day.isoformat())
        return day
    month = month_said(value, lang)
    if month > following(month_of(today)):
        raise Unfit("month_ahead", text=month.strftime("%Y-%m"))
    return month


def _date(value: object) -> date:
    assert isinstance(value, date) and not isinstance(value, datetime)
    return value


def _number(value: object) -> Decimal:
    assert isinstance(value, Decimal)
    return value


def keep_lines(lines: Iterable[Line]) -> str:
    """The lines as text, to be looked through and loaded later."""
    return json.dumps(
        [
            [x.currency, x.month.isoformat(), format(x.per_euro, "f"), x.source, x.retrieved.isoformat(), x.place]
            for x in lines
        ],
        ensure_ascii=False,
    )


def kept_lines(text: str) -> list[Line]:
    """What `keep_lines` kept."""
    return [
        Line(currency, date.fromisoformat(month), Decimal(rate), source, date.fromisoformat(retrieved), place)
        for currency, month, rate, source, retrieved, place in json.loads(text)
    ]
