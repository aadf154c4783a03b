"""From declared columns to plain cells: the same for a workbook and a CSV file.

A column has one or three fields (money: mark, amount, currency; a date with bounds: text, earliest, latest). `cells` gives
one `Cell` for each field of a row, in the language spoken (`portal.web.i18n.speaking`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from portal.kernel.money import Money, decimals_of
from portal.kernel.when import When
from portal.web.formats import unknown_text, when_text
from portal.web.i18n import gettext as _
from portal.workbooks.columns import Amount, Column, Disputed, Level, Planned
from portal.workbooks.text import CELL_LIMIT, cut, plain, web_address

FIRST_DAY = date(1900, 3, 1)
"""Excel has no earlier day that it and other programs agree on; earlier ones are written as text."""
APPROXIMATE = "≈"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the file. `group`: it stands in a closed group beside its date."""

    key: str
    column: Column
    head_cs: str
    head_en: str
    width: int
    group: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and how it looks: text, long, count, key, day, money, currency, mark, flag, unknown, words, link, none.

    `value` is None only where nothing is to be said (the mark of an exact amount). `decimals` of money; `link` an address;
    `indent`, `strong` and the `second` line of a text in a tree. A `planned` or `disputed` day is a date.
    """

    value: str | int | Decimal | date | None
    look: str
    decimals: int = 2
    link: str | None = None
    indent: int = 0
    strong: bool = False
    second: str = ""


def fields_of(columns: Sequence[Column]) -> list[Field]:
    """The fields of all columns in order."""
    found: list[Field] = []
    for c in columns:
        own = Field(c.key, c, c.head_cs, c.head_en, c.width)
        if c.kind == "money":
            mark = Field(f"{c.key}_about", c, APPROXIMATE, APPROXIMATE, 4)
            found += [mark, own, Field(f"{c.key}_currency", c, "Měna", "Currency", 10)]
        elif c.bounds:
            found += [
                own,
                Field(f"{c.key}_from", c, f"{c.head_cs}: nejdříve", f"{c.head_en}: earliest", 13, group=True),
                Field(f"{c.key}_to", c, f"{c.head_cs}: nejpozději", f"{c.head_en}: latest", 13, group=True),
            ]
        else:
            found.append(own)
    keys = [field.key for field in found]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"two columns of the file would be called {sorted(twice)}")
    return found


def cells_of(columns: Sequence[Column], row: Any, lang: str) -> list[Cell]:
    """One cell for each field of a row."""
    found: list[Cell] = []
    for column in columns:
        value = column.value(row, lang)
        if column.empty is not None and value in (None, ""):
            found += _empty(column)
        else:
            found += _WRITE[column.kind](column, value, lang)
    return found


def _empty(column: Column) -> list[Cell]:
    words = str(column.empty)
    first = Cell(words, "words") if words else Cell(None, "none")
    return [first] * (3 if column.bounds or column.kind == "money" else 1)


def cell_text(text: str) -> str:
    """`text` as a cell holds it: cut at the limit of a cell, and then it says so at its end, never silently."""
    return cut(plain(text), CELL_LIMIT, _("… [shortened; the whole text is in the portal]"))


def unknown() -> Cell:
    """What is not known is said in words: never 0, never empty."""
    return Cell(unknown_text(), "unknown")


def yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _text(column: Column, value: Any, lang: str) -> list[Cell]:
    text = "" if value is None else cell_text(str(value))
    if not text.strip():
        return [unknown()]
    if isinstance(value, Level):
        second = "" if value.second == value.text else cell_text(value.second)
        return [Cell(text, column.kind, indent=value.depth, strong=value.strong, second=second)]
    return [Cell(text, column.kind)]


def _address(column: Column, value: Any, lang: str) -> list[Cell]:
    [cell] = _text(column, value, lang)
    link = web_address(str(value)) if cell.look != "unknown" else None
    return [Cell(cell.value, "link", link=link) if link else Cell(cell.value, "text" if value else "unknown")]


def _number(column: Column, value: Any, lang: str) -> list[Cell]:
    if value is None:
        return [unknown()]
    if type(value) is not int:
        raise TypeError(f"{column.key} is a whole number, not {type(value).__name__}")
    return [Cell(value, column.kind)]


def _exact(column: Column, value: Any, lang: str) -> list[Cell]:
    if value is None:
        return [unknown()]
    if not isinstance(value, Decimal):
        raise TypeError(f"{column.key} is an exact number, not {type(value).__name__}")
    return [Cell(value, column.kind)]


def _flag(column: Column, value: Any, lang: str) -> list[Cell]:
    return [unknown() if value is None else Cell(yes_or_no(bool(value)), "flag")]


def day(value: date | None) -> Cell:
    """A full day as a real date."""
    if value is None:
        return unknown()
    return Cell(value, "day") if value >= FIRST_DAY else Cell(when_text(When(value.isoformat())), "words")


def _day(column: Column, value: Any, lang: str) -> list[Cell]:
    return [day(value)]


def _when(column: Column, value: Any, lang: str) -> list[Cell]:
    if value is None:
        return [unknown()] * (3 if column.bounds else 1)
    when = value.when if isinstance(value, Planned | Disputed) else value
    full = when.precision == "day" and not when.approximate and not when.uncertain
    shown = day(when.earliest) if full else Cell(when_text(when, lang), "words")
    whole = shown.look == "day"
    if isinstance(value, Planned):
        shown = replace(shown, look="planned") if whole else Cell(_("planned: %(when)s", when=shown.value), "words")
    elif isinstance(value, Disputed):
        shown = (
            replace(shown, look="disputed") if whole else Cell(_("%(value)s (conflict)", value=shown.value), "words")
        )
    if not column.bounds:
        return [shown]
    latest = Cell(_("goes on"), "words") if when.goes_on else day(when.latest)
    return [shown, day(when.earliest), latest]


def _money(column: Column, value: Any, lang: str) -> list[Cell]:
    amount = value if isinstance(value, Amount) else Amount(value)
    nothing = Cell(None, "none")
    if amount.money is None:
        words = Cell(cell_text(amount.instead), "words") if amount.instead else unknown()
        return [nothing, words, nothing if amount.instead else unknown()]
    return [
        Cell(APPROXIMATE, "mark") if amount.approximate else nothing,
        Cell(amount.money.decimal, "money", decimals_of(amount.money.currency)),
        Cell(amount.money.currency, "currency"),
    ]


_WRITE = {
    "text": _text, "long": _text, "count": _number, "number": _exact, "key": _number, "day": _day, "when": _when, "money": _money,
    "flag": _flag, "address": _address,
}  # fmt: skip


def totals(
    columns: Sequence[Column], rows: Sequence[Any], key: str, counted_by: str | None, lang: str
) -> dict[str, Amount]:
    """What a money column adds up to by currency, of the rows that count: those with yes in the flag `counted_by`, all without
    one. Zero in a currency that only other rows have."""
    of = {c.key: c for c in columns}
    sums: dict[str, Money] = {}
    about: set[str] = set()
    for row in rows:
        value = of[key].value(row, lang)
        amount = value if isinstance(value, Amount) else Amount(value if isinstance(value, Money) else None)
        if amount.money is None:
            continue
        code = amount.money.currency
        sums.setdefault(code, Money(0, code))
        if counted_by is None or of[counted_by].value(row, lang):
            sums[code] += amount.money
            about |= {code} if amount.approximate else set()
    return {code: Amount(money, code in about) for code, money in sums.items()}
