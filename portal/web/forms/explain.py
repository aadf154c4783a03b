"""Why a date or an amount cannot be read, and what to write instead. One message per code of the kernel's errors.

Also used by the preview of a returned Excel file, so that a cell and a field say the same.
"""

from __future__ import annotations

from portal.kernel.money import NBSP, MoneyError
from portal.kernel.number import NumberError
from portal.kernel.when import FIRST_YEAR, LAST_YEAR, WhenError
from portal.web.formats import number
from portal.web.i18n import _, lang


def forms_of_dates(required: bool = False) -> str:
    if required:
        return _("Write it as 10 June 2015, June 2015, 2015 or 2010–2013.")
    return _("Write it as 10 June 2015, June 2015, 2015 or 2010–2013; leave it empty if it is not known.")


def explain_when(error: WhenError, required: bool = False, exact: bool = False) -> str:
    """The message for a text that is no date; where one is `required`, none that says to leave it out; where one day is asked
    for (`exact`), none that offers a month or a year."""
    params = error.params
    if error.code == "ambiguous":
        return _("Day and month cannot be told apart. Write the month as a word, such as 10 June 2015.")
    if error.code in ("short_year", "no_year"):
        return _("The year is missing or shortened. Write it with four digits, such as 10 June 2015.")
    if error.code == "no_such_month":
        return _("There is no month %(month)s. Write a month from 1 to 12.", month=params.get("month"))
    if error.code == "no_such_day":
        return _("This month has no day %(day)s. Check the day and the month.", day=params.get("day"))
    if error.code == "year_range":
        return _("The year must lie between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
    if error.code == "reversed":
        return _("The period ends before it starts. Swap its two ends.")
    if exact:
        return _("This date cannot be read.") + " " + _("One exact day is needed here, such as 10 June 2015.")
    return _("This date cannot be read.") + " " + forms_of_dates(required)


def explain_number(error: NumberError) -> str:
    """The message for a text that is no number."""
    if error.code == "two_readings":
        return _(
            "This can be read in two ways. Write %(whole)s, or %(parted)s with a decimal mark.",
            whole=error.params["whole"], parted=error.params["parted"],
        )  # fmt: skip
    if error.code == "separators":
        example = f"1{NBSP}234,5" if lang() == "cs" else "1,234.5"
        return _("The dots and commas do not fit a number. Write it as %(example)s.", example=example)
    return _("This is not a number. Write digits only.")


def explain_money(error: MoneyError, required: bool = False) -> str:
    """The message for a text that is no amount; where one is `required`, none that says to leave it out."""
    params = error.params
    if error.code == "words":
        return _("Write the whole amount in digits, such as 3 000 000, not in words or millions.")
    if error.code == "separators":
        example = f"1{NBSP}234{NBSP}567,50" if lang() == "cs" else "1,234,567.50"
        return _("The dots and commas do not fit an amount. Write it as %(example)s.", example=example)
    if error.code == "too_many_decimals":
        return _(
            "%(currency)s has %(allowed)s decimal places, more do not fit. Round the amount.",
            currency=params.get("currency"), allowed=params.get("allowed"),
        )  # fmt: skip
    if error.code == "too_large":
        return _("The amount must be below %(limit)s. Check the number of zeros.", limit=number(params["limit"]))
    if error.code == "other_currency":
        return _(
            "The amount says %(typed)s, but %(currency)s is chosen beside it. Choose the right currency.",
            typed=params.get("typed"), currency=params.get("currency"),
        )  # fmt: skip
    if error.code == "unknown_currency":
        return _("Choose one of the currencies of the list.")
    if required:
        return _("This amount cannot be read. Write it in digits, such as 600 000.")
    return _("This amount cannot be read. Write it in digits, such as 600 000; leave it empty if it is not known.")
