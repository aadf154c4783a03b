"""Facts of type `years`: amounts by budget year. The column holds them as one text (`kernel.years`); nothing is stated of it as a
whole. Each year is a fact of its own, `cofinancing_2014` of type `money` and `part_of` the column, with its own statements.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.kernel.errors import InvalidInput
from portal.kernel.record import Record
from portal.kernel.years import with_year, years
from portal.sources import facts


def apart(kind: str, field: str, value: object, held: object = None) -> dict[str, object]:
    """{field: value} of what is stated each by itself: of amounts by budget year those of each year, the years `held` until now
    that `value` leaves out as None; of any other fact itself."""
    f = facts.facts_of_kind(kind).get(field)
    if f is None or f.type != facts.YEARS:
        return {field: value}
    given, before = dict(years(_text(value))), dict(years(_text(held)))
    return {f"{field}_{year}": given.get(year) for year in sorted({*given, *before})}


def together(record: Record, f: facts.Fact, value: object) -> Mapping[str, object]:
    """{field: value} of the fact of a record that has a column, as it would be with this value of `f`. InvalidInput for a year
    that is no budget year."""
    if not f.part_of:
        return {f.field: value}
    try:
        text = with_year(getattr(record, f.part_of), year_of(f), value)
        years(text)
    except ValueError:
        raise InvalidInput({f.field: "unreadable_years"}) from None
    return {f.part_of: text}


def year_of(f: facts.Fact) -> int:
    """Which budget year a fact is of."""
    return int(f.field[-4:])


def _text(value: object) -> str | None:
    return str(value) if value else None
