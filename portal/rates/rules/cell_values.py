"""What one cell of a file of rates says: a rate, a month, a day."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from portal.kernel import when
from portal.kernel.errors import PortalError
from portal.kernel.money import shape_of
from portal.kernel.when import WhenError
from portal.workbooks.reading.cells import Value

LONGEST, MOST_DIGITS = 32, 15
"""Characters of a rate as it is kept, and digits before its decimal mark."""
SMALLEST = Decimal("0.001")
"""No currency is worth a thousand euros; smaller is a slip, and amounts would outgrow their column."""
EARLIEST = date(1994, 1, 1)
"""InforEuro begins then (with the ECU)."""


class Unfit(PortalError, ValueError):
    """A cell that cannot be taken; `code` is one of `portal.rates.wording`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(**params)
        self.code = code


def rate_of(value: Value, lang: str) -> Decimal:
    """Units for one euro: a number of the workbook, or text with the marks of the language. Raises Unfit."""
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, str):
        number = _typed(value, lang)
    else:
        raise Unfit("rate_text", text=str(value)[:40])
    if number == 0:
        raise Unfit("rate_zero")
    if number < 0:
        raise Unfit("rate_negative")
    if number < SMALLEST:
        raise Unfit("rate_small", limit=SMALLEST)
    if len(format(number, "f")) > LONGEST or number.adjusted() >= MOST_DIGITS:
        raise Unfit("rate_long")
    return number


def _typed(text: str, lang: str) -> Decimal:
    """A number with the decimal mark that was chosen for the file, so that 24,512 is not in doubt as it is in a form; a group
    mark that could be a decimal mark of the other language is."""
    typed = " ".join(text.split())
    sign, number = ("-", typed[1:].lstrip()) if typed[:1] in ("-", "\u2212") else ("", typed)
    if not re.fullmatch(r"[\d .,]*\d", number, re.ASCII):
        raise Unfit("rate_text", text=typed[:40])
    match = re.fullmatch(shape_of(lang), number, re.ASCII)
    if not match or match[2] in (",", "."):
        raise Unfit("rate_marks", text=typed[:40])
    return Decimal(f"{sign}{re.sub(r'[^0-9]', '', match[1])}.{match[3] or 0}")


def month_said(value: Value, lang: str) -> date:
    """The first day of the month: a month in words or figures, or its first day, as Excel keeps months. Raises Unfit."""
    found = None
    if isinstance(value, date):
        found = value.date() if isinstance(value, datetime) else value
        if found.day != 1:
            raise Unfit("month_day", text=found.isoformat())
    elif isinstance(value, str):
        read = _when(value, lang)
        if read is not None and not (read.approximate or read.uncertain):
            if read.precision == "month" or (read.precision == "day" and read.earliest.day == 1):
                found = read.earliest
    if found is None or found < EARLIEST:
        raise Unfit("month_unreadable", text=str(value)[:40])
    return found


def day_of(value: Value, lang: str) -> date:
    """A day. Raises Unfit."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    read = _when(value, lang) if isinstance(value, str) else None
    if read is None or read.precision != "day" or read.approximate or read.uncertain or read.earliest is None:
        raise Unfit("day_unreadable", text=str(value)[:40])
    return read.earliest


def _when(text: str, lang: str) -> when.When | None:
    try:
        return when.parse(text, lang)
    except WhenError:
        return None
