"""What every column of a record is filled with to see where it shows, and what stands for it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Boolean, Column, Date, Integer, inspect
from sqlalchemy.orm import Session

from portal.history.rules import UNTOLD
from portal.history.values import UNIT_LISTS
from portal.kernel import codes
from portal.kernel.db import Instant
from portal.kernel.money import Money
from portal.kernel.number import ExactNumber
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.sources import facts

FLAGS = {
    "placeholder": "Zdroj ho nepojmenovává", "confidential": "Důvěrné",
    "asks_approval": "Zprávy o stavu platí až po schválení",
}  # fmt: skip
"""Words that stand for a flag that is set."""


@dataclass(frozen=True)
class Sample:
    """One unit of a kind filled with something unmistakable: `words` is how a Czech page says it."""

    unit: str
    words: str


def columns(model: type[Record]) -> dict[str, list[Column]]:
    """The columns of a kind by the unit people know (a date with its bounds is one, so are money and a pair of texts)."""
    found: dict[str, list[Column]] = {}
    named = {c.name for table in inspect(model).tables for c in table.columns}
    for table in inspect(model).tables:
        for column in table.columns:
            stem, _, last = column.name.rpartition("_")
            if column.name in UNTOLD:
                continue
            whole = (
                (last in ("edtf", "from", "to") and f"{stem}_edtf" in named)
                or (last in ("minor", "currency") and f"{stem}_minor" in named)
                or (last in ("cs", "en") and f"{stem}_cs" in named)
                or (last == "id" and column.foreign_keys)
            )
            found.setdefault(stem if whole else column.name, []).append(column)
    return found


def fill(s: Session, record: Record, others: dict[str, Record], person_id: int) -> Iterator[Sample]:
    """Fill each unit of the record; `others` holds a record of each kind, or for a unit, to refer to."""
    for n, (unit, own) in enumerate(columns(type(record)).items(), 1):
        names = {c.name for c in own}
        if unit == "merged_into":  # only merged records say it, and they are in no list: tests/merging looks at them
            yield Sample(unit, "Sloučeno do")
            continue
        if f"{unit}_edtf" in names:
            setattr(record, unit, When((date(2011, 1, 1) + timedelta(days=n)).isoformat()))
            day = date(2011, 1, 1) + timedelta(days=n)
            yield Sample(unit, f"{day.day}. {day.month}. 2011")
        elif f"{unit}_minor" in names:
            setattr(record, unit, Money.of(str(7000 + n), "EUR"))
            yield Sample(unit, f"7 {n:03} EUR")
        elif f"{unit}_cs" in names:
            setattr(record, f"{unit}_cs", f"Slova {unit}")
            if unit == "name":
                record.rename(f"Slova {unit}", "")
            yield Sample(unit, f"Slova {unit}")
            if unit in names:  # a typed role beside the words of its source
                yield from _plain(record, unit, next(c for c in own if c.name == unit), n)
        elif unit in ("responsible", "author", "decided_by", "entered_by", "prepared_by", "checked_by"):
            setattr(record, f"{unit}_id", person_id)
            yield Sample(unit, "Zodpovědná osoba")
        elif f"{unit}_id" in names:
            [target] = {key.column.table.name for c in own for key in c.foreign_keys}
            other = others.get(unit) or others.get(target, others["organisation"])
            setattr(record, f"{unit}_id", other.id)
            yield Sample(unit, other.name_cs)
        else:
            yield from _plain(record, unit, own[0], n)


def _plain(record: Record, unit: str, column: Column, n: int) -> Iterator[Sample]:
    if isinstance(column.type, Instant):
        setattr(record, unit, datetime(2011, 1, 1, tzinfo=UTC) + timedelta(days=n))
        yield Sample(unit, f"{(date(2011, 1, 1) + timedelta(days=n)).day}. 1. 2011")
        return
    if unit in ("amount_mark", "envelope_mark"):
        setattr(record, unit, "rounded")
        yield Sample(unit, "≈")
        return
    if unit == "standing":  # a withdrawn record is on no page but its own
        record.standing, record.standing_reason = "archived", "Skončil."
        yield Sample(unit, "archivováno")
        return
    if unit == "erased_on":  # of one whose data are deleted nothing else is shown
        yield Sample(unit, "Údaje tohoto kontaktu byly smazány")
        return
    if (
        facts.fact(record.kind, unit).type == facts.YEARS
    ):  # written one way on pages, another in files; the year in both
        setattr(record, unit, f"{2040 + n}: {9000 + n}.00 CZK")
        yield Sample(unit, str(2040 + n))
        return
    listed = facts.fact(record.kind, unit).code_list or UNIT_LISTS.get(f"{record.kind}.{unit}") or UNIT_LISTS.get(unit)
    if isinstance(column.type, Boolean):
        setattr(record, unit, True)
        group = record.kind == "organisation" and unit == "placeholder"
        yield Sample(unit, "Skupina nebo nepojmenovaný orgán" if group else FLAGS[unit])
    elif isinstance(column.type, Date):
        day = date(2012, 1, 1) + timedelta(days=n)
        setattr(record, unit, day)
        yield Sample(unit, f"{day.day}. {day.month}. 2012")
    elif isinstance(column.type, Integer):
        setattr(record, unit, 900 + n)
        yield Sample(unit, str(900 + n))
    elif isinstance(column.type, ExactNumber):
        setattr(record, unit, Decimal(f"{8000 + n}.5"))
        yield Sample(unit, f"8 {n:03},5")
    elif listed:
        code, label = codes.choices(listed, "cs")[1]
        setattr(record, unit, code)
        yield Sample(unit, label)
    else:
        longest = getattr(column.type, "length", None) or 40
        words = "https://zkouska.example/w" if unit in ("website", "address") else f"Z{n}{unit}"[:longest]
        words = words.upper() if longest == 2 else words
        setattr(record, unit, words)
        yield Sample(unit, words.removeprefix("https://"))
