"""What the problems of a file of rates, and a missing rate, are called for people."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal, localcontext

from babel.numbers import format_decimal

from portal.kernel.errors import N_
from portal.rates.rules import Conversion, NoRate, Rate, Step
from portal.rates.rules.lines import Problem
from portal.rates.rules.rounding import DIGITS
from portal.web import formats
from portal.web.i18n import gettext as _
from portal.web.i18n import lang
from portal.web.numerals import firm

PROBLEMS = {
    "no_head": N_("No sheet has a head with the columns currency, month, rate, source, retrieved."),
    "no_lines": N_("There is no rate below the head."),
    "currency_missing": N_("The currency is missing."),
    "currency_unknown": N_("“%(text)s” is no currency with a rate. Write its code, such as CZK."),
    "month_missing": N_("The month is missing."),
    "month_unreadable": N_("“%(text)s” is no month since 1994. Write it as 2025-03 or March 2025."),
    "month_day": N_("%(text)s is a day, not a month. Write the month as 2025-03."),
    "month_ahead": N_("The month %(text)s is still to come."),
    "rate_missing": N_("The rate is missing."),
    "rate_text": N_("“%(text)s” is no number."),
    "rate_marks": N_("“%(text)s” does not fit the decimal mark chosen for this file."),
    "rate_zero": N_("A rate cannot be zero. Where it is not known, leave the row out."),
    "rate_negative": N_("A rate cannot be below zero."),
    "rate_small": N_("A rate below %(limit)s cannot be right: write how many units of the currency are one euro."),
    "rate_long": N_("The rate has too many digits."),
    "source_missing": N_("The source is missing."),
    "source_long": N_("The source is longer than %(limit)s characters."),
    "retrieved_missing": N_("The day on which the rate was retrieved is missing."),
    "day_unreadable": N_("“%(text)s” is no day. Write it as 5 January 2026 or 2026-01-05."),
    "day_ahead": N_("The day %(text)s is still to come."),
    "duplicate": N_("%(currency)s %(month)s stands in the file a second time; first in %(first)s."),
    "gap": N_("Before this month rates of %(currency)s are missing: %(months)s."),
}
NO_RATE = {
    "period_unknown": N_("The days from and to are not stated."),
    "day_unknown": N_("The month of the value date is not stated."),
    "fixed_unknown": N_("The contract names no rate."),
    "month_missing": N_("No rate of %(currency)s for: %(missing)s."),
    "days_missing": N_("Daily rates of %(currency)s are not known from %(first)s to %(last)s."),
    "regime_unknown": N_("The contract does not say by which regime amounts are converted."),
    "currency_unknown": N_("Neither the budget nor the contract names a currency."),
    "too_large": N_("The result is larger than an amount can be."),
}


def problem_text(problem: Problem) -> str:
    """What is wrong and what to do, in the language of the request."""
    facts = dict(problem.facts)
    text = _(PROBLEMS[problem.code])
    return text % facts if facts else text


def absent_text(absent: NoRate) -> str:
    """Why there is no converted amount."""
    missing = tuple(map(_when, absent.missing)) or ("",)
    facts = {"currency": absent.currency, "missing": ", ".join(missing), "first": missing[0], "last": missing[-1]}
    return _(NO_RATE[absent.reason]) % facts


def _when(missing: str) -> str:
    """A month or day written as 2026-03 or 2026-03-31."""
    return (
        formats.month(date.fromisoformat(f"{missing}-01"))
        if len(missing) == 7
        else formats.day(date.fromisoformat(missing))
    )


STEPS = {
    "given": N_("the amount"),
    "rate": N_("units for one euro"),
    "mean": N_("mean of the rates, not rounded"),
    "used": N_("rate"),
    "exact": N_("before rounding"),
    "rounded": N_("result"),
}


def step_text(step: Step) -> str:
    """What a step of a conversion is."""
    return _(STEPS[step.what])


SHOWN = 10
"""Decimals of a rate that are written out; of more (a mean) the rest is cut and `…` stands for it."""


def rate_text(value: Decimal) -> str:
    """A rate with all its decimals, by the marks of the language: `25,205`, `25,0666666666…`."""
    with localcontext(prec=DIGITS):
        cut = value.quantize(Decimal(1).scaleb(-SHOWN), ROUND_DOWN)
        text = format_decimal(cut, "#,##0.##########", locale=lang(), decimal_quantization=False)
        return firm(text).replace("-", "\u2212") + ("…" if cut != value else "")


def rates_named(made: Conversion) -> list[str]:
    """Each rate in an amount, of when it is and whose."""
    computed = " [" + _("computed") + "]"
    return [
        f"{rate_text(rate.per_euro)}\u00a0{rate.currency} = 1\u00a0EUR{_of(rate)}{computed if rate.computed else ''}"
        for rate in made.rates
    ]


def _of(rate: Rate) -> str:
    """Of when it is and whose, in brackets; the one a contract names is of no day."""
    when = formats.month(rate.month) if rate.month else formats.day(rate.day) if rate.day else ""
    told = ", ".join(text for text in (when, rate.source) if text) or _("the rate that the contract names")
    return f" ({told})"
