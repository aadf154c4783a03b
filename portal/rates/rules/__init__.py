"""Pure rules of rates: months, rates, rounding, conversion under the regimes, and what a file of rates may say."""

from portal.rates.rules.beside import Agreed, beside
from portal.rates.rules.conversion import REGIMES, Conversion, NoRate, Step, convert
from portal.rates.rules.months import following, month_of, month_of_when, months_of, months_text
from portal.rates.rules.rate import Book, Rate
from portal.rates.rules.rounding import ROUNDINGS, rounded
from portal.rates.rules.total import Total, total_in

__all__ = [
    "REGIMES", "ROUNDINGS", "Agreed", "Book", "Conversion", "NoRate", "Rate", "Step", "Total", "beside", "convert", "following",
    "month_of", "month_of_when", "months_of", "months_text", "rounded", "total_in",
]  # fmt: skip
