"""Dates as precise as their source.

`When` is the value (EDTF text and the days it can mean), `parse` reads what people type in Czech and
English, `format` and `span` write it, `certainly_before` and `certainly_within` compare for the rules of the trade. Nothing here
invents a day: February 2013 stays a month through storage, sorting, forms and exports.
"""

from portal.kernel.when.reading import parse
from portal.kernel.when.value import FIRST_YEAR, LAST_YEAR, When, WhenError, certainly_before, certainly_within, meets
from portal.kernel.when.writing import format, span

__all__ = [
    "FIRST_YEAR", "LAST_YEAR", "When", "WhenError", "certainly_before", "certainly_within", "format", "meets", "parse", "span",
]  # fmt: skip
