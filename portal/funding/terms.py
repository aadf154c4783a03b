"""Pure rules of the terms of a contract: shares, rates, and national co-financing by budget year (`kernel.years`)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portal.kernel.years import years


def problems(values: Mapping[str, object]) -> dict[str, str]:
    """{unit: code}. Units: eu_share, cofinancing, rate_regime, fixed_rate, fixed_currency. A fixed rate is what its regime asks
    for, and is told in units of a currency for one euro; it may be unknown yet."""
    found = {}
    share, rate, unit = (values.get(name) for name in ("eu_share", "fixed_rate", "fixed_currency"))
    if isinstance(share, Decimal) and not 0 <= share <= 100:
        found["eu_share"] = "share_out_of_range"
    if isinstance(rate, Decimal) and rate <= 0:
        found["fixed_rate"] = "rate_not_positive"
    elif rate is not None and not unit:
        found["fixed_currency"] = "rate_without_currency"
    elif rate is not None and values.get("rate_regime") not in (None, "fixed"):
        found["fixed_rate"] = "rate_of_another_regime"
    if unit == "EUR":
        found["fixed_currency"] = "rate_of_the_euro"
    try:
        amounts = [amount for _year, amount in years(values.get("cofinancing"))]
        if any(amount.minor <= 0 for amount in amounts):
            found["cofinancing"] = "amount_not_positive"
    except ValueError:
        found["cofinancing"] = "unreadable_years"
    return found
